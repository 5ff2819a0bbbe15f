"""A community's hour: whether it is held, who is here, what to think about, what it brought."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from staffroom.communities.levers import acts, lever
from staffroom.communities.models import Community
from staffroom.communities.queries import school
from staffroom.conversations.models import Mute, Post
from staffroom.core.clock import now, today
from staffroom.people.models import Person
from staffroom.rhythm import hour as clock
from staffroom.rhythm.hour import Hour
from staffroom.rhythm.models import Gathering, NoReminders, Presence

acts(
    "set_time",
    gettext_lazy(
        "Members are reminded of the hour, meet on a page of its own while it lasts, and find afterwards what it brought."
    ),
)

#: Of people a page shows name and face alone.
NOT_SHOWN = ("password", "phone", "email", "languages", "subjects", "grades")
WEEK = dt.timedelta(days=7)


def weekly(community: Community) -> bool:
    """Whether the community's design has an hour of the week."""
    return lever(community, "set_time") == "weekly"


def held(community: Community, hour: Hour) -> bool:
    """Not left out, no holiday, in an open community whose design has it."""
    return (
        community.stage == Community.Stage.OPEN
        and hour.day != community.skip_day
        and weekly(community)
        and not school.on_break(community, hour.day)
    )


def meeting_now(community: Community) -> Hour | None:
    """The hour that lasts now. At other times nothing is asked."""
    found = clock.current(community, now())
    return found if found and held(community, found) else None


def past(community: Community) -> QuerySet[Gathering]:
    """What has been, the newest first; those left out too, with the reason."""
    return Gathering.objects.filter(community=community, ends__lte=now()).order_by("-begins")


def just_been(community: Community) -> Gathering | None:
    """The gathering that ended a short while ago."""
    found = clock.latest(community, now())
    if found is None:
        return None
    return Gathering.objects.filter(
        community=community, day=found.day, ends__lte=now(), skipped_at=None
    ).first()


def skipped(community: Community) -> Gathering | None:
    """The gathering that is left out, until its day has passed."""
    if community.skip_day is None or community.skip_day < today(community.timezone):
        return None
    return Gathering.objects.filter(community=community, day=community.skip_day).first()


def here(community: Community, hour: Hour) -> list[Presence]:
    """Who says so, in the order of coming; of another hour nobody can ask."""
    shown = Presence.objects.filter(
        gathering__community=community, gathering__day=hour.day, gathering__ends__gt=now()
    )
    return list(
        shown.select_related("person").defer(*(f"person__{field}" for field in NOT_SHOWN)).order_by("at", "pk")
    )  # fmt: skip


def wants_reminders(person: Person, community: Community) -> bool:
    return not NoReminders.objects.filter(person=person, community=community).exists()


def without_reminders(person: Person) -> set[uuid.UUID]:
    """The communities that do not remind this person."""
    return set(NoReminders.objects.filter(person=person).values_list("community", flat=True))


def question(community: Community) -> Post | None:
    """What is pinned for all of us, else what was put before us this week."""
    standing = Post.objects.filter(
        community=community,
        room=Post.Room.LESSONS,
        kind=Post.Kind.PROMPT,
        removed_at=None,
        hidden_at=None,
    )
    pinned = standing.filter(pinned_at__isnull=False).order_by("-pinned_at").first()
    if pinned is not None:
        return pinned
    return standing.filter(created_at__gte=now() - WEEK).order_by("-created_at").first()


def reminded(community: Community, members: Collection[object]) -> list[object]:
    """Those of the members who want a reminder, and have not muted the community just now."""
    quiet = set(NoReminders.objects.filter(community=community).values_list("person", flat=True))
    quiet |= set(
        Mute.objects.filter(
            Q(until=None) | Q(until__gt=now()), muted_community=community
        ).values_list("person", flat=True)
    )
    return [each for each in members if each not in quiet]
