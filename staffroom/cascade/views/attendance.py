"""Attendance as trainers and the office see it: days, the list of a day, one person's day."""

import uuid
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from staffroom.cascade import attendance_codes as codes
from staffroom.cascade.access import can_plan, runs_session
from staffroom.cascade.actions import attendance as acts
from staffroom.cascade.forms.attendance import GuestForm, ReasonForm
from staffroom.cascade.models import (
    Attendance,
    AttendanceMark,
    Guest,
    How,
    Said,
    SessionDay,
    TrainingSession,
)
from staffroom.cascade.queries import attendance as asking
from staffroom.core import flash, limits, once
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short
from staffroom.people.models import Person
from staffroom.places.queries import search_people

#: The code on the screen is asked for anew so often, in seconds.
FRESH = 120
DAY = 24 * 3600


class Request(HttpRequest):
    user: Person
    training: TrainingSession


def page(request: Any, name: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of this part; with 422 when its form was refused."""
    form = context.get("form")
    if form is not None and form.is_bound and form.errors:
        status = 422
    context |= {"training": getattr(request, "training", None)}
    return render(request, f"cascade/attendance/{name}.html", context, status=status)


def square(text: str) -> SafeString:
    """The text as a code for a camera."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(scale=6, border=3, omitsize=True)
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from our own address or code


def day_of(request: Request, day: uuid.UUID) -> SessionDay:
    found = SessionDay.objects.filter(session=request.training, pk=day).first()
    if found is None:
        raise NotYours
    found.session = request.training
    return found


@require_safe
@runs_session
def overview(request: Request, training: uuid.UUID) -> HttpResponse:
    """The days with their numbers, where two lists differ, and what else there is to do."""
    here = today(request.training.programme.timezone)
    return page(
        request,
        "overview",
        days=asking.days_with_counts(request.training),
        here=here,
        unclear=asking.unclear(request.training),
        guests=Guest.objects.filter(session=request.training).order_by("name", "pk"),
        may_plan=can_plan(request.user, request.training.programme),
    )


@require_safe
@runs_session
def day_list(request: Request, training: uuid.UUID, day: uuid.UUID) -> HttpResponse:
    """The list of a day: one tap a person. Kept on the phone, it works without signal."""
    found = day_of(request, day)
    entries = asking.day_list(found)
    return page(
        request,
        "day",
        day=found,
        entries=entries,
        present=sum(1 for entry in entries if entry.state == Said.PRESENT),
        early=found.day > today(request.training.programme.timezone),
    )


def _tick(request: Request, day: uuid.UUID, who: uuid.UUID, said: str) -> HttpResponse:
    found = day_of(request, day)
    acts.mark(
        by=request.user,
        day=found,
        who=_who(request, who),
        said=said,
        how=How.CARD if request.POST.get("how") == "card" else How.LIST,
        written_at=once.written_at(request),
    )
    return _ticked(request, found, who)


def _ticked(request: Request, day: SessionDay, who: uuid.UUID) -> HttpResponse:
    """The line as it stands now, for our script; else the list again, at that line."""
    back = reverse("attendance_day", args=[day.session_id, day.pk])
    if request.headers.get("HX-Request") != "true":
        return redirect(f"{back}#a-{short(who)}")
    entries = asking.day_list(day)
    entry = next((each for each in entries if each.pk == who), None)
    return page(
        request,
        "_ticked",
        day=day,
        entry=entry,
        entries=entries,
        present=sum(1 for each in entries if each.state == Said.PRESENT),
    )


def _who(request: Request, who: uuid.UUID) -> Person | Guest:
    found = (
        Person.objects.filter(pk=who, erased_at=None).first()
        or Guest.objects.filter(pk=who, session=request.training).first()
    )
    if found is None:
        raise NotYours
    return found


@require_POST
@runs_session
def came(request: Request, training: uuid.UUID, day: uuid.UUID, who: uuid.UUID) -> HttpResponse:
    return _tick(request, day, who, Said.PRESENT)


@require_POST
@runs_session
def absent(request: Request, training: uuid.UUID, day: uuid.UUID, who: uuid.UUID) -> HttpResponse:
    return _tick(request, day, who, Said.ABSENT)


@require_POST
@runs_session
def take_back(
    request: Request, training: uuid.UUID, day: uuid.UUID, who: uuid.UUID
) -> HttpResponse:
    return _tick(request, day, who, "")


@require_POST
@runs_session
def by_code(request: Request, training: uuid.UUID, day: uuid.UUID) -> HttpResponse:
    """A participant's own code, typed or scanned."""
    found = day_of(request, day)
    back = reverse("attendance_day", args=[training, found.pk])
    person = asking.person_by_code(request.training, request.POST.get("code", "")[:20])
    try:
        limits.take("attendance-card", str(request.user.pk), limit=600, seconds=3600)
        if person is None:
            raise Refused(_("Nobody on this list has this code."), "code")
        acts.mark(
            by=request.user,
            day=found,
            who=person,
            said=Said.PRESENT,
            how=How.CARD,
            written_at=once.written_at(request),
        )
    except Refused as refusal:
        return _list_again(request, found, refusal.message)
    flash.say(request, _("%(name)s is here.") % {"name": person.name})
    return redirect(f"{back}#a-{short(person.pk)}")


def _list_again(request: Request, day: SessionDay, why: str) -> HttpResponse:
    entries = asking.day_list(day)
    return page(
        request,
        "day",
        422,
        day=day,
        entries=entries,
        present=sum(1 for entry in entries if entry.state == Said.PRESENT),
        refusal=why,
        typed=request.POST.get("code", "")[:20],
    )


@runs_session
def paper(request: Request, training: uuid.UUID, day: uuid.UUID) -> HttpResponse:
    """The signed sheet keyed in: rows in its order, one form for all of them."""
    found = day_of(request, day)
    entries = asking.day_list(found, request.user)
    error = ""
    if request.method == "POST":
        try:
            roster = {entry.pk: entry.who for entry in entries}
            written = acts.mark_sheet(
                by=request.user,
                day=found,
                said=_sheet(request, entries),
                roster=roster,
                written_at=once.written_at(request),
            )
        except Refused as refusal:
            error = refusal.message
        else:
            flash.say(request, _("%(n)s rows of the sheet are written down.") % {"n": written})
            return redirect("attendance_day", training, found.pk)
    return page(request, "paper", 422 if error else 200, day=found, entries=entries, error=error)


def _sheet(request: Request, entries: list[asking.Entry]) -> dict[uuid.UUID, str]:
    """Ticked came; the rest did not, or nothing is said of them. People added since are left alone."""
    ticked, shown = set(request.POST.getlist("came")), set(request.POST.getlist("row"))
    rest = Said.ABSENT.value if request.POST.get("rest") else ""
    return {
        entry.pk: Said.PRESENT.value if short(entry.pk) in ticked else rest
        for entry in entries
        if short(entry.pk) in shown | ticked
    }


@runs_session
def add(request: Request, training: uuid.UUID, day: uuid.UUID) -> HttpResponse:
    """Somebody came who is not on the list: found in the programme, or kept as a name."""
    found = day_of(request, day)
    words = request.GET.get("q", "").strip()[:80]
    form = GuestForm(request.POST or None, initial={"name": words})
    if request.method == "POST" and form.is_valid():
        try:
            guest = acts.add_guest(
                by=request.user,
                day=found,
                id=_sent_id(request),
                written_at=once.written_at(request),
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("%(name)s is on the list.") % {"name": guest.name})
            return redirect("attendance_day", training, found.pk)
    return page(
        request,
        "add",
        day=found,
        words=words,
        people=_found(request, words),
        form=form,
        asked=len(words) > 1,
    )


def _found(request: Request, words: str) -> list[Person]:
    """At most twenty; a name tells nothing but a school, and only so many are asked for a day."""
    if len(words) < 2:
        return []
    limits.take("attendance-find", str(request.user.pk), limit=500, seconds=DAY)
    people = list(search_people(request.training.programme, words)[:20])
    schools = asking.schools_of(person.pk for person in people)
    for person in people:
        vars(person)["works_at"] = schools[person.pk].name if person.pk in schools else ""
    return people


def _sent_id(request: Request) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("id", ""))
    except ValueError:
        return None


