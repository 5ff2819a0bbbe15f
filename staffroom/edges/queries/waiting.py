"""What of this room waits for one person: lines of Today, asked only where a community is marked."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.communities.models import Advisership, Community, Membership, Term
from staffroom.conversations import sealed
from staffroom.core.clock import now
from staffroom.edges.models import BrokerSide, BrokerWord, Crossing, Reshape, ReshapePart, Rise
from staffroom.edges.models.reshaping import ReshapePlace
from staffroom.people.models import Person

MOST = 3
THANKS_LAST = dt.timedelta(days=7)
#: What was reshaped can be undone for so long.
UNDO = dt.timedelta(days=7)
#: Members have so long to say no to a broker, or their word on dividing and joining.
WEEK = dt.timedelta(days=7)
Row = dict[str, Any]


def open_rises(rises: QuerySet[Rise]) -> QuerySet[Rise]:
    """Of questions that stand and that nobody has answered."""
    return rises.filter(
        question__answer_count=0,
        question__solved_at=None,
        question__removed_at=None,
        question__hidden_at=None,
        question__community__stage=Community.Stage.OPEN,
    )


def rows(person: Person, communities: list[Community]) -> list[Row]:
    """At most three lines; no query where no community is marked."""
    calling = {each.pk: each for each in communities if each.edge_calls}
    found: list[Row] = []
    if not calling:
        return found
    for part in (_reshapes, _mine, _advised, _brokers, _thanks):
        found += part(person, calling)
        if len(found) >= MOST:
            break
    return found[:MOST]


def _row(icon: str, title: str, text: str, url: str) -> Row:
    return {"icon": icon, "title": title, "text": text, "url": url}


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else words[:79] + "…"


def _mine(person: Person, calling: dict[Any, Community]) -> list[Row]:
    """Own questions that may go further, if their asker agrees."""
    asked = open_rises(Rise.objects.filter(question__community__in=calling)).filter(
        Q(question__author=person) | Q(question__anonymous=True),
        asked_at__isnull=False,
        passed_at=None,
        kept_at=None,
    )
    questions = [rise.question for rise in asked.select_related("question").order_by("rose_at")]
    own = sealed.mine(person, questions)
    return [
        _row(
            "out",
            _("Shall your question go further?"),
            _shortened(each.text),
            reverse("onward", args=[each.community_id, each.pk]),
        )
        for each in questions
        if each.author_id == person.pk or each.pk in own
    ]


def _advised(person: Person, calling: dict[Any, Community]) -> list[Row]:
    """Questions that waited long enough for the adviser."""
    advised = Advisership.objects.filter(person=person, ended_at=None, community__in=calling)
    waiting = open_rises(Rise.objects.filter(question__community__in=advised.values("community")))
    return [
        _row(
            "ask",
            _("Nobody has answered. Can you?"),
            _shortened(rise.question.text),
            reverse("question", args=[rise.question.community_id, rise.question_id]),
        )
        for rise in waiting.select_related("question").order_by("rose_at")[:MOST]
    ]


def _brokers(person: Person, calling: dict[Any, Community]) -> list[Row]:
    """Somebody offers to carry questions across, or I am asked to."""
    member = Membership.objects.filter(
        person=person, state=Membership.State.ACTIVE, community=OuterRef("community")
    )
    said = BrokerWord.objects.filter(side=OuterRef("pk"), member=person)
    sides = (
        BrokerSide.objects.filter(
            Exists(member), ~Exists(said), community__in=calling, broker__ended_at=None,
            broker__accepted_at=None, accepted_at=None,
        )
        .filter(Q(broker__person=person, broker__offered_at=None) | ~Q(broker__person=person))
        .exclude(~Q(broker__person=person), broker__offered_at=None)
        .select_related("broker__person")
        .order_by("broker__at")[:MOST]
    )  # fmt: skip
    found = []
    for side in sides:
        name = {"name": side.broker.person.first_name}
        asked = side.broker.person_id == person.pk
        title = (
            _("Would you carry questions to another community?")
            if asked
            else _("%(name)s offers to carry questions across") % name
        )
        where = calling[side.community_id]
        found.append(_row("talk", title, where.name, reverse("brokers", args=[where.pk])))
    return found


def _reshapes(person: Person, calling: dict[Any, Community]) -> list[Row]:
    """My word is asked, or the other moderator's yes."""
    old = ReshapePart.objects.filter(number=None, community__in=calling)
    running = Reshape.objects.filter(
        parts__in=old.values("pk"), done_at=None, dropped_at=None
    ).distinct()
    mine = ReshapePlace.objects.filter(
        reshape__in=running.filter(closes_at__gt=now()), person=person, word=""
    )
    found = []
    for place in mine.select_related("reshape").prefetch_related("reshape__parts"):
        where = _old_of(place.reshape, calling)
        if where is not None:
            title = (
                _("Shall we become two communities?")
                if place.reshape.kind == Reshape.Kind.DIVIDE
                else _("Shall we become one community?")
            )
            found.append(
                _row(
                    "map", title, where.name, reverse("reshape", args=[where.pk, place.reshape_id])
                )
            )
    turns = Term.objects.filter(
        person=person, starts__isnull=False, ended_at=None, community=OuterRef("community")
    )
    asked = old.filter(Exists(turns), reshape__in=running.filter(closes_at=None)).exclude(
        reshape__proposed_by=person
    )
    for part in asked.select_related("community"):
        assert part.community is not None
        found.append(
            _row(
                "map",
                _("Another community asks to join with yours"),
                part.community.name,
                reverse("reshape", args=[part.community_id, part.reshape_id]),
            )
        )
    return found


def _old_of(reshape: Reshape, calling: dict[Any, Community]) -> Community | None:
    return next(
        (
            calling[part.community_id]
            for part in reshape.parts.all()
            if part.number is None and part.community_id in calling
        ),
        None,
    )


def _thanks(person: Person, calling: dict[Any, Community]) -> list[Row]:
    """An answer of mine helped where the question came from."""
    crossings = Crossing.objects.filter(
        origin__author=person,
        origin__kind="answer",
        origin__community__in=calling,
        thanked_at__gt=now() - THANKS_LAST,
    ).select_related("origin")
    return [
        _row(
            "leaf",
            _("Thanks from a sister community"),
            _shortened(each.origin.text),
            reverse("question", args=[each.origin.community_id, each.origin.question_id]),
        )
        for each in crossings.order_by("-thanked_at")[:MOST]
    ]
