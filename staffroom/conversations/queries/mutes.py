"""Whom and what a member does not want to hear just now. Nobody else ever sees this."""

import uuid

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.conversations.models import Mute
from staffroom.core.clock import now
from staffroom.people.models import Person


def living(person: Person) -> QuerySet[Mute]:
    """The person's mutes that hold now, newest first."""
    return (
        Mute.objects.filter(Q(until=None) | Q(until__gt=now()), person=person)
        .select_related("muted_person", "muted_community")
        .order_by("-at")
    )


def muted_ids(person: Person) -> set[uuid.UUID]:
    """The people whom this person muted."""
    return set(
        living(person)
        .filter(muted_person__isnull=False)
        .order_by()
        .values_list("muted_person_id", flat=True)
    )


def muted_communities(person: Person) -> set[uuid.UUID]:
    """The communities of which this person wants no counts and no notices."""
    return set(
        living(person)
        .filter(muted_community__isnull=False)
        .order_by()
        .values_list("muted_community_id", flat=True)
    )


def me_entries(person: Person) -> list[dict[str, str]]:
    """The way to undo a mute, for whoever has one."""
    if not living(person).exists():
        return []
    return [
        {
            "url": reverse("mutes"),
            "icon": "ear",
            "title": _("Muted"),
            "text": _("Whom and what you do not hear just now"),
        }
    ]
