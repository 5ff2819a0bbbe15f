"""What was learned, as rows for the methods: only of sessions whose tests are over.

Before that one more answer, subtracted, would be one person's.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q
from django.db.models.functions import Coalesce, TruncDate

from staffroom.cascade.models import Fidelity, SessionTrainer, TestSitting, TrainingSession
from staffroom.cascade.models.plans import Tier
from staffroom.cascade.testing import OPEN_FOR
from staffroom.core.clock import today
from staffroom.instruments.models import Answer, Item
from staffroom.people.models import Person
from staffroom.places.models import Programme

if TYPE_CHECKING:
    from staffroom.methods.cascade.dilution import Dilution, Score
    from staffroom.methods.cascade.effects import Effect

#: Fewer people than these give no figure (whole groups, DESIGN 5.2; feedback of a day).
LEAST, LEAST_FEEDBACK, LEAST_SESSIONS, LEAST_TRAINERS = 10, 5, 2, 5
#: A tier that fewer trainers than these gave is not told.
LEAST_A_TIER = 3


def shut_sessions(programme: Programme) -> Any:
    """Trainings whose answers change no more."""
    day = today(programme.timezone) - OPEN_FOR
    return (
        TrainingSession.objects.filter(programme=programme, kind=TrainingSession.Kind.TRAINING)
        .exclude(state=TrainingSession.State.CANCELLED)
        .annotate(last=Coalesce(Max("days__day"), TruncDate("delivered_at")))
        .filter(last__lt=day)
    )


def scores(sittings: Iterable[TestSitting]) -> "list[Score]":
    """A row a person and item, of those who sat both; the person is the sitting's own number."""
    from staffroom.methods.cascade.dilution import Score

    both = [each for each in sittings if each.before_id and each.after_id]
    shares = _shares(both)
    return [
        Score(
            each.session.tier,
            str(each.session_id),
            str(each.pk),
            key,
            before,
            shares[each.after_id].get(key),
        )
        for each in both
        for key, before in shares[each.before_id].items()
    ]


def _shares(sittings: list[TestSitting]) -> dict[Any, dict[str, float]]:
    wanted = {pk for each in sittings for pk in (each.before_id, each.after_id)}
    found: dict[Any, dict[str, float]] = defaultdict(dict)
    ids = list(wanted)
    for start in range(0, len(ids), 500):
        rows = Answer.objects.filter(response__in=ids[start : start + 500])
        for response, key, share in rows.values_list("response_id", "item__key", "share"):
            if share is not None:  # of what can be right or wrong
                found[response][key] = share
    return found


@dataclass(frozen=True)
class Arrives:
    """The figures of one test, its items in order, and fidelity by tier (None: too few sessions)."""

    found: "Dilution"
    items: list[Item]
    fidelity: list[Any]
    people: int


def arrives(programme: Programme, instrument: Any) -> Arrives:
    """Does what was taught at the top arrive? Of one test, by tier."""
    from staffroom.methods.cascade.dilution import dilution

    sittings = TestSitting.objects.filter(
        instrument=instrument, session__in=shut_sessions(programme).values("pk")
    ).select_related("session")
    rows = scores(sittings)
    alone = _of_few({each.session for each in rows})
    rows = [each for each in rows if each.tier not in alone]
    version = instrument.versions.filter(published_at__isnull=False).order_by("-number").first()
    scored = {each.item for each in rows}
    items = [each for each in version.items.all() if each.key in scored] if version else []
    found = dilution(rows, Tier.values, [each.key for each in items], least=LEAST)
    return Arrives(
        found, items, _fidelity(programme, instrument), len({each.person for each in rows})
    )


def _of_few(sessions: set[str]) -> set[str]:
    """Tiers whose sessions one or two trainers gave: their mean would be a trainer's, told to others."""
    rows = SessionTrainer.objects.filter(session__in=list(sessions), trainer__person__isnull=False)
    trainers: dict[str, set[Any]] = defaultdict(set)
    for tier, person in rows.values_list("session__tier", "trainer__person_id"):
        trainers[tier].add(person)
    return {tier for tier, people in trainers.items() if len(people) < LEAST_A_TIER}


