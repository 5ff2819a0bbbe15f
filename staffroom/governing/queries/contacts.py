"""Whom to ask and to whom to complain, for whoever looks."""

from django.http import HttpRequest

from staffroom.governing.models import Contacts
from staffroom.people.models import Person
from staffroom.places.models import Programme
from staffroom.places.queries import programme_of


def programmes_for(request: HttpRequest) -> list[Programme]:
    """The person's own; for a stranger, and for whoever belongs to none, all there are."""
    if isinstance(request.user, Person):
        own = programme_of(request.user)
        if own is not None:
            return [own]
    return list(Programme.objects.order_by("name"))


def contacts_of(programmes: list[Programme]) -> list[Contacts]:
    """Those who wrote something down, by the programme's name."""
    rows = Contacts.objects.filter(programme__in=programmes).select_related("programme")
    return [
        row
        for row in rows.order_by("programme__name")
        if row.data_office or row.authority or row.operator
    ]