@runs_session
def guest(request: Request, training: uuid.UUID, guest: uuid.UUID) -> HttpResponse:
    """A name without an account: who is it?"""
    found = Guest.objects.filter(session=request.training, pk=guest).first()
    if found is None:
        raise NotYours
    if request.method == "POST":
        person = _person(request.POST.get("person", ""))
        acts.match_guest(by=request.user, guest=found, person=person)
        flash.say(request, _("The days are now those of %(name)s.") % {"name": person.name})
        return redirect("attendance", training)
    words = request.GET.get("q", "").strip()[:80]
    people = _found(request, words)
    return page(request, "guest", guest=found, words=words, people=people, asked=len(words) > 1)


def _person(text: str) -> Person:
    try:
        found = Person.objects.filter(pk=uuid.UUID(text), erased_at=None).first()
    except ValueError:
        found = None
    if found is None:
        raise NotYours
    return found


@runs_session
def one(request: Request, training: uuid.UUID, day: uuid.UUID, who: uuid.UUID) -> HttpResponse:
    """One person's day: who wrote what; why somebody was not there; what a trainer decides."""
    found = day_of(request, day)
    row = asking.attendance_of(found, who)
    if row is None:
        raise NotYours
    form = ReasonForm(request.POST or None, initial={"reason": row.reason})
    if request.method == "POST" and form.is_valid():
        acts.give_reason(by=request.user, attendance=row, **form.cleaned_data)
        return redirect("attendance_day", training, found.pk)
    marks = AttendanceMark.objects.filter(attendance=row).exclude(said="").select_related("by")
    return page(
        request,
        "one",
        day=found,
        row=row,
        who=row.person or row.guest,
        marks=marks,
        differs=len({mark.said for mark in marks}) > 1,
        unclear=row.state == Attendance.UNCLEAR,
        form=form,
    )


