"""The office writes the tests of its training, and puts out the forms of fidelity and feedback."""

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from staffroom.cascade.access import planner
from staffroom.cascade.actions import training_forms as acts
from staffroom.cascade.models import TrainingForm
from staffroom.conversations.forms.quizzes import TitleForm
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused
from staffroom.instruments import actions
from staffroom.instruments.actions.making import MOST_ITEMS, SCORED
from staffroom.instruments.forms import HOW, ItemForm, TranslationForm, start
from staffroom.instruments.models import Item, Version
from staffroom.instruments.queries.current import newest
from staffroom.instruments.showing import asked
from staffroom.people.models import Person
from staffroom.people.vocabulary import SUBJECTS
from staffroom.places.models import Programme

#: On paper, too, each of these can be answered.
KINDS = (Item.Kind.ONE, Item.Kind.MANY, Item.Kind.NUMBER, Item.Kind.SHORT)


class OfficeRequest(HttpRequest):
    programme: Programme
    programmes: list[Programme]
    user: Person


def use_words(use: str) -> str:
    return {
        TrainingForm.Use.TEST: _("Test, before and after"),
        TrainingForm.Use.FIDELITY: _("What was done as designed"),
        TrainingForm.Use.FEEDBACK: _("How was it?"),
    }[TrainingForm.Use(use)]


@require_http_methods(["GET", "HEAD", "POST"])
@planner
def training_forms(request: OfficeRequest) -> HttpResponse:
    """All forms of the programme's training; a new one begins."""
    if request.method == "POST":
        use, subject = request.POST.get("use", ""), request.POST.get("subject", "")
        if use not in TrainingForm.Use.values or (subject and subject not in SUBJECTS):
            raise NotYours
        form = acts.begin_form(
            by=request.user, programme=request.programme, use=use, subject=subject,
            language=get_language() or "en",
        )  # fmt: skip
        return redirect("training_form", form.pk)
    rows = TrainingForm.objects.filter(programme=request.programme).select_related("instrument")
    context = {
        "programme": request.programme,
        "subjects": SUBJECTS.items(),
        "forms": [
            {
                "form": each,
                "version": newest(each.instrument) or each.instrument.versions.first(),
                "use": use_words(each.use),
                "subject": SUBJECTS.get(each.subject, ""),
                "out": newest(each.instrument) is not None,
            }
            for each in rows.order_by("-made_at")
        ],
    }
    return render(request, "cascade/training_forms.html", context)


def _form(request: OfficeRequest, pk: uuid.UUID) -> TrainingForm:
    found = (
        TrainingForm.objects.filter(pk=pk, programme=request.programme)
        .select_related("instrument")
        .first()
    )
    if found is None:
        raise NotYours
    return found


def _draft(form: TrainingForm) -> Version:
    draft = form.instrument.versions.filter(published_at=None).first()
    if draft is None:
        raise NotYours
    draft.instrument = form.instrument
    return draft


@require_http_methods(["GET", "HEAD", "POST"])
@planner
def training_form(request: OfficeRequest, *, training_form: uuid.UUID) -> HttpResponse:
    """The draft as it will look and its name; what is out is looked at."""
    found = _form(request, training_form)
    draft = found.instrument.versions.filter(published_at=None).first()
    version = draft or newest(found.instrument)
    if version is None:
        raise NotYours
    version.instrument = found.instrument
    titles = TitleForm(
        request.POST or None, initial={"title": version.title, "about": version.about}
    )
    if request.method == "POST" and titles.is_valid():
        try:
            if "discard" in request.POST:
                acts.discard_form(by=request.user, form=found)
                return redirect("training_forms")
            actions.name(by=request.user, version=version, **titles.cleaned_data)
            if "publish" in request.POST:
                acts.publish_form(by=request.user, form=found)
                flash.say(request, _("It is out: sessions use it from now on."))
            return redirect("training_form", found.pk)
        except Refused as refusal:
            titles.refuse(refusal)
    items = list(version.items.all())
    context = {
        "use": use_words(found.use),
        "draft": draft,
        "version": version,
        "form": titles,
        "asked": [asked(n, item, version.language) for n, item in enumerate(items, 1)],
        "of": len(items),
        "room_left": len(items) < MOST_ITEMS,
        "make": reverse("training_form", args=[found.pk]),
        "tongues": [
            (reverse("training_form_words", args=[found.pk, code]), name)
            for code, name in _other_tongues(version).items()
        ],
    }
    return render(
        request, "cascade/training_form.html", context, status=422 if titles.errors else 200
    )


