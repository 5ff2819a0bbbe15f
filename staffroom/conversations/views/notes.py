"""A practice note from a question; a debate from a practice note."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from staffroom.communities import access
from staffroom.conversations.actions import notes as acts
from staffroom.conversations.actions.writing import shortened
from staffroom.conversations.forms.notes import KeepingForm, OutcomeForm
from staffroom.conversations.forms.writing import WordsForm
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import check_solve, gone
from staffroom.conversations.queries.question import answers, question_of
from staffroom.conversations.views import inside as here
from staffroom.conversations.views.inside import InsideRequest
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused, can
from staffroom.core.forms import one_line
from staffroom.core.ids import from_short
from staffroom.library.models import Debate, Note
from staffroom.library.queries import note_rights
from staffroom.library.queries.notes import debate_under, note_in, of_question
from staffroom.people.vocabulary import GRADES

OFFERED = 8


@require_http_methods(["GET", "HEAD", "POST"])
@access.member
@here.in_zone
def keep(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponse:
    """Keep what was learned: filled in already, one looks and keeps it."""
    asked = question_of(request.community, post)
    if asked is None:
        raise NotYours
    if known := of_question(asked.pk):
        return redirect("practice_note", asked.community_id, known.pk)
    acts.check_keep(request.user, asked)
    offered = [each for each in answers(asked)[:OFFERED] if not gone(each)]
    chosen = _chosen(request, offered)
    form = KeepingForm(request.POST or None, initial=_filled(asked, chosen))
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        name_me = words.pop("name_me")
        try:
            here.pace(request)
            note = acts.keep_as_note(
                by=request.user, question=asked, answer=chosen, words=words, name_me=name_me
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("Kept. Whoever tries it can tell how it went."))
            return redirect("practice_note", asked.community_id, note.pk)
    others = [each for each in offered if each != chosen]
    return _page(request, "note_keep", form, question=asked, chosen=chosen, others=others)


def _chosen(request: InsideRequest, offered: list[Post]) -> Post | None:
    """The answer named in the address, else the one that helped most."""
    try:
        wanted = from_short(request.GET.get("answer", ""))
    except ValueError:
        return offered[0] if offered else None
    return next((each for each in offered if each.pk == wanted), None)


def _filled(asked: Post, chosen: Post | None) -> dict[str, Any]:
    grade = GRADES.get(asked.grade) if asked.grade is not None else None
    return {
        "title": asked.topic or shortened(one_line(asked.text), 90),
        "problem": asked.text,
        "worked": chosen.text if chosen else "",
        "tried_where": str(grade or ""),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@access.member
@here.in_zone
def question_note(request: InsideRequest, *, note: uuid.UUID, **rest: Any) -> HttpResponse:
    """Question what a note assumes."""
    found = note_in(request.community, note)
    if found is None:
        raise NotYours
    note_rights.check_note(request.user, found)
    form = WordsForm(request.POST or None, label=_("What does it take for granted?"))
    if request.method == "POST" and form.is_valid():
        try:
            here.pace(request)
            debate = acts.question_note(
                by=request.user, note=found, assumption=form.cleaned_data["text"]
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("question", found.community_id, debate.post_id)
    return _page(request, "note_question", form, note=found)


@require_http_methods(["GET", "HEAD", "POST"])
@access.member
@here.in_zone
def outcome(request: InsideRequest, *, post: uuid.UUID, **rest: Any) -> HttpResponse:
    """Write what came out of a debate: first which of three, then the words."""
    asked = question_of(request.community, post)
    debate = debate_under(post) if asked else None
    if asked is None or debate is None:
        raise NotYours
    check_solve(request.user, asked)
    if debate.outcome:
        return redirect("practice_note", asked.community_id, debate.note_id)
    chosen = request.GET.get("outcome", "")
    if chosen not in (Debate.Outcome.KEPT, Debate.Outcome.CHANGED, Debate.Outcome.SPLIT):
        return _page(request, "note_outcome", None, question=asked, note=debate.note)
    form = OutcomeForm(request.POST or None, outcome=chosen, initial=dict(debate.note.words()))
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, debate, asked, chosen, form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("Written into the note, with the debate."))
            return redirect("practice_note", asked.community_id, debate.note_id)
    return _page(request, "note_outcome", form, question=asked, note=debate.note, outcome=chosen)


def _write(
    request: InsideRequest, debate: Debate, asked: Post, chosen: str, said: dict[str, Any]
) -> None:
    other = {"title": said.get("other_title", ""), "worked": said.get("other_worked", "")}
    acts.write_outcome(
        by=request.user,
        debate=debate,
        question=asked,
        outcome=chosen,
        why=said["why"],
        words={part: said[part] for part in ("title", "worked", "failed") if part in said},
        other_case=other if chosen == Debate.Outcome.SPLIT else None,
    )


def _page(request: InsideRequest, name: str, form: Any, **context: Any) -> HttpResponse:
    status = 422 if form is not None and form.is_bound and form.errors else 200
    context |= {"community": request.community, "tab": "communities", "form": form}
    return render(request, f"conversations/{name}.html", context, status=status)


def of_page(request: InsideRequest, asked: Post) -> dict[str, Any]:
    """What a question's page says of notes: the one made from it, or the one it questions."""
    debate = debate_under(asked.pk)
    note: Note | None = of_question(asked.pk) if asked.solved_at and debate is None else None
    keep_url = ""
    offers = note is None and debate is None and asked.solved_at and not gone(asked)
    if offers and can(here.standing(request).check_member):
        keep_url = reverse("note_keep", args=[asked.community_id, asked.pk])
    return {"note": note, "debate": debate, "keep_url": keep_url}
