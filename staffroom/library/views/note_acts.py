"""What one does with a practice note: change it, try it, answer about it, let it travel."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.communities.access import inside, member
from staffroom.communities.views.common import Request, confirm
from staffroom.core import access, flash, limits
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.library.actions import note_credits, note_making, note_sharing, note_trials
from staffroom.library.forms.notes import Bringing, Changing, Proposing, Trying
from staffroom.library.models import Note, Trial
from staffroom.library.queries import note_rights as rights
from staffroom.library.queries.notes import mine_to_bring, travelling, with_credits
from staffroom.library.views.note_page import note_here, page


def _to(note: Note) -> HttpResponse:
    return redirect("practice_note", note.community_id, note.pk)


@member
def change(request: Request, community: uuid.UUID, note: uuid.UUID) -> HttpResponse:
    found = note_here(request, note)
    rights.check_tend(request.user, found)
    first = found.words() | {"version": found.version}
    form = Changing(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        version = words.pop("version")
        try:
            note_making.change(by=request.user, note=found, words=words, version=version)
        except Refused as error:
            return _anew(request, form, error, found, _("Change the note"))
        flash.say(request, _("Changed. The earlier words are kept."))
        return _to(found)
    return page(request, "change", form=form, note=found, title=_("Change the note"))


def _anew(
    request: Request, form: Changing, error: Refused, note: Note, title: str, **more: Any
) -> HttpResponse:
    """The form as typed; where the note moved on meanwhile, with what stands now."""
    note.refresh_from_db()
    form.refuse(error)
    moved = str(note.version) != form.data.get("version")
    if moved:  # sending it again is then a decision made with open eyes
        form.data = {**form.data.dict(), "version": str(note.version)}  # type: ignore[attr-defined]
    return page(
        request, "change", form=form, note=note, title=title, stands=note if moved else None, **more
    )


@member
def tried(request: Request, community: uuid.UUID, note: uuid.UUID) -> HttpResponse:
    """I tried it; with `?change` also: and the note should say this."""
    found = note_here(request, note)
    rights.check_note(request.user, found)
    proposes = "change" in request.GET
    kind = Proposing if proposes else Trying
    first = {"id": uuid7(), "new_worked": found.worked, "new_failed": found.failed}
    first["grade"] = found.grade if found.grade is not None else ""
    form = kind(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        limits.take("note.tried", str(request.user.pk), limit=30, seconds=3600)
        try:
            trial = note_trials.report(by=request.user, note=found, **form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            flash.say(request, _reported(trial))
            return _to(found)
    return page(request, "tried", form=form, note=found, proposes=proposes)


def _reported(trial: Trial) -> str:
    if trial.proposal == Trial.Proposal.OPEN:
        return _("Thank you. A colleague looks at what you propose and takes it into the note.")
    return _("Thank you. The next one who tries it knows more.")


def _trial(request: Request, trial: uuid.UUID) -> Trial:
    found = Trial.objects.filter(
        pk=trial, note__community=request.community, note__removed_at=None
    ).select_related("note__community", "by")
    one = found.first()
    if one is None:
        raise NotYours
    return one


@member
def take_proposal(request: Request, community: uuid.UUID, trial: uuid.UUID) -> HttpResponse:
    """Take in what somebody proposes: the form holds the note with their words in it."""
    found = _trial(request, trial)
    rights.check_note(request.user, found.note)
    note = found.note
    try:
        rights.check_take(request.user, found)
    except Refused as refusal:
        flash.say(request, refusal.message)
        return _to(note)
    first = note.words() | {"worked": found.new_worked, "failed": found.new_failed}
    form = Changing(request.POST or None, initial=first | {"version": note.version})
    title = _("Take it into the note")
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        version = words.pop("version")
        try:
            note_making.take_proposal(by=request.user, trial=found, words=words, version=version)
        except Refused as error:
            return _anew(request, form, error, note, title, trial=found)
        flash.say(request, _("Taken in. The earlier words are kept."))
        return _to(note)
    return page(request, "change", form=form, note=note, title=title, trial=found, stands=note)


@require_POST
@member
def leave_proposal(request: Request, community: uuid.UUID, trial: uuid.UUID) -> HttpResponse:
    found = _trial(request, trial)
    return _done(
        request,
        found.note,
        lambda: note_making.leave_proposal(by=request.user, trial=found),
        _("The note stays as it is. The report stays too."),
    )


@require_POST
@member
def take_back(request: Request, community: uuid.UUID, trial: uuid.UUID) -> HttpResponse:
    """Take one's own report back."""
    found = _trial(request, trial)
    if found.by_id != request.user.pk:
        raise NotYours
    return _done(
        request,
        found.note,
        lambda: note_trials.take_back(by=request.user, trial=found),
        _("Taken back."),
    )


