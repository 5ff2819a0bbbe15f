"""What the clock does for challenges every night: begin, count the whole community, end with thanks."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from django.db import transaction

from staffroom.communities.levers import lever
from staffroom.communities.models import Community
from staffroom.core import audit, outbox
from staffroom.core.clock import now as this_moment
from staffroom.core.clock import today
from staffroom.rhythm.actions.challenge import Why, leave
from staffroom.rhythm.figures import direction, tells_of_nobody
from staffroom.rhythm.models.challenge import Challenge, ChallengePart
from staffroom.rhythm.queries.challenge import member_count
from staffroom.rhythm.queries.challenge_counts import A_DAY, figure

State = ChallengePart.State
RECOUNTED = dt.timedelta(days=7)
LIVING = (Challenge.State.ANNOUNCED, Challenge.State.RUNNING)


def nightly(now: dt.datetime) -> None:
    for pk in list(Challenge.objects.filter(state__in=LIVING).values_list("pk", flat=True)):
        tend(pk)


@transaction.atomic
def tend(pk: uuid.UUID) -> None:
    """See to one challenge. Harmless when done twice."""
    challenge = Challenge.objects.select_for_update().get(pk=pk)
    if challenge.state not in LIVING:
        return
    parts = list(
        challenge.parts.exclude(state=State.LEFT)
        .select_related("community__programme")
        .order_by("id")
    )
    for part in parts:
        part.challenge = challenge
        _settle(part)
        if challenge.state not in LIVING:
            return  # too few are left
    standing = [part for part in parts if part.state == State.IN]
    if challenge.state == Challenge.State.RUNNING and standing:
        # A question of the last day has a day's time to be answered.
        over = min(_here(part) for part in standing) > challenge.last_day + A_DAY
        for part in standing:
            if over or _is_due(part):
                count(part)
        if over:
            _end(challenge, standing)


def _settle(part: ChallengePart) -> None:
    """A week has passed without a no; the first day has come; the community still wants it."""
    challenge = part.challenge
    wanted = lever(part.community, "challenge") in (
        ("with-others",) if challenge.with_others else ("own", "with-others")
    )
    if part.community.stage != Community.Stage.OPEN or not wanted:
        leave(part, Why.STOPPED)
        return
    if part.state == State.ANNOUNCED and part.waits_until and part.waits_until <= this_moment():
        part.state = State.IN
        part.save(update_fields=["state"])
    if _here(part) >= challenge.first_day:
        if part.state != State.IN:
            leave(part, Why.LATE)
        elif challenge.state == Challenge.State.ANNOUNCED:
            challenge.state = Challenge.State.RUNNING
            challenge.save(update_fields=["state"])


def _is_due(part: ChallengePart) -> bool:
    last = part.counted_at
    began = _midnight(part, part.challenge.first_day)
    return this_moment() - max(last or began, began) >= RECOUNTED - dt.timedelta(hours=12)


def count(part: ChallengePart) -> None:
    """The community's figure, and that of as long a time before; none where it would tell of one."""
    challenge = part.challenge
    since = _midnight(part, challenge.first_day)
    until = min(_midnight(part, challenge.last_day + A_DAY), this_moment() - A_DAY)
    if until <= since:
        return
    members = member_count(part.community)
    mine = figure(challenge.goal, part.community, since, until)
    before = figure(challenge.goal, part.community, since - (until - since), since)
    told, told_before = (tells_of_nobody(each, members) for each in (mine, before))
    part.done = mine.done if told else None
    part.asked = mine.asked if told else None
    part.done_before = before.done if told and told_before else None
    part.asked_before = before.asked if told and told_before else None
    part.direction = direction(mine, before) if told and told_before else ""
    part.counted_at = this_moment()
    part.save()


def _end(challenge: Challenge, parts: list[ChallengePart]) -> None:
    challenge.state, challenge.ended_at = Challenge.State.ENDED, this_moment()
    challenge.save(update_fields=["state", "ended_at"])
    audit.write("challenge.ended", actor=None, on=challenge)
    for part in parts:
        outbox.put("challenge.ended", part=str(part.pk), community=str(part.community_id))


def _here(part: ChallengePart) -> dt.date:
    return today(part.community.timezone)


def _midnight(part: ChallengePart, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), ZoneInfo(part.community.timezone))
