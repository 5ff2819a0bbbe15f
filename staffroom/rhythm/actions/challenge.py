"""Moderators agree on a challenge after their members had a week to object; it ends by itself."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.actions.common import lock
from staffroom.communities.levers import lever
from staffroom.communities.models import Community
from staffroom.conversations.permissions import check_member, check_moderate
from staffroom.core import audit, outbox
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.rhythm.figures import MEMBERS
from staffroom.rhythm.models.challenge import Challenge, ChallengePart
from staffroom.rhythm.queries.challenge import busy, could_join, may_meet, member_count

State = ChallengePart.State
Why = ChallengePart.Why
#: How long the members may object.
WEEK = dt.timedelta(days=7)
MAX_WEEKS = 6
#: How far ahead a challenge is planned at most.
AHEAD = dt.timedelta(days=90)
MOST = 4


def check_propose(person: Person, community: Community) -> None:
    """The moderator in term, of a community whose design wants challenges and that is not too small."""
    check_moderate(person, community)
    _check_wanted(community)


@transaction.atomic
def propose(
    *,
    by: Person,
    community: Community,
    goal: str,
    first_day: dt.date,
    weeks: int,
    others: Collection[uuid.UUID] = (),
) -> Challenge:
    """Announce a challenge to the members; invite other communities to it."""
    check_propose(by, community)
    community = lock(community.pk)
    _check_free(community)
    if goal not in Challenge.Goal.values:
        raise Refused(_("Please choose one."), "goal")
    _check_days(community, first_day, weeks, bool(others))
    invited = _invited(community, others)
    challenge = Challenge.objects.create(
        goal=goal,
        first_day=first_day,
        last_day=first_day + dt.timedelta(weeks=weeks) - dt.timedelta(days=1),
        with_others=bool(invited),
        proposed_by=by,
        proposed_at=now(),
    )
    mine = ChallengePart(challenge=challenge, community=community)
    _announce(mine, by)
    for other in invited:
        part = ChallengePart.objects.create(challenge=challenge, community=other)
        outbox.put("challenge.invited", part=str(part.pk), community=str(other.pk))
    audit.write("challenge.proposed", actor=by, on=challenge, goal=goal, parts=1 + len(invited))
    return challenge


@transaction.atomic
def accept(*, by: Person, part: ChallengePart) -> None:
    """The moderator of an invited community says yes; its members have their own week."""
    community, held = _held(part)
    check_propose(by, community)
    if held.state in (State.ANNOUNCED, State.IN):
        return
    if held.state != State.INVITED or held.challenge.state != Challenge.State.ANNOUNCED:
        raise Refused(_("This challenge is over."))
    if lever(community, "challenge") != "with-others":
        raise Refused(_("By its design this community takes no challenges with others."))
    _check_free(community)
    if _midnight(held.challenge.first_day) < now() + WEEK:
        raise Refused(_("It begins too soon: your members could not think about it for a week."))
    _announce(held, by)
    audit.write("challenge.accepted", actor=by, on=held)


@transaction.atomic
def decline(*, by: Person, part: ChallengePart) -> None:
    """The moderator of an invited community says no. No reason is asked."""
    community, held = _held(part)
    check_moderate(by, community)
    if held.state == State.INVITED:
        leave(held, Why.DECLINED)
        audit.write("challenge.declined", actor=by, on=held)


@transaction.atomic
def object_to(*, by: Person, part: ChallengePart) -> None:
    """One member's no is enough. Neither this row nor the audit keeps whose it was."""
    community, held = _held(part)
    check_member(by, community)
    if held.state == State.LEFT:
        return
    if held.state != State.ANNOUNCED or held.waits_until is None or held.waits_until <= now():
        raise Refused(_("The week to object is over. The moderator can still withdraw us."))
    leave(held, Why.OBJECTED)
    audit.write("challenge.objected", actor=None, on=held)


