"""How long terms take: one's own, and the mean that gardeners may know."""

import datetime as dt

from staffroom.communities import offices
from staffroom.communities.models import Community, Term
from staffroom.core.clock import now
from staffroom.facilitation.models import Load, LoadFigure
from staffroom.facilitation.spent import A_WEEK, Mean, minutes_a_day
from staffroom.people.models import Person
from staffroom.places.models import Programme
from staffroom.places.supervision import has_supervising_place

DAY = dt.timedelta(days=1)
#: A term that ended longer ago says little of today.
RECENT = dt.timedelta(days=90)


def minutes_of(term: Term) -> int | None:
    """Minutes a day so far, for the moderator alone; None in the first hours."""
    seconds = Load.objects.filter(term=term).values_list("seconds", flat=True).first()
    if seconds is None or term.starts is None:
        return None
    return max(1, round(minutes_a_day(seconds, _days(term))))


def _days(term: Term) -> float:
    assert term.starts is not None
    return ((term.ended_at or now()) - term.starts) / DAY


def loads_in(programme: Programme) -> dict[object, float]:
    """Minutes a day of the newest term of a week or more, of each open community."""
    loads = Load.objects.filter(
        term__community__programme=programme, term__community__stage=Community.Stage.OPEN
    ).select_related("term")
    found: dict[object, float] = {}
    for load in loads.order_by("term__starts"):
        term = load.term
        long = term.starts is not None and (term.ended_at or now()) - term.starts >= A_WEEK
        if long and (term.ended_at is None or now() - term.ended_at < RECENT):
            found[str(term.community_id)] = minutes_a_day(load.seconds, _days(term))
    return found


def last_figure(programme: Programme) -> LoadFigure | None:
    return LoadFigure.objects.filter(programme=programme).order_by("-at").first()


def last_mean(programme: Programme) -> Mean | None:
    row = last_figure(programme)
    return Mean(row.minutes, frozenset(row.communities)) if row else None


def figures_for(person: Person) -> list[LoadFigure]:
    """For gardeners. A programme's mean may hold a community that a supervisor must not measure, so
    whoever supervises anybody has none."""
    if has_supervising_place(person):
        return []
    tended = offices.appointments(person, offices.GARDENER).select_related("programme")
    programmes = {each.programme_id: each.programme for each in tended}
    found = [last_figure(programme) for programme in programmes.values()]
    return [figure for figure in found if figure is not None]
