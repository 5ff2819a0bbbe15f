"""The hour of the week: left out once, "I am here", no reminders; planned and reminded by the clock."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from staffroom.communities.access import community_for, is_member
from staffroom.communities.actions.common import check_steers, lock
from staffroom.communities.models import Community, Membership
from staffroom.conversations.permissions import check_member
from staffroom.core import audit, outbox
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.rhythm import hour as clock
from staffroom.rhythm.hour import Hour
from staffroom.rhythm.models import Gathering, NoReminders, Presence
from staffroom.rhythm.queries import hour as asking

MAX_WHY = 200
#: The nightly clock plans so far ahead: until after the next night, wherever the community is.
AHEAD = dt.timedelta(hours=36)


# What people do.


def check_skip(by: Person, community: Community) -> None:
    """The moderator in term, in an open community; any member while there is none."""
    check_member(by, community)
    check_steers(by, community)


@transaction.atomic
def skip(*, by: Person, community: Community, why: str) -> Gathering:
    """No gathering this week: whoever may change the hour says why, and everyone can read it."""
    check_skip(by, community)
    here = lock(community.pk)
    hour = clock.coming(here, now())
    if hour is None or not asking.weekly(here):
        raise Refused(_("There is no set time yet. You can set one on the community’s page."))
    why = " ".join(why.split())
    if not why:
        raise Refused(_("Please say in a few words why."), "why")
    if len(why) > MAX_WHY:
        raise Refused(
            _("At most %(n)s characters fit.") % {"n": MAX_WHY},
            "why",
        )
    gathering = _row(here, hour)
    gathering.skipped_at, gathering.skipped_by, gathering.skipped_why = now(), by, why
    gathering.save(update_fields=["skipped_at", "skipped_by", "skipped_why"])
    Community.objects.filter(pk=here.pk).update(skip_day=hour.day)
    community.skip_day = hour.day
    audit.write("gathering.skipped", actor=by, on=gathering)
    outbox.put("gathering.skipped", community=str(here.pk), gathering=str(gathering.pk))
    return gathering


@transaction.atomic
def hold_after_all(*, by: Person, community: Community) -> None:
    """It is held: the leaving out is taken back."""
    check_skip(by, community)
    here = lock(community.pk)
    if here.skip_day is None or here.skip_day < today(here.timezone):
        raise Refused(_("Nothing is left out."))
    row = Gathering.objects.filter(community=here, day=here.skip_day).first()
    Community.objects.filter(pk=here.pk).update(skip_day=None)
    community.skip_day = here.skip_day = None
    if row is not None:
        row.skipped_at, row.skipped_by, row.skipped_why = None, None, ""
        row.save(update_fields=["skipped_at", "skipped_by", "skipped_why"])
        audit.write("gathering.held", actor=by, on=row)
    plan(here)


@transaction.atomic
def say_here(*, by: Person, community: Community, there: bool = True) -> None:
    """ "I am here", or no longer. Nothing of it is written anywhere else, the audit neither."""
    community_for(by, community.pk)
    hour = asking.meeting_now(community)
    if hour is None:
        raise Refused(_("The hour is over, or has not begun."))
    if there:
        Presence.objects.get_or_create(gathering=_row(community, hour), person=by)
    else:
        Presence.objects.filter(
            gathering__community=community, gathering__day=hour.day, person=by
        ).delete()


@transaction.atomic
def want_reminders(*, by: Person, community: Community, wanted: bool) -> None:
    """One tap: no reminders from this community, or again."""
    community_for(by, community.pk)
    if not is_member(by, community):
        raise NotYours
    if wanted:
        NoReminders.objects.filter(person=by, community=community).delete()
    else:
        NoReminders.objects.get_or_create(person=by, community=community)


# What the clock does.


def nightly(now: dt.datetime) -> None:
    """Have planned what comes until after the next night; forget who was anywhere.

    The worker plans: one community at a time, so that no long transaction keeps the others waiting.
    """
    forget_presence()
    open_ones = Community.objects.filter(
        stage=Community.Stage.OPEN, set_hour__isnull=False, set_weekday__isnull=False
    )
    for community in open_ones.iterator(chunk_size=500):
        hour = clock.coming(community, now)
        if hour is not None and hour.begins <= now + AHEAD:
            key = f"gathering-plan-{community.pk}-{hour.day}"
            outbox.put("gathering.plan", key=key, community=str(community.pk))


def plan(community: Community) -> Gathering | None:
    """Write the next gathering down and wind the clock for its reminder and its end."""
    hour = clock.coming(community, now())
    if hour is None or hour.begins > now() + AHEAD or not asking.held(community, hour):
        return None
    with transaction.atomic():
        gathering = _row(community, hour)
        known = f"{community.pk}-{hour.begins:%Y%m%dT%H%M}"
        names: dict[str, Any] = {
            "community": str(community.pk),
            "day": hour.day.isoformat(),
            "begins": hour.begins.isoformat(),
        }
        remind = max(clock.remind_at(community, hour) - now(), dt.timedelta())
        outbox.put("gathering.remind", key=f"gathering-remind-{known}", delay=remind, **names)
        outbox.put(
            "gathering.over", key=f"gathering-over-{known}", delay=hour.ends - now(), **names
        )
    return gathering


def _row(community: Community, hour: Hour) -> Gathering:
    """The row of this hour; it moves along when the hour of its day was changed before it began."""
    row, _new = Gathering.objects.get_or_create(
        community=community, day=hour.day, defaults={"begins": hour.begins, "ends": hour.ends}
    )
    if row.begins != hour.begins:
        row.begins, row.ends, row.reminded_at = hour.begins, hour.ends, None
        row.save(update_fields=["begins", "ends", "reminded_at"])
    return row


def plan_one(payload: dict[str, Any]) -> None:
    community = (
        Community.objects.select_related("programme")
        .filter(pk=uuid.UUID(payload["community"]))
        .first()
    )
    if community is not None:
        plan(community)


@transaction.atomic
def set_time_changed(payload: dict[str, Any]) -> None:
    """What was planned for the old time is not held; the new one is planned."""
    community = (
        Community.objects.select_for_update(of=("self",))
        .select_related("programme")
        .filter(pk=uuid.UUID(payload["community"]))
        .first()
    )
    if community is None:
        return
    Gathering.objects.filter(community=community, begins__gt=now(), skipped_at=None).delete()
    plan(community)


@transaction.atomic
def remind(payload: dict[str, Any]) -> None:
    """Each member who wants it hears once of this gathering, if it is still to be held."""
    gathering = (
        _meant(payload)
        .select_for_update(of=("self",))
        .select_related("community__programme")
        .filter(reminded_at=None)
        .first()
    )
    if gathering is None:
        return
    community = gathering.community
    hour = clock.on(community, gathering.day)
    if hour is None or hour.begins != gathering.begins or not asking.held(community, hour):
        if gathering.skipped_at is None and gathering.begins > now():
            gathering.delete()  # a holiday came between
        return
    if gathering.begins <= now():
        return
    gathering.reminded_at = now()
    gathering.save(update_fields=["reminded_at"])
    members = Membership.objects.filter(community=community, state=Membership.State.ACTIVE)
    for person in asking.reminded(community, list(members.values_list("person", flat=True))):
        outbox.put(
            "gathering.reminder",
            key=f"gathering-{gathering.pk}-{person}",
            person=str(person),
            community=str(community.pk),
            gathering=str(gathering.pk),
            begins=payload["begins"],
        )


def over(payload: dict[str, Any]) -> None:
    """Who said "I am here" is forgotten."""
    Presence.objects.filter(gathering__in=_meant(payload), gathering__ends__lte=now()).delete()


def _meant(payload: dict[str, Any]) -> QuerySet[Gathering]:
    """The gathering for which the clock was wound; none where the time was changed since."""
    return Gathering.objects.filter(
        community=uuid.UUID(payload["community"]),
        day=payload["day"],
        begins=dt.datetime.fromisoformat(payload["begins"]),
    )


def forget_presence() -> None:
    """Whatever the hour's end did not reach."""
    Presence.objects.filter(gathering__ends__lte=now()).delete()


def membership_ended(payload: dict[str, Any]) -> None:
    """Whoever has left is not here, and needs no word about reminders."""
    membership = Membership.objects.filter(pk=uuid.UUID(payload["membership"])).first()
    if membership is None or is_member(membership.person, membership.community):
        return  # gone altogether, or back again
    gone = {"person": membership.person_id}
    NoReminders.objects.filter(community=membership.community_id, **gone).delete()
    Presence.objects.filter(gathering__community=membership.community_id, **gone).delete()
