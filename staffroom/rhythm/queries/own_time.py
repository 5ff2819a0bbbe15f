"""What a member wrote down for themselves, and its sums. Every query begins with the person."""

import csv
import datetime as dt
import io
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from staffroom.communities import offices
from staffroom.communities.models import Community
from staffroom.communities.queries import school
from staffroom.communities.wall import all_readable_by
from staffroom.core.clock import now
from staffroom.core.tables import safe_cell
from staffroom.people.models import Person
from staffroom.places.models import SchoolTerm
from staffroom.rhythm.models.own_time import OwnTime

#: So many school terms have a sum on the page; the years all have one.
TERMS = 6
#: What a gathering is taken to last where nothing else is said.
GATHERING = 60


@dataclass(frozen=True)
class Total:
    name: str
    minutes: int

    @property
    def hours(self) -> int:
        return self.minutes // 60

    @property
    def rest(self) -> int:
        return self.minutes % 60


@dataclass(frozen=True)
class Gathered:
    """A gathering of the last days, offered with its fields filled in."""

    community: Community
    day: dt.date


def entries(person: Person) -> QuerySet[OwnTime]:
    return OwnTime.objects.filter(person=person, removed_at=None).order_by("-day", "-id")


def entry_of(person: Person, id: uuid.UUID) -> OwnTime | None:
    """Also one that was just removed: it may be put back."""
    return OwnTime.objects.filter(person=person, pk=id).first()


def between(person: Person, first: dt.date, last: dt.date) -> list[OwnTime]:
    """In the order of time, as a file has it."""
    return list(entries(person).filter(day__gte=first, day__lte=last).order_by("day", "id"))


def total_of(rows: Sequence[OwnTime]) -> Total:
    return Total("", sum(row.minutes for row in rows))


def totals(person: Person) -> tuple[list[Total], list[Total]]:
    """(by school term, by year), newest first; only where there is time."""
    days = list(
        entries(person).order_by().values_list("day").annotate(Sum("minutes")).order_by("-day")
    )
    years: dict[int, int] = {}
    for day, minutes in days:
        years[day.year] = years.get(day.year, 0) + minutes
    programme = offices.programme_of(person) if days else None
    terms = SchoolTerm.objects.filter(programme=programme) if programme else []
    by_term = [
        Total(
            f"{term.name}, {term.first_day.year}",
            sum(minutes for day, minutes in days if term.first_day <= day <= term.last_day),
        )
        for term in terms
    ]
    found = [each for each in reversed(by_term) if each.minutes]
    return found[:TERMS], [Total(str(year), minutes) for year, minutes in years.items()]


def gathered(person: Person) -> list[Gathered]:
    """The set times of the last seven days in the person's communities, begun already."""
    found = []
    for community in all_readable_by(person):
        if community.set_hour is None or community.set_weekday is None:
            continue
        here = now().astimezone(ZoneInfo(community.timezone))
        back = (here.weekday() - community.set_weekday) % 7
        if back == 0 and here.time() < community.set_hour:
            back = 7
        day = here.date() - dt.timedelta(days=back)
        if community.stage == Community.Stage.OPEN and not school.on_break(community, day):
            found.append(Gathered(community, day))
    return found


def places_of(person: Person) -> list[str]:
    """The names of the person's communities, to choose from."""
    return sorted({community.name for community in all_readable_by(person)})


def zone_of(person: Person) -> str:
    programme = offices.programme_of(person)
    return programme.timezone if programme else "UTC"


def lines(rows: Sequence[OwnTime]) -> Iterator[str]:
    """A CSV file that a spreadsheet opens; the first line names the columns."""
    yield "\ufeff" + _line([_("Day"), _("Minutes"), _("What"), _("Where")])
    for row in rows:
        yield _line([row.day.isoformat(), row.minutes, row.what, row.place])


def _line(cells: list[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()
