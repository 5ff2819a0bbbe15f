"""Who supervises whom, by person and place, on a given day.

x supervises p directly when x
- is named as p's supervisor,
- heads a school where p works (a deputy supervises the teachers there, the head everyone),
- oversees an area in which p's school lies, at any depth,
- oversees an area above one that p oversees.
Supervision goes up the chain: whoever supervises my supervisor supervises me.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, Q

from staffroom.core.clock import today
from staffroom.core.prepared import Prepared
from staffroom.people.models import Person
from staffroom.places.models import AreaParent, Oversight, Posting, SchoolArea, Supervision, on_date

Ids = set[uuid.UUID]
BELOW = {
    Posting.Role.HEAD: [Posting.Role.TEACHER, Posting.Role.DEPUTY],
    Posting.Role.DEPUTY: [Posting.Role.TEACHER],
}


def supervisors_of(people: Iterable[uuid.UUID], on: dt.date | None = None) -> Ids:
    """Everyone who supervises at least one of `people`, directly or up the chain."""
    return _closure(set(people), _directly_above, on or today())


def supervised_by(person: Person, on: dt.date | None = None) -> Ids:
    """Everyone whom `person` supervises, directly or down the chain."""
    day = on or today()
    if not has_supervising_place(person, day):
        return set()
    return _closure({person.pk}, _directly_below, day) - {person.pk}


def below(people: Iterable[uuid.UUID], on: dt.date | None = None) -> Ids:
    """Everyone whom at least one of `people` supervises, directly or down the chain."""
    return _closure(set(people), _directly_below, on or today())


def has_supervising_place(person: Person, on: dt.date | None = None) -> bool:
    """Whether the person can supervise anybody at all; one query, for the many who cannot."""
    return _SUPERVISING.rows(person.pk, on or today()) == [(True,)]


def supervising_place(person: uuid.UUID, day: dt.date) -> Q:
    """The same as a condition, to stand within a query about something else."""
    return (
        Q(Exists(Posting.objects.filter(on_date(day), person=person, role__in=BELOW)))
        | Q(Exists(Oversight.objects.filter(on_date(day), person=person)))
        | Q(Exists(Supervision.objects.filter(on_date(day), supervisor=person)))
    )


_SUPERVISING = Prepared(
    lambda person, day: Person.objects.filter(pk=person).values_list(
        ExpressionWrapper(supervising_place(person, day), BooleanField())
    ),
    uuid.UUID,
    dt.date,
)


def supervises(person: Person, other: Person, on: dt.date | None = None) -> bool:
    return other.pk in supervised_by(person, on)


def ancestors(areas: Iterable[uuid.UUID], on: dt.date) -> dict[uuid.UUID, Ids]:
    """For each area, itself and every area above it on that day."""
    parents: dict[uuid.UUID, Ids] = {}
    frontier = set(areas)
    while frontier:
        parents |= {area: set() for area in frontier}
        found: Ids = set()
        for area, parent in AreaParent.objects.filter(on_date(on), area__in=frontier).values_list(
            "area_id", "parent_id"
        ):
            parents[area].add(parent)
            found.add(parent)
        frontier = found - parents.keys()
    return {
        area: _reach({area}, lambda some: set().union(*(parents[a] for a in some)))
        for area in set(areas)
    }


def descendants(areas: Iterable[uuid.UUID], on: dt.date) -> Ids:
    """The areas themselves and every area below them on that day."""

    def children(some: Ids) -> Ids:
        return set(
            AreaParent.objects.filter(on_date(on), parent__in=some).values_list(
                "area_id", flat=True
            )
        )

    return _reach(set(areas), children)


def _reach(start: Ids, step: Callable[[Ids], Ids]) -> Ids:
    seen, frontier = set(start), set(start)
    while frontier := step(frontier) - seen:
        seen |= frontier
    return seen


def _closure(start: Ids, step: Callable[[Ids, dt.date], Ids], on: dt.date) -> Ids:
    """All that `step` reaches from `start`, without those only there because we started there."""
    found: Ids = set()
    frontier = start
    while frontier := step(frontier, on) - found:
        found |= frontier
    return found


def _directly_above(people: Ids, on: dt.date) -> Ids:
    above: Ids = set(
        Supervision.objects.filter(on_date(on), person__in=people)
        .exclude(supervisor=F("person"))
        .values_list("supervisor_id", flat=True)
    )
    postings = list(
        Posting.objects.filter(on_date(on), person__in=people).values_list(
            "person_id", "school_id", "role"
        )
    )
    for role, below in BELOW.items():
        schools = {school for _, school, mine in postings if mine in below}
        above |= set(
            Posting.objects.filter(on_date(on), school__in=schools, role=role).values_list(
                "person_id", flat=True
            )
        )
    school_areas = SchoolArea.objects.filter(
        on_date(on), school__in={school for _, school, _ in postings}
    )
    wider = set().union(*ancestors(school_areas.values_list("area_id", flat=True), on).values())
    own = set(
        Oversight.objects.filter(on_date(on), person__in=people).values_list("area_id", flat=True)
    )
    for area, line in ancestors(own, on).items():
        wider |= line - {area}
    return above | set(
        Oversight.objects.filter(on_date(on), area__in=wider).values_list("person_id", flat=True)
    )


def _directly_below(people: Ids, on: dt.date) -> Ids:
    below: Ids = set(
        Supervision.objects.filter(on_date(on), supervisor__in=people)
        .exclude(supervisor=F("person"))
        .values_list("person_id", flat=True)
    )
    postings = list(
        Posting.objects.filter(on_date(on), person__in=people).values_list("school_id", "role")
    )
    for role, roles in BELOW.items():
        schools = {school for school, mine in postings if mine == role}
        below |= set(
            Posting.objects.filter(on_date(on), school__in=schools, role__in=roles).values_list(
                "person_id", flat=True
            )
        )
    own = set(
        Oversight.objects.filter(on_date(on), person__in=people).values_list("area_id", flat=True)
    )
    if own:
        inside = descendants(own, on)
        below |= set(
            Posting.objects.filter(
                on_date(on), on_date(on, "school__areas__"), school__areas__area__in=inside
            ).values_list("person_id", flat=True)
        )
        strictly = set().union(*(descendants({area}, on) - {area} for area in own))
        below |= set(
            Oversight.objects.filter(on_date(on), area__in=strictly).values_list(
                "person_id", flat=True
            )
        )
    return below
