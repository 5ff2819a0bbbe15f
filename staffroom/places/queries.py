"""What other rooms and our pages ask of places. Read only."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Case, Q, QuerySet, Value, When

from staffroom.core.clock import today
from staffroom.core.words import listed
from staffroom.people.models import Person
from staffroom.places.imports import geo
from staffroom.places.imports.names import fold
from staffroom.places.imports.plan import Kept
from staffroom.places.imports.records import Path
from staffroom.places.models import (
    Appointment,
    Area,
    AreaParent,
    Posting,
    Programme,
    School,
    SchoolArea,
    SchoolCode,
    TeacherNumber,
    on_date,
)

Ids = set[uuid.UUID]


def programme_of(person: Person, on: dt.date | None = None) -> Programme | None:
    """The programme a person belongs to: by posting, else by appointment, else the only one."""
    day = on or today()
    posting = (
        Posting.objects.filter(on_date(day), person=person)
        .select_related("school__programme")
        .order_by("-starts", "pk")
        .first()
    )
    if posting is not None:
        return posting.school.programme
    appointment = (
        Appointment.objects.filter(on_date(day), person=person)
        .select_related("programme")
        .order_by("-starts", "pk")
        .first()
    )
    if appointment is not None:
        return appointment.programme
    only = list(Programme.objects.order_by("pk")[:2])
    return only[0] if len(only) == 1 else None


def only_region() -> str | None:
    """The phone region that all programmes of this installation share."""
    found = regions(most=2)
    return found[0] if len(found) == 1 else None


def regions(most: int = 3) -> list[str]:
    """The phone regions of this installation's programmes."""
    rows = Programme.objects.order_by("phone_region").values_list("phone_region", flat=True)
    return list(rows.distinct()[:most])


def postings_of(person: Person, on: dt.date | None = None) -> QuerySet[Posting]:
    """Where the person works that day."""
    return (
        Posting.objects.filter(on_date(on or today()), person=person)
        .select_related("school")
        .order_by("starts", "pk")
    )


def area_lines(schools: Iterable[School], on: dt.date | None = None) -> dict[uuid.UUID, str]:
    """For each school "Mwingi, Kitui": its areas from the narrowest to the widest."""
    day = on or today()
    narrowest = dict(
        SchoolArea.objects.filter(on_date(day), school__in=[s.pk for s in schools])
        .order_by("starts")
        .values_list("school_id", "area_id")
    )
    lines = area_paths(set(narrowest.values()), day)
    names = dict(
        Area.objects.filter(pk__in={a for line in lines.values() for a in line}).values_list(
            "pk", "name"
        )
    )
    return {
        school: listed(names[area] for area in lines[area_id])
        for school, area_id in narrowest.items()
    }


def area_names(areas: Iterable[uuid.UUID], on: dt.date) -> list[str]:
    """Each area with what is around it: "Mwingi, Mwingi Central, Kitui"."""
    lines = area_paths(set(areas), on)
    names = dict(
        Area.objects.filter(pk__in={a for line in lines.values() for a in line}).values_list(
            "pk", "name"
        )
    )
    return [listed(names[area] for area in line) for line in lines.values()]


def area_line(school: School, on: dt.date | None = None) -> str:
    return area_lines([school], on).get(school.pk, "")


def area_paths(areas: Ids, on: dt.date) -> dict[uuid.UUID, list[uuid.UUID]]:
    """For each area, itself and what is around it, narrowest first."""
    parents: dict[uuid.UUID, uuid.UUID] = {}
    frontier = set(areas)
    while frontier:
        found = dict(
            AreaParent.objects.filter(on_date(on), area__in=frontier).values_list(
                "area_id", "parent_id"
            )
        )
        parents |= found
        frontier = set(found.values()) - parents.keys()
    lines = {}
    for area in areas:
        line = [area]
        while line[-1] in parents and parents[line[-1]] not in line:
            line.append(parents[line[-1]])
        lines[area] = line
    return lines


def schools_in(areas: Ids, on: dt.date | None = None) -> QuerySet[School]:
    """Schools attached to one of these areas that day."""
    inside = SchoolArea.objects.filter(on_date(on or today()), area__in=areas)
    return School.objects.filter(pk__in=inside.values("school"))


def open_on(day: dt.date) -> Q:
    """The filter "not closed on this day" for schools."""
    return Q(closed=None) | Q(closed__gt=day)


def search_schools(programme: Programme, words: str) -> QuerySet[School]:
    """Schools with this code, ours or another's, or whose name holds all the words; what begins so first."""
    found = School.objects.filter(programme=programme)
    parts = words.split()[:6]
    by_name = Q()
    for part in parts:
        by_name &= Q(name__icontains=part)
    if parts:
        other = SchoolCode.objects.filter(code=words.strip())
        found = found.filter(by_name | Q(code=words.strip()) | Q(pk__in=other.values("school")))
    first = words.strip()
    begins = Case(
        When(Q(code=first) | Q(name__istartswith=first), then=Value(0)),
        When(name__icontains=f" {first}", then=Value(1)),
        default=Value(2),
    )
    return found.order_by(begins, "name", "code") if parts else found.order_by("name", "code")