@require_POST
@runs_session
def decide(request: Request, training: uuid.UUID, day: uuid.UUID, who: uuid.UUID) -> HttpResponse:
    """`said`: present, absent, or empty for what the marks say."""
    row = asking.attendance_of(day_of(request, day), who)
    said = request.POST.get("said", "")
    if row is None or said not in {"", *Said.values}:
        raise NotYours
    acts.decide(by=request.user, attendance=row, said=said)
    flash.say(request, _("Decided."))
    return redirect("attendance", training)


@require_safe
@runs_session
def code(request: Request, training: uuid.UUID, day: uuid.UUID) -> HttpResponse:
    """The code of the day on the trainer's screen; it changes, so a picture sent on is soon worthless."""
    found = day_of(request, day)
    word = codes.of_moment(found.pk, now())
    other = found.day != today(request.training.programme.timezone)
    answer = page(request, "code", day=found, other=other, **code_shown(request, word))
    answer["Refresh"] = str(FRESH)
    answer["Cache-Control"] = "no-store"  # an old one must not be shown without signal
    return answer


def code_shown(request: Request, word: str) -> dict[str, Any]:
    """The code stands behind the #, so that it is sent to nobody on the way and works without signal."""
    here = request.build_absolute_uri(reverse("attendance_here", args=[request.training.pk]))
    return {"word": word, "square": square(f"{here}#{word}")}


@require_safe
@runs_session
def sheet(request: Request, training: uuid.UUID, day: uuid.UUID) -> HttpResponse:
    """The list on paper, to sign, with the code that is good all this day."""
    found = day_of(request, day)
    return page(
        request,
        "sheet",
        day=found,
        entries=asking.roster(request.training),
        blank=range(6),
        **code_shown(request, codes.of_day(found.pk)),
    )
