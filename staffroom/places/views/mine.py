"""A teacher's own postings: where I work, since when."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.core import flash, limits
from staffroom.core.access import signed_in
from staffroom.core.clock import today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.paging import paged
from staffroom.core.words import listed
from staffroom.people.models import Person
from staffroom.people.views import _back
from staffroom.places import queries
from staffroom.places.actions import own_number
from staffroom.places.actions import postings as actions
from staffroom.places.clusters_now import clusters_of_schools
from staffroom.places.forms import EndForm, OwnNumberForm, StartForm
from staffroom.places.models import Posting, Programme, School, TeacherNumber
from staffroom.places.numbers import hidden
from staffroom.places.views.common import ask, with_lines


@signed_in
def postings(request: HttpRequest) -> HttpResponse:
    day = today()
    rows = list(
        Posting.objects.filter(person=_me(request)).select_related("school").order_by("-starts")
    )
    lines = queries.area_lines([row.school for row in rows])
    places = clusters_of_schools([row.school_id for row in rows], day)
    for row in rows:
        vars(row)["place"] = places.get(row.school_id)
        vars(row)["line"] = lines.get(row.school_id, "")
        vars(row)["is_own"] = row.role == Posting.Role.TEACHER
    numbers = TeacherNumber.objects.filter(person=_me(request)).select_related("programme")
    programme = _programme(request)
    context = {
        "may_write": programme is not None
        and not _me(request).is_staff
        and all(one.programme_id != programme.pk for one in numbers),
        "numbers": [(one.programme.number_label, hidden(one.number)) for one in numbers],
        "now": [row for row in rows if row.ends is None or row.ends > day],
        "before": [row for row in rows if row.ends is not None and row.ends <= day],
    }
    return render(request, "places/my_postings.html", context)


@signed_in
def payroll_number(request: HttpRequest) -> HttpResponse:
    """Whoever is new may be asked for it before anything else opens; others write it if they like."""
    me, programme = _me(request), _programme(request)
    if (
        programme is None
        or me.is_staff
        or TeacherNumber.objects.filter(person=me, programme=programme).exists()
    ):
        return redirect("my_postings")
    asked = queries.number_wanted(me) is not None
    return ask(
        request,
        OwnNumberForm(request.POST or None),
        lambda number: own_number.write_own(person=me, programme=programme, number=number),
        title=programme.number_label or _("Payroll or teacher number"),
        fact=programme.name,
        note=_(
            "Your programme asks for it. With it you can prove who you are when your phone is lost. "
            "No colleague sees it."
        )
        if asked
        else _("With it you can prove who you are when your phone is lost. No colleague sees it."),
        do=_("Save"),
        back=reverse("me") if asked else reverse("my_postings"),
        to=_back.wanted(request) or reverse("my_postings"),
        said=_("Saved."),
    )


@signed_in
def find(request: HttpRequest) -> HttpResponse:
    programme = _programme(request)
    words = request.GET.get("q", "").strip()[:80]
    rows = (
        queries.search_schools(programme, words).filter(queries.open_on(today()))
        if programme and len(words) > 1
        else School.objects.none()
    )
    context = paged(request, rows, 20)
    context |= {"words": words, "schools": with_lines(context["page"]), "programme": programme}
    return render(request, "places/my_posting_find.html", context)


@signed_in
def new(request: HttpRequest, school: uuid.UUID) -> HttpResponse:
    found = School.objects.filter(pk=school).select_related("programme").first()
    own = _programme(request)
    if found is None or (own is not None and found.programme_id != own.pk):
        raise NotYours
    form = StartForm(request.POST or None, initial={"starts": today(found.programme.timezone)})
    if request.method == "POST" and form.is_valid():
        limits.take("posting", str(_me(request).pk), limit=10, seconds=24 * 3600)
    return ask(
        request,
        form,
        lambda starts: actions.post_person(
            by=_me(request), person=_me(request), school=found, starts=starts
        ),
        title=_("I teach here"),
        fact=listed([found.name, queries.area_line(found)]),
        note=_(
            "Your head teacher and whoever oversees this school cannot enter your communities: "
            "that is why we ask where you work."
        ),
        do=_("Save"),
        back=reverse("my_posting_find"),
        to=reverse("my_postings"),
        said=_("Saved. You work at %(school)s.") % {"school": found.name},
        undo=lambda made: (
            reverse("my_posting_remove", args=[made.pk])
            if made.starts >= today(found.programme.timezone)
            else ""
        ),
    )


@signed_in
def end(request: HttpRequest, posting: uuid.UUID) -> HttpResponse:
    found = _own(request, posting)
    return ask(
        request,
        EndForm(request.POST or None, initial={"ends": today(found.school.programme.timezone)}),
        lambda ends: actions.end_posting(by=_me(request), posting=found, ends=ends),
        title=_("I no longer teach here"),
        fact=found.school.name,
        do=_("Save"),
        back=reverse("my_postings"),
        said=_("Saved."),
    )


@signed_in
@require_POST
def remove(request: HttpRequest, posting: uuid.UUID) -> HttpResponse:
    """Take back what was said by mistake, while it has not begun or began today."""
    found = _own(request, posting)
    try:
        actions.remove_posting(by=_me(request), posting=found)
    except Refused as error:
        flash.say(request, error.message)
    else:
        flash.say(request, _("Taken back."))
    return redirect("my_postings")


def _own(request: HttpRequest, posting: uuid.UUID) -> Posting:
    """My posting as a teacher; head and deputy are set by an administrator."""
    found = (
        Posting.objects.filter(person=_me(request), pk=posting, role=Posting.Role.TEACHER)
        .select_related("person", "school__programme")
        .first()
    )
    if found is None:
        raise NotYours
    return found


def _programme(request: HttpRequest) -> Programme | None:
    return queries.programme_of(_me(request))


def _me(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]