def _fidelity(programme: Programme, instrument: Any) -> list[Any]:
    """By tier: the share done as designed, of at least five sessions (one trainer's is not told)."""
    import numpy as np

    from staffroom.methods.cascade.dilution import mean

    noted = Fidelity.objects.filter(session__in=shut_sessions(programme).values("pk"))
    values: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for each in noted.select_related("session").prefetch_related("response__answers__item"):
        if (share := as_designed(each)) is not None:
            values[each.session.tier].append((share, str(each.session_id)))
    told: list[Any] = []
    for tier in Tier.values:
        own = values[tier]
        enough = len({session for _, session in own}) >= 5
        told.append(mean(np.array([v for v, _ in own]), [s for _, s in own]) if enough else None)
    return told


def as_designed(noted: Fidelity) -> float | None:
    """The first choice means as designed, the last not at all, others in between."""
    shares = []
    for answer in noted.response.answers.all():
        keys = [choice["key"] for choice in answer.item.choices]
        if answer.item.kind == Item.Kind.ONE and len(keys) > 1 and answer.value in keys:
            shares.append(1 - keys.index(answer.value) / (len(keys) - 1))
    return sum(shares) / len(shares) if shares else None


@dataclass(frozen=True)
class OwnEffect:
    """A trainer's own figure at one tier; `effect` is None with what is still too few."""

    programme: Programme
    tier: str
    sessions: int
    people: int
    effect: "Effect | None"


def own_effects(person: Person) -> list[OwnEffect]:
    """For that trainer alone: the caller passes whoever is signed in, nobody else."""
    mine = SessionTrainer.objects.filter(trainer__person=person)
    pairs = mine.values_list("session__programme", "session__tier").distinct()
    programmes = Programme.objects.in_bulk({programme for programme, _ in pairs})
    return [
        _own_effect(person, programmes[programme], tier)
        for programme, tier in sorted(pairs, key=lambda pair: (str(pair[0]), pair[1]))
    ]


def _own_effect(person: Person, programme: Programme, tier: str) -> OwnEffect:
    from staffroom.methods.cascade.effects import effect

    sittings = TestSitting.objects.filter(
        session__in=shut_sessions(programme).filter(tier=tier).values("pk")
    ).select_related("session")
    gains: dict[str, list[float]] = defaultdict(list)
    people: dict[str, set[str]] = defaultdict(set)
    for row in scores(sittings):
        if row.before is not None and row.after is not None:
            gains[row.session].append(row.after - row.before)
            people[row.session].add(row.person)
    by_trainer: dict[str, list[float]] = defaultdict(list)
    own: set[str] = set()
    for session, trainer in _who_trained(gains):
        by_trainer[str(trainer)].append(sum(gains[session]) / len(gains[session]))
        if trainer == person.pk:
            own.add(session)
    reached = sum(len(people[session]) for session in own)
    enough = len(own) >= LEAST_SESSIONS and reached >= LEAST and len(by_trainer) >= LEAST_TRAINERS
    found = effect(by_trainer, str(person.pk)) if enough else None
    return OwnEffect(programme, tier, len(own), reached, found)


def _who_trained(sessions: Iterable[str]) -> set[tuple[str, uuid.UUID]]:
    rows = SessionTrainer.objects.filter(
        Q(session__in=list(sessions)), trainer__person__isnull=False
    )
    return {(str(s), p) for s, p in rows.values_list("session_id", "trainer__person_id")}


def of_session(session: TrainingSession) -> "Dilution | None":
    """The means of one session, once its tests are over, of ten people and more."""
    from staffroom.methods.cascade.dilution import dilution

    rows = scores(TestSitting.objects.filter(session=session).select_related("session"))
    if len({each.person for each in rows}) < LEAST:
        return None
    items = sorted({each.item for each in rows}, key=lambda key: (len(key), key))
    return dilution(rows, [session.tier], items, least=LEAST)
