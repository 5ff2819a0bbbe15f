"""The demo's own time, celebrations, challenge and answers to the one question, by the product's own actions."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.db import transaction

from staffroom.communities.actions.design import set_default
from staffroom.communities.models import Community, Membership
from staffroom.core.clock import now, pretend, today
from staffroom.people.models import Person
from staffroom.places.models import Programme
from staffroom.rhythm.actions import own_time, recognition, silence
from staffroom.rhythm.actions.challenge import propose
from staffroom.rhythm.challenge_clock import tend
from staffroom.rhythm.models import Asking
from staffroom.rhythm.queries.silence import quarter_of
from staffroom.web.demo.known import BY_KEY

ZONE = ZoneInfo("Africa/Nairobi")
People = dict[str, Person]
#: Amina's file: days ago, minutes, what, where.
TIME = [
    (3, 60, "This week’s gathering: fractions by folding", "Mathematics, Mwingi"),
    (10, 60, "Gathering: what pupils write when they divide", "Mathematics, Mwingi"),
    (24, 240, "Training day on assessment", "Mwingi Central"),
    (31, 40, "Watched a lesson of Nafula’s, and talked about it", "River Primary"),
]
#: What was answered in the last quarter, community by community.
ANSWERS = [
    ("signal", "signal", "time", "reading"),
    ("time", "signal", "phone", "reading"),
    ("signal", "time", "time", "signal"),
    ("signal", "comfort", "time", "reading"),
]


@transaction.atomic
def add(programme: Programme, people: People) -> None:
    """Into the community where Amina and Baraka are; the answers come from four others."""
    community = Community.objects.select_related("programme").get(
        programme=programme, name="Mathematics, Mwingi"
    )
    _time(people)
    _celebrations(community, people)
    _challenge(programme, community, people)
    _answers(programme, community)


@contextmanager
def _on(days_ago: int, hour: int) -> Iterator[None]:
    day = now().astimezone(ZONE).date() - dt.timedelta(days=days_ago)
    with pretend(dt.datetime.combine(day, dt.time(hour), ZONE).astimezone(dt.UTC)):
        yield


def _time(people: People) -> None:
    for days, minutes, what, place in TIME:
        with _on(days, 21):
            own_time.write(
                by=people["amina"], day=today(ZONE), minutes=minutes, what=what, place=place
            )


def _celebrations(community: Community, people: People) -> None:
    """One that the community sees; one that Amina alone has heard of and may share."""
    with _on(4, 18):
        told = recognition.name_change(
            by=people["nafula"],
            community=community,
            about=people["wanjiku"],
            change="pupils do",
            happened="My pupils measured the school garden with her knotted string, and argued about "
            "the corner until they agreed. I only listened.",
        )
    with _on(4, 20):
        recognition.share(by=people["wanjiku"], recognition=told)
    with _on(1, 19):
        recognition.name_change(
            by=people["otieno"],
            community=community,
            about=people["amina"],
            change="check",
            happened="I tried your slips of paper at the end of the lesson. Eleven of 44 had added tops "
            "and bottoms; I would have gone on.",
        )


def _challenge(programme: Programme, community: Community, people: People) -> None:
    """Three weeks against its own record; the second is going on."""
    set_default(
        by=Person.objects.get(phone=BY_KEY["gathoni"].phone),
        programme=programme,
        key="challenge",
        value="with-others",
        left=True,
        why="Some communities asked for it; none has to.",
    )
    community = Community.objects.select_related("programme").get(pk=community.pk)  # designs anew
    with _on(20, 19):
        made = propose(
            by=people["baraka"],
            community=community,
            goal="answered",
            first_day=today(ZONE) + dt.timedelta(days=8),
            weeks=3,
        )
    for days in (12, 2):
        with _on(days, 2):
            tend(made.pk)


def _answers(programme: Programme, but: Community) -> None:
    """Of the quarter before this one: with fewer there would be no figure."""
    day = quarter_of(today(ZONE)) - dt.timedelta(days=20)
    moment = dt.datetime.combine(day, dt.time(18), ZONE).astimezone(dt.UTC)
    others = Community.objects.filter(programme=programme, stage="open").exclude(pk=but.pk)
    with pretend(moment):
        for community, reasons in zip(others.order_by("name")[:4], ANSWERS, strict=False):
            rows = Membership.objects.filter(community=community, state="active")
            known = [person.phone for person in BY_KEY.values()]
            members = rows.exclude(person__phone__in=known).select_related("person")
            for row, reason in zip(members.order_by("id"), reasons, strict=False):
                asking = Asking(
                    person=row.person, community=community,
                    since=day - dt.timedelta(days=31), asked_on=day,
                )  # fmt: skip
                silence.ask(asking=asking, delay=dt.timedelta())
                silence.answer(by=row.person, reason=reason)
