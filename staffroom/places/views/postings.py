"""Administrators say who works where."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.core.errors import NotYours
from staffroom.core.words import listed
from staffroom.people.models import Person
from staffroom.places import queries
from staffroom.places.access import administrator
from staffroom.places.actions import postings as actions
from staffroom.places.forms import EndForm, MovePersonForm, PostingForm
from staffroom.places.models import Posting
from staffroom.places.views.common import ask, here, school_of


@administrator
def post(request: HttpRequest, school: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    found = school_of(request, school)
    who = queries.people_of(request.programme).filter(pk=person).first()  # type: ignore[attr-defined]
    if who is None:
        raise NotYours
    return ask(
        request,
        PostingForm(request.POST or None, initial={"starts": here(request)}),
        lambda **fields: actions.post_person(by=_me(request), person=who, school=found, **fields),
        title=_("Post %(name)s") % {"name": who.name},
        fact=found.name,
        note=_(
            "A head or deputy head cannot enter communities that hold teachers of this school. "
            "Memberships that this ends are ended at once."
        ),
        do=_("Post here"),
        back=reverse("school", args=[found.pk]),
        said=_("Posted."),
    )


@administrator
def end(request: HttpRequest, posting: uuid.UUID) -> HttpResponse:
    found = _posting(request, posting)
    return ask(
        request,
        EndForm(request.POST or None, initial={"ends": here(request)}),
        lambda **fields: actions.end_posting(by=_me(request), posting=found, **fields),
        title=_("End a posting"),
        fact=listed([found.person.name, found.school.name]),
        do=_("End it"),
        back=reverse("school", args=[found.school_id]),
        said=_("The posting ends."),
    )


@administrator
def move(request: HttpRequest, posting: uuid.UUID) -> HttpResponse:
    found = _posting(request, posting)
    form = MovePersonForm(
        request.POST or None,
        initial={"on": here(request), "role": found.role},
        programme=found.school.programme,
    )
    return ask(
        request,
        form,
        lambda **fields: actions.move_person(by=_me(request), posting=found, **fields),
        title=_("Move to another school"),
        fact=listed([found.person.name, found.school.name]),
        do=_("Move"),
        back=reverse("school", args=[found.school_id]),
        said=_("Moved."),
    )


def _posting(request: HttpRequest, posting: uuid.UUID) -> Posting:
    found = (
        Posting.objects.filter(school__programme=request.programme, pk=posting)  # type: ignore[attr-defined]
        .select_related("person", "school__programme")
        .first()
    )
    if found is None:
        raise NotYours
    return found


def _me(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]
