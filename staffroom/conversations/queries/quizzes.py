"""The quizzes and polls of a community, asked for again each time."""

import uuid

from django.db.models import Exists, OuterRef, QuerySet

from staffroom.communities.models import Community
from staffroom.conversations.models import Post
from staffroom.conversations.quizzing import HOST
from staffroom.core.errors import NotYours
from staffroom.instruments.models import Instrument, Response, Version
from staffroom.people.models import Person


def quizzes(community: Community, person: Person) -> QuerySet[Post]:
    """All that stand, newest first, each with `tried`: whether this person has finished it."""
    newest = (
        Version.objects.filter(
            instrument=OuterRef(OuterRef("instrument")), published_at__isnull=False
        )
        .order_by("-number")
        .values("pk")[:1]
    )
    done = Response.objects.filter(person=person, finished_at__isnull=False, version=newest)
    return (
        Post.objects.filter(
            community=community, instrument__isnull=False, removed_at=None, hidden_at=None
        )
        .select_related("instrument")
        .annotate(tried=Exists(done))
        .order_by("-created_at", "-id")
    )


def drafts(community: Community, person: Person) -> list[Version]:
    """What this person began to make here and has not published."""
    rows = Version.objects.filter(
        instrument__host=HOST,
        instrument__host_id=community.pk,
        instrument__author=person,
        published_at=None,
    )
    return list(rows.select_related("instrument").order_by("-changed_at")[:20])


def instrument_here(community: Community, id: uuid.UUID) -> Instrument:
    """The instrument, if this community is its host."""
    found = Instrument.objects.filter(pk=id, host=HOST, host_id=community.pk).first()
    if found is None:
        raise NotYours
    return found