def _other_tongues(version: Version) -> dict[str, str]:
    codes = [code for code, _name in settings.LANGUAGES if code != version.language]
    return {code: get_language_info(code)["name_local"] for code in codes}


@require_http_methods(["GET", "HEAD", "POST"])
@planner
def training_item(
    request: OfficeRequest, *, training_form: uuid.UUID, item_key: str = ""
) -> HttpResponse:
    """One question of a draft is written or changed."""
    found = _form(request, training_form)
    draft = _draft(found)
    item = draft.items.filter(key=item_key).first() if item_key else None
    if item_key and item is None:
        raise NotYours
    scored = found.instrument.kind in SCORED
    kinds = KINDS if scored else (Item.Kind.ONE,)
    told = (request.POST.get("as"), request.POST.get("kind"), item.kind if item else "", kinds[0])
    kind = next(str(each) for each in told if each in kinds)
    options: dict[str, Any] = {"kind": kind, "scored": scored}
    if request.method == "POST" and "as" not in request.POST:
        form = ItemForm(request.POST, **options)
    elif request.method == "POST":
        typed: dict[str, Any] = {name: request.POST.get(name) for name in request.POST}
        form = ItemForm(initial=typed | {"right": request.POST.getlist("right")}, **options)
    else:
        form = ItemForm(initial=start(item) if item else None, **options)
    if form.is_bound and form.is_valid():
        try:
            actions.put_item(by=request.user, version=draft, item=form.shape(item), key=item_key)
            more = "more" in request.POST
            return redirect("training_item_new" if more else "training_form", found.pk)
        except Refused as refusal:
            form.refuse(refusal)
    context = {
        "title": _("Change the question") if item else _("Another question"),
        "form": form,
        "kinds": [(each, HOW[each]) for each in kinds] if scored else [],
        "changes": item is not None,
        "back": reverse("training_form", args=[found.pk]),
    }
    return render(
        request, "cascade/training_item.html", context, status=422 if form.errors else 200
    )


@require_POST
@planner
def training_item_up(
    request: OfficeRequest, *, training_form: uuid.UUID, item_key: str
) -> HttpResponse:
    draft = _draft(_form(request, training_form))
    actions.move_up(by=request.user, version=draft, key=item_key)
    return redirect("training_form", training_form)


@require_POST
@planner
def training_item_drop(
    request: OfficeRequest, *, training_form: uuid.UUID, item_key: str
) -> HttpResponse:
    draft = _draft(_form(request, training_form))
    actions.drop_item(by=request.user, version=draft, key=item_key)
    return redirect("training_form", training_form)


@require_http_methods(["GET", "HEAD", "POST"])
@planner
def training_form_words(
    request: OfficeRequest, *, training_form: uuid.UUID, tongue: str
) -> HttpResponse:
    """The draft's words in another language of the house."""
    found = _form(request, training_form)
    draft = _draft(found)
    name = _other_tongues(draft).get(tongue)
    if name is None:
        raise NotYours
    form = TranslationForm(request.POST or None, items=list(draft.items.all()), language=tongue)
    if request.method == "POST" and form.is_valid():
        try:
            actions.translate(by=request.user, version=draft, language=tongue, told=form.told)
            flash.say(request, _("Whoever reads in it sees these words."))
            return redirect("training_form", found.pk)
        except Refused as refusal:
            form.refuse(refusal)
    context = {
        "title": name,
        "tongue": tongue,
        "form": form,
        "back": reverse("training_form", args=[found.pk]),
    }
    return render(
        request, "cascade/training_words.html", context, status=422 if form.errors else 200
    )
