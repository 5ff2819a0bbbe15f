"""The prompts of a programme: its office changes, adds, switches off, takes the list out and brings it back."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from staffroom.communities.access import designer
from staffroom.core import flash, limits
from staffroom.core.errors import NotYours, Refused
from staffroom.core.paging import paged
from staffroom.rhythm.actions.prompt_import import Taken, import_prompts
from staffroom.rhythm.actions.prompt_office import (
    is_ours,
    restore_prompt,
    switch_prompt,
    write_prompt,
)
from staffroom.rhythm.forms.prompts import ListForm, PromptForm
from staffroom.rhythm.prompt_sheet import COLUMNS, lines_csv
from staffroom.rhythm.prompt_words import SUBJECTS, Words
from staffroom.rhythm.queries.prompts import library
from staffroom.rhythm.views.common import page

SHOWN = 200


@require_safe
@designer
def prompt_library(request: Any, **rest: Any) -> HttpResponse:
    wanted = request.GET.get("subject", "")
    wanted = wanted if wanted in SUBJECTS else next(iter(SUBJECTS))
    there = library(request.programme, also_off=True).values()
    found = paged(request, [each for each in there if each.subject == wanted])
    return page(
        request,
        "prompt_library",
        tab="me",
        programme=request.programme,
        subjects=[(code, str(label)) for code, label in SUBJECTS.items()],
        subject=wanted,
        lines=[_line(words) for words in found["page"]],
        **found,
    )


def _line(words: Words) -> dict[str, Any]:
    tongue = words.tongue(get_language() or "")
    return {"words": words, "text": words.texts.get(tongue, ""), "tongue": tongue}


@require_http_methods(["GET", "HEAD", "POST"])
@designer
def prompt_new(request: Any, **rest: Any) -> HttpResponse:
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@designer
def prompt_change(request: Any, prompt: str, **rest: Any) -> HttpResponse:
    words = library(request.programme, also_off=True).get(prompt)
    if words is None:
        raise NotYours
    return _form(request, words)


def _form(request: Any, words: Words | None) -> HttpResponse:
    start = (
        {"subject": words.subject, **words.texts}
        if words
        else {"subject": request.GET.get("subject")}
    )
    form = PromptForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            write_prompt(
                by=request.user,
                programme=request.programme,
                key=words.key if words else "",
                subject=form.cleaned_data["subject"],
                texts=form.texts,
            )
            flash.say(request, _("Saved. The programme’s communities have it from now on."))
            return _back(form.cleaned_data["subject"])
        except Refused as refusal:
            form.refuse(refusal)
    return page(
        request,
        "prompt_form",
        tab="me",
        form=form,
        words=words,
        programme=request.programme,
        ours=bool(words and is_ours(words.key)),
    )


def _back(subject: str) -> HttpResponse:
    response = redirect("prompt_library")
    response["Location"] += f"?subject={subject}"
    return response


@require_POST
@designer
def prompt_switch(request: Any, prompt: str, **rest: Any) -> HttpResponse:
    off = "off" in request.POST
    row = switch_prompt(by=request.user, programme=request.programme, key=prompt, off=off)
    flash.say(request, _("It is no longer offered.") if off else _("It is offered again."))
    return _back(row.subject)


@require_POST
@designer
def prompt_restore(request: Any, prompt: str, **rest: Any) -> HttpResponse:
    restore_prompt(by=request.user, programme=request.programme, key=prompt)
    ours = is_ours(prompt)
    flash.say(request, _("It has our words again.") if ours else _("It is gone."))
    return redirect("prompt_library")


@require_safe
@designer
def prompts_export(request: Any, **rest: Any) -> HttpResponseBase:
    lines = lines_csv(request.programme)
    response = StreamingHttpResponse(
        (("\ufeff" if not i else "") + line for i, line in enumerate(lines)),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = 'attachment; filename="prompts.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@designer
def prompts_import(request: Any, **rest: Any) -> HttpResponse:
    """Looked at whole; taken in when nothing is wrong with it."""
    form = ListForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        limits.take("import_prompts", str(request.user.pk), limit=30, seconds=3600)
        try:
            result = _taken(request, form.cleaned_data["file"], form.cleaned_data["look"])
            context = {"result": result, "problems": result.problems[:SHOWN]}
            context["done"] = not result.problems and not form.cleaned_data["look"]
        except Refused as refusal:
            form.refuse(refusal)
    response = page(
        request,
        "prompts_import",
        tab="me",
        form=form,
        programme=request.programme,
        columns=COLUMNS,
        **context,
    )
    if context.get("problems"):
        response.status_code = 422
    return response


def _taken(request: Any, file: Any, only_look: bool) -> Taken:
    from staffroom.places.imports.sheet import read  # its library is large

    if file.size > settings.SHEET_MAX_BYTES:
        raise Refused(_("This file is too big. Please send it in parts."), "file")
    return import_prompts(
        by=request.user, programme=request.programme, sheet=read(file.read()), dry_run=only_look
    )
