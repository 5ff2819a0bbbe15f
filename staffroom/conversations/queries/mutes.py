"""Whom and what a member does not want to hear just now. Nobody else ever sees this."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.conversations.models import Mute
from staffroom.core.clock import now
from staffroom.core.prepared import Prepared
from staffroom.people.models import Person


def living(person: Person) -> QuerySet[Mute]:
    """The person's mutes that hold now, newest first."""
    return (
        _holding(person.pk, now()).select_related("muted_person", "muted_community").order_by("-at")
    )


def _holding(person: uuid.UUID, at: dt.datetime) -> QuerySet[Mute]:
    return Mute.objects.filter(Q(until=None) | Q(until__gt=at), person=person)


def muted_people(person: uuid.UUID, at: dt.datetime) -> QuerySet[Any, Any]:
    """The same as `muted_ids`, to stand within a query."""
    return _holding(person, at).filter(muted_person__isnull=False).values_list("muted_person")


_PEOPLE = Prepared(
    muted_people,
    uuid.UUID,
    dt.datetime,
)
_COMMUNITIES = Prepared(
    lambda person, at: (
        _holding(person, at).filter(muted_community__isnull=False).values_list("muted_community")
    ),
    uuid.UUID,
    dt.datetime,
)


def muted_ids(person: Person) -> set[uuid.UUID]:
    """The people whom this person muted."""
    return {id for (id,) in _PEOPLE.rows(person.pk, now())}


def muted_communities(person: Person) -> set[uuid.UUID]:
    """The communities of which this person wants no counts and no notices."""
    return {id for (id,) in _COMMUNITIES.rows(person.pk, now())}


def me_entries(person: Person) -> list[dict[str, str]]:
    """The way to undo a mute, for whoever has one."""
    if not living(person).exists():
        return []
    return [
        {
            "url": reverse("mutes"),
            "group": "reach",
            "icon": "ear",
            "title": _("Muted"),
            "text": _("Whom and what you do not hear just now"),
        }
    ]