def _done(request: Request, note: Note, act: Callable[[], Any], said: str) -> HttpResponse:
    """Do it and say so; what is refused is said too."""
    try:
        act()
    except Refused as refusal:
        said = refusal.message
    flash.say(request, said)
    return _to(note)


@require_POST
@inside
def credit(request: Request, community: uuid.UUID, note: uuid.UUID) -> HttpResponse:
    """May the note name me?"""
    found = note_here(request, note)
    yes = request.POST.get("say") == "yes"
    said = (
        _("Your name stands on the note, here and wherever it travels. You can change that.")
        if yes
        else _("You are not named.")
    )
    return _done(
        request, found, lambda: note_credits.answer(by=request.user, note=found, yes=yes), said
    )


@member
def travel(request: Request, community: uuid.UUID, note: uuid.UUID) -> HttpResponse:
    """Let it travel, or keep it inside."""
    found = note_here(request, note)
    rights.check_tend(request.user, found)
    if request.method == "POST":
        out = found.shared_at is None
        act = note_sharing.let_travel if out else note_sharing.keep_inside
        said = _("It may travel now.") if out else _("From now on it stays inside.")
        return _done(request, found, lambda: act(by=request.user, note=found), said)
    [shown] = with_credits(Note.objects.filter(pk=found.pk))
    return page(request, "travel", note=found, credited=shown)


@member
def take_off(request: Request, community: uuid.UUID, note: uuid.UUID) -> HttpResponse:
    found = note_here(request, note)
    rights.check_take_off(request.user, found)
    if request.method == "POST":
        note_making.take_off(by=request.user, note=found)
        flash.say(request, _("Taken off the shelf."))
        return redirect("learned", found.community_id)
    return confirm(
        request,
        title=_("Take it off the shelf"),
        question=_("Take “%(title)s” off the shelf?") % {"title": found.title},
        text=[
            _("It is no longer shown here, with its reports, and travels no more."),
            _("What other communities took along stays with them."),
        ],
        do=_("Take it off"),
        back=reverse("practice_note", args=[found.community_id, found.pk]),
    )


@require_POST
@member
def beside(request: Request, community: uuid.UUID, note: uuid.UUID) -> HttpResponse:
    """The version from elsewhere: take it, or leave ours."""
    found = note_here(request, note)
    rights.check_tend(request.user, found)
    take = request.POST.get("say") == "take"
    act = note_sharing.take_beside if take else note_sharing.leave_beside
    said = _("Taken in. The earlier words are kept.") if take else _("Ours stays as it is.")
    return _done(request, found, lambda: act(by=request.user, note=found), said)


@access.signed_in
def bring(request: Request, travels: uuid.UUID) -> HttpResponse:
    """Bring a note that travels onto a shelf of one's own."""
    note = travelling(request.user).filter(pk=travels).first()
    if note is None:
        raise NotYours
    mine = list(mine_to_bring(request.user).exclude(notes=note).order_by("name"))
    form = Bringing(request.POST or None, communities=mine)
    if request.method == "POST" and form.is_valid():
        chosen = {str(each.pk): each for each in mine}[form.cleaned_data["community"]]
        try:
            copy = note_sharing.bring(by=request.user, note=note, community=chosen)
        except Refused as error:
            form.refuse(error)
        else:
            flash.say(request, _("It stands on your shelf now. Try it, and tell."))
            return _to(copy)
    return page(request, "bring", form=form, note=note, any=bool(mine))
