"""Schools, teachers and codes as lists that the importer reads again without a change."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from staffroom.core.clock import today
from staffroom.places import lists, queries
from staffroom.places.models import (
    Area,
    Posting,
    Programme,
    SchoolCode,
    TeacherNumber,
    on_date,
)

FIELDS = ["name", "level", "sector", "latitude", "longitude", "opened"]
Table = tuple[list[str], Iterator[Sequence[Any]]]


def schools(programme: Programme) -> Table:
    """code, name ..., one column a level, closed_on, merged_into."""
    levels = [level.name for level in programme.levels.order_by("depth")]
    return ["code", *FIELDS, *levels, "closed_on", "merged_into"], _schools(programme, len(levels))


def _schools(programme: Programme, depth: int) -> Iterator[Sequence[Any]]:
    day = today(programme.timezone)
    tree = queries.area_tree(programme, day)
    spelled = dict(Area.objects.filter(programme=programme).values_list("pk", "name"))
    names = {path: spelled[area] for path, area in tree.items()}
    for school in queries.kept_schools(programme, day):
        line = [
            names.get(school.path[: at + 1], "")
            if at < len(school.path) and school.path[at]
            else ""
            for at in range(depth)
        ]
        own = [getattr(school, field) for field in FIELDS]
        yield [school.code, *own, *line, school.closed, school.merged_into]


def teachers(programme: Programme) -> Table:
    """A row a posting of today. The phone only of an account that nobody has used yet."""
    head = [
        "number",
        "name",
        "phone",
        "school",
        "role",
        "subjects",
        "grades",
        "gender",
        "starts",
        "ends",
    ]
    return head, _teachers(programme)


def _teachers(programme: Programme) -> Iterator[Sequence[Any]]:
    known = TeacherNumber.objects.filter(programme=programme)
    numbers = dict(known.order_by("pk").values_list("person_id", "number"))
    postings = Posting.objects.filter(
        on_date(today(programme.timezone)),
        school__programme=programme,
        person__in=known.values("person"),
    )
    for each in (
        postings.select_related("person", "school").order_by("school__code", "pk").iterator(2000)
    ):
        person = each.person
        yield [
            numbers[person.pk], person.name, str(person.phone or "") if person.enrolled_at is None else "",
            each.school.code, each.role, ", ".join(person.subjects),
            ", ".join(map(str, person.grades)), person.gender, each.starts, each.ends,
        ]  # fmt: skip


def codes(programme: Programme) -> Table:
    """A row a code, those of the past too."""
    return ["school", "system", "code", "starts", "ends"], (
        (each.school.code, each.system, each.code, each.starts, each.ends)
        for each in SchoolCode.objects.filter(school__programme=programme)
        .select_related("school")
        .order_by("school__code", "system", "starts")
        .iterator(2000)
    )


def register() -> None:
    lists.add(
        lists.List(
            "schools", _("Schools and their areas"), _("To mend in a spreadsheet and import again"),
            schools, "import_new",
        )
    )  # fmt: skip
    lists.add(
        lists.List(
            "teachers", _("Teachers"),
            _("With a payroll number, where they work today; phones only of accounts nobody has used yet"),
            teachers, "import_new",
        )
    )  # fmt: skip
    lists.add(
        lists.List(
            "codes", _("Codes of schools in other systems"),
            _("EMIS, payroll, examinations: from when until when"), codes, "import_new",
        )
    )  # fmt: skip
