"""A placing as its office looks at it. No wish, no belief, and of years only what half of a group have."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, QuerySet

from staffroom.communities.models import Membership, PlacedGroup, PlacedTeacher, Placing
from staffroom.communities.placing import rules
from staffroom.communities.placing import wanted as asked
from staffroom.communities.placing.sentences import REASONS, grade_span
from staffroom.core.clock import today
from staffroom.people.models import Person
from staffroom.people.vocabulary import LANGUAGES, SUBJECTS
from staffroom.places import supervision
from staffroom.places.models import Programme

#: Groups that a teacher could sit in, offered by the way to their first meeting.
OFFERED = 12


@dataclass(frozen=True)
class Line:
    """One group as a row: what its members share, how far they are apart."""

    group: PlacedGroup
    size: int
    subject: str
    language: str
    grades: str
    years: tuple[int, int] | None
    km: float | None


def placings_of(programme: Programme) -> Any:
    """The newest first."""
    return Placing.objects.filter(programme=programme).order_by("-made_at", "pk")


def seen_by(placing: Placing, viewer: Person) -> QuerySet[PlacedGroup]:
    """Its groups, but for those that hold somebody whom the viewer supervises: as in the garden."""
    below = supervision.supervised_by(viewer)
    if not below:
        return placing.groups.all()
    held = placing.teachers.filter(person__in=below, group__isnull=False).values("group")
    return placing.groups.exclude(pk__in=held)


def may_see(teacher: PlacedTeacher, viewer: Person) -> bool:
    """Whoever sits nowhere can be seen; else whoever may see the group."""
    if teacher.group_id is None:
        return True
    return seen_by(teacher.placing, viewer).filter(pk=teacher.group_id).exists()


def figures(placing: Placing, viewer: Person) -> dict[str, int]:
    """How many teachers, placed and not; how many groups, founded and not."""
    groups = seen_by(placing, viewer)
    many = groups.count()
    founded = groups.filter(community__isnull=False).count()
    placed = placing.teachers.filter(group__in=groups).count()
    unplaced = placing.teachers.filter(group=None).count()
    return {
        "teachers": placed + unplaced,
        "placed": placed,
        "unplaced": unplaced,
        "groups": many,
        "founded": founded,
        "waiting": many - founded,
    }


def rows_of(placing: Placing, viewer: Person) -> Any:
    rows = seen_by(placing, viewer).select_related("venue", "community")
    return rows.annotate(size=Count("teachers"), far=Max("teachers__metres")).order_by("number")


def lines(groups: Iterable[PlacedGroup]) -> list[Line]:
    """`groups` as `rows_of` has them."""
    rows = list(groups)
    taught: dict[Any, list[int]] = defaultdict(list)
    years: dict[Any, list[int]] = defaultdict(list)
    people = Person.objects.filter(placed__group__in=rows)
    for group, grades, since in people.values_list("placed__group", "grades", "teaching_since"):
        taught[group] += grades
        if since is not None:
            years[group].append(today().year - since)
    return [_line(row, taught[row.pk], years[row.pk]) for row in rows]


def _line(row: Any, grades: list[int], years: list[int]) -> Line:
    return Line(
        group=row,
        size=row.size,
        subject=str(SUBJECTS.get(row.subject, row.subject)),
        language=str(LANGUAGES.get(row.language, row.language)),
        grades=grade_span(grades),
        years=middle_half(years),
        km=None if row.far is None else row.far / 1000,
    )


def middle_half(years: Sequence[int]) -> tuple[int, int] | None:
    """Between these lie the middle ones: an end of the whole span would be one person's figure."""
    if len(years) < 8:
        return None
    ordered = sorted(years)
    quarter = len(ordered) // 4
    return ordered[quarter], ordered[-1 - quarter]


def reasons(placing: Placing) -> list[tuple[str, int]]:
    """Why the unplaced have no group, and how many each."""
    rows = placing.teachers.filter(group=None).values_list("why", flat=True)
    found = Counter(PlacedTeacher.Why(code) for code in rows if code)
    return [(str(REASONS[code]), many) for code, many in found.most_common()]


def notes(placing: Placing) -> list[dict[str, Any]]:
    """Strata that were joined, in words."""
    return [
        note
        | {
            "subject": str(SUBJECTS.get(note["subject"], note["subject"])),
            "tongues": [str(LANGUAGES.get(code, code)) for code in note["languages"]],
        }
        for note in placing.notes
    ]


def members_of(group: PlacedGroup) -> list[PlacedTeacher]:
    """Whom it would hold. Once it is a community its members are nobody's outside it."""
    if group.community_id is not None:
        return []
    rows = group.teachers.select_related("person", "school")
    return list(rows.order_by("person__name", "pk"))


def moves(teacher: PlacedTeacher, viewer: Person) -> list[rules.Move]:
    """Where the teacher could sit, the nearest first; those that a rule closes say which."""
    wanted = asked.of(teacher.placing.settings)
    subjects = teacher.person.subjects
    groups = (
        seen_by(teacher.placing, viewer)
        .filter(subject__in=subjects, community=None)
        .select_related("venue")
        .prefetch_related("teachers")
    )
    chain = rules.chain_of(teacher.person_id)
    found = [
        rules.move_to(group, teacher, list(group.teachers.all()), chain, wanted)
        for group in groups
        if group.pk != teacher.group_id
    ]
    found.sort(key=lambda each: (bool(each.refused), each.metres is None, each.metres or 0))
    return found[:OFFERED]


def placed_as(membership: Membership) -> PlacedTeacher | None:
    """How the person came to be invited, if by a placing."""
    return (
        PlacedTeacher.objects.filter(
            person=membership.person_id, group__community=membership.community_id
        )
        .select_related("group__placing", "group__venue")
        .first()
    )