def other_codes(programme: Programme, on: dt.date) -> dict[str, str]:
    """Codes of other systems that hold on a day > the school's own; none that names two schools."""
    found: dict[str, str] = {}
    twice = set()
    rows = SchoolCode.objects.filter(on_date(on), school__programme=programme)
    for code, own in rows.values_list("code", "school__code"):
        if found.setdefault(code, own) != own:
            twice.add(code)
    return {code: own for code, own in found.items() if code not in twice}


def schools_near(
    programme: Programme, latitude: float, longitude: float, *, km: float = 20, most: int = 20
) -> list[tuple[float, School]]:
    """Open schools within `km`, nearest first, with their distance."""
    reach = km / geo.KM
    box = School.objects.filter(
        open_on(today()),
        programme=programme,
        latitude__range=(latitude - reach, latitude + reach),
        longitude__range=(longitude - 2 * reach, longitude + 2 * reach),
    )
    near = [
        (distance, school)
        for school in box
        if school.latitude is not None
        and school.longitude is not None
        and (distance := geo.km_between((latitude, longitude), (school.latitude, school.longitude)))
        <= km
    ]
    return sorted(near, key=lambda pair: (pair[0], pair[1].pk))[:most]


def area_tree(programme: Programme, on: dt.date) -> dict[Path, uuid.UUID]:
    """Every area that is true that day, by its folded path (see `imports.records.Path`)."""
    rows = {
        pk: (depth, fold(name))
        for pk, depth, name in Area.objects.filter(on_date(on), programme=programme).values_list(
            "pk", "level__depth", "name"
        )
    }
    parents = dict(
        AreaParent.objects.filter(on_date(on), area__programme=programme).values_list(
            "area_id", "parent_id"
        )
    )
    return {_path(area, rows, parents): area for area in rows}


def area_spellings(programme: Programme, on: dt.date) -> dict[Path, str]:
    """How every area is written, by its folded path."""
    written = dict(Area.objects.filter(on_date(on), programme=programme).values_list("pk", "name"))
    return {path: written[area] for path, area in area_tree(programme, on).items()}


def _path(
    area: uuid.UUID,
    rows: dict[uuid.UUID, tuple[int, str]],
    parents: dict[uuid.UUID, uuid.UUID],
) -> Path:
    depth = rows[area][0]
    path = [""] * depth
    at: uuid.UUID | None = area
    while at is not None and at in rows:
        level, name = rows[at]
        if path[level - 1]:
            break  # a circle in the data must not hang us
        path[level - 1] = name
        at = parents.get(at)
    return tuple(path)


def kept_schools(programme: Programme, on: dt.date) -> Iterator[Kept]:
    """Every school as it is kept, with its area's path that day."""
    paths = {area: path for path, area in area_tree(programme, on).items()}
    where: dict[uuid.UUID, Path] = defaultdict(tuple)
    for school, area in (
        SchoolArea.objects.filter(on_date(on), school__programme=programme)
        .values_list("school_id", "area_id")
        .iterator(5000)
    ):
        where[school] = paths.get(area, ())
    for pk, code, name, level, sector, latitude, longitude, opened, closed, into in (
        School.objects.filter(programme=programme)
        .values_list(
            "pk", "code", "name", "level", "sector", "latitude", "longitude", "opened", "closed",
            "merged_into__code",
        )
        .iterator(5000)
    ):  # fmt: skip
        yield Kept(
            pk,
            code,
            name,
            level,
            sector,
            latitude,
            longitude,
            opened,
            closed,
            into or "",
            where[pk],
        )


def schools_without_area(programme: Programme, on: dt.date) -> QuerySet[School]:
    """Schools that belong to the programme alone: no area was given."""
    placed = SchoolArea.objects.filter(on_date(on), school__programme=programme)
    return School.objects.filter(programme=programme).exclude(pk__in=placed.values("school"))


def people_of(programme: Programme) -> QuerySet[Person]:
    """Who is or was posted in the programme, has a number or an office in it, or belongs to none."""
    tied = (
        Q(postings__school__programme=programme)
        | Q(teacher_numbers__programme=programme)
        | Q(appointments__programme=programme)
        | Q(oversights__area__programme=programme)
    )
    free = Q(postings=None, teacher_numbers=None, appointments=None, oversights=None)
    wanted = Person.objects.filter(tied | free, erased_at=None)
    return Person.objects.filter(pk__in=wanted.values("pk")).order_by("name", "pk")


def search_people(programme: Programme, words: str) -> QuerySet[Person]:
    """People of the programme by every word of the name, or by their teacher number."""
    by_name = Q()
    for part in words.split()[:6]:
        by_name &= Q(name__icontains=part)
    by_number = Q(
        pk__in=TeacherNumber.objects.filter(programme=programme, number=words.strip()).values(
            "person"
        )
    )
    return people_of(programme).filter(by_name | by_number)


def number_wanted(person: Person) -> Programme | None:
    """The programme of the person that asks whoever is new for a payroll number, until it has one."""
    if person.is_staff or person.enrolled_at is None:
        return None
    asking = set(
        Programme.objects.filter(number_required_since__lte=person.enrolled_at).values_list(
            "pk", flat=True
        )
    )
    programme = programme_of(person) if asking else None
    if programme is None or programme.pk not in asking:
        return None
    kept = TeacherNumber.objects.filter(programme=programme, person=person).exists()
    return None if kept else programme