@transaction.atomic
def withdraw(*, by: Person, part: ChallengePart) -> None:
    """At any time, without a reason."""
    community, held = _held(part)
    check_moderate(by, community)
    if held.state in (State.ANNOUNCED, State.IN):
        if held.challenge.state == Challenge.State.ENDED:
            raise Refused(_("This challenge is over."))
        leave(held, Why.WITHDRAWN)
        audit.write("challenge.withdrawn", actor=by, on=held)


def leave(part: ChallengePart, why: str) -> None:
    """The part ends and its figures go; with too few left the whole challenge is off."""
    part.state, part.why_left, part.left_at = State.LEFT, why, now()
    part.done = part.asked = part.done_before = part.asked_before = part.counted_at = None
    part.direction = ""
    part.save()
    call_off_if_alone(part.challenge)


def call_off_if_alone(challenge: Challenge) -> None:
    if challenge.state not in (Challenge.State.ANNOUNCED, Challenge.State.RUNNING):
        return
    standing = challenge.parts.exclude(state=State.LEFT)
    if standing.count() < (2 if challenge.with_others else 1):
        standing.update(state=State.LEFT, why_left=Why.ALONE, left_at=now())
        challenge.state, challenge.ended_at = Challenge.State.OFF, now()
        challenge.save(update_fields=["state", "ended_at"])
        audit.write("challenge.off", actor=None, on=challenge)


def _announce(part: ChallengePart, by: Person) -> None:
    part.state, part.answered_by, part.waits_until = State.ANNOUNCED, by, now() + WEEK
    part.save()
    outbox.put("challenge.announced", part=str(part.pk), community=str(part.community_id))


def _held(part: ChallengePart) -> tuple[Community, ChallengePart]:
    """The part, its community and its challenge held, so that two at once cannot miscount."""
    found = ChallengePart.objects.filter(pk=part.pk).first()
    if found is None:
        raise NotYours
    community = lock(found.community_id)
    challenge = Challenge.objects.select_for_update().get(pk=found.challenge_id)
    held = ChallengePart.objects.select_for_update().get(pk=found.pk)
    held.community, held.challenge = community, challenge
    return community, held


def _check_wanted(community: Community) -> None:
    if lever(community, "challenge") == "none":
        raise Refused(_("By its design this community takes no challenges."))
    if member_count(community) < MEMBERS:
        raise Refused(_("A challenge needs ten members, so that its result tells of nobody alone."))


def _check_free(community: Community) -> None:
    if busy(community):
        raise Refused(_("One challenge at a time. Another can begin when this one is over."))


def _check_days(community: Community, first_day: dt.date, weeks: int, with_others: bool) -> None:
    here = today(community.timezone)
    soonest = here + WEEK * (2 if with_others else 1) + dt.timedelta(days=1)
    if first_day < soonest:
        words = _(
            "Your members have a week to object; with others their moderators a week more. "
            "Begin on %(day)s or later."
        )
        raise Refused(words % {"day": soonest.isoformat()}, "first_day")
    if first_day > here + AHEAD:
        raise Refused(_("Begin within the next three months."), "first_day")
    if not 1 <= weeks <= MAX_WEEKS:
        raise Refused(_("A challenge lasts from one to six weeks."), "weeks")


def _invited(community: Community, others: Collection[uuid.UUID]) -> list[Community]:
    wanted = set(others)
    if not wanted:
        return []
    if lever(community, "challenge") != "with-others":
        raise Refused(_("By its design this community takes no challenges with others."), "others")
    if len(wanted) >= MOST:
        raise Refused(_("At most four communities take part, yours included."), "others")
    found = [each for each in could_join(community) if each.pk in wanted]
    everyone = [community, *found]
    meet = all(
        may_meet(one, other)
        for place, one in enumerate(everyone)
        for other in everyone[place + 1 :]
    )
    if len(found) != len(wanted) or not meet:
        raise Refused(_("These communities cannot take part together. Choose others."), "others")
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)
