"""What must be so before a plan of clusters is published, and what publishing would change. Read only."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from staffroom.core.words import listed
from staffroom.places import cluster_costs, queries
from staffroom.places.cluster_compare import Compared, compared
from staffroom.places.models import (
    Area,
    ClusterPlan,
    ClusterSchool,
    Posting,
    School,
    SchoolArea,
    on_date,
)
from staffroom.places.supervision import descendants

MOST_NAMED = 5


@dataclass
class Since:
    """How the schools of the plan's area differ from the plan on a day."""

    closed: list[School] = field(default_factory=list)
    opened: list[School] = field(default_factory=list)
    left: list[School] = field(default_factory=list)  # open, but in another area now

    def __len__(self) -> int:
        return len(self.closed) + len(self.opened) + len(self.left)


@dataclass
class Look:
    """What publishing from a day would do. `wrong`: why it cannot be; the rest is to be known."""

    wrong: list[str]
    unplaced: int
    since: Since
    ends: list[ClusterPlan]
    until: ClusterPlan | None
    changes: Compared
    teachers: int

    @property
    def left_out(self) -> int:
        """Schools that would have no cluster."""
        return self.unplaced + len(self.since.opened)


def look(plan: ClusterPlan, starts: dt.date) -> Look:
    """The whole, as the page before publishing shows it."""
    ends, until, clash = others(plan, starts)
    since = changed_since(plan, starts)
    changes = compared([other.pk for other in ends], [plan.pk])
    return Look(
        wrong=[*clash, *_sizes(plan), *_centres(plan, since)],
        unplaced=plan.schools.filter(cluster=None).count(),
        since=since,
        ends=ends,
        until=until,
        changes=changes,
        teachers=_teachers([plan, *ends], changes, starts),
    )


def others(
    plan: ClusterPlan, starts: dt.date
) -> tuple[list[ClusterPlan], ClusterPlan | None, list[str]]:
    """Published plans of the same ground: those that would end the day before, the one before whose
    start this one would end, and why it cannot be."""
    ends, until, wrong = [], None, []
    for other in _overlapping(plan, starts):
        if other.starts is None:
            continue
        if not _covers(plan.area, other.area, starts):
            wrong.append(
                _(
                    "“%(plan)s” holds for a wider area. Make a new plan for the whole of it, "
                    "or choose a day after it ends."
                )
                % {"plan": other.name}
            )
        elif other.starts == starts:
            wrong.append(
                _("“%(plan)s” starts on the same day. Take it back first, or choose another day.")
                % {"plan": other.name}
            )
        elif other.starts < starts:
            ends.append(other)
        elif until is None or (until.starts and other.starts < until.starts):
            until = other
    return ends, until, wrong


def _overlapping(plan: ClusterPlan, starts: dt.date) -> list[ClusterPlan]:
    found = (
        ClusterPlan.objects.filter(
            Q(ends=None) | Q(ends__gt=starts),
            programme=plan.programme,
            state=ClusterPlan.State.PUBLISHED,
        )
        .exclude(pk=plan.pk)
        .select_related("area")
    )
    return [
        other
        for other in found.order_by("starts")
        if _covers(plan.area, other.area, starts) or _covers(other.area, plan.area, starts)
    ]


def _covers(wide: Area | None, narrow: Area | None, day: dt.date) -> bool:
    """Whether one area lies within the other; None is the whole programme."""
    if wide is None:
        return True
    if narrow is None:
        return False
    return wide.pk in queries.area_paths({narrow.pk}, day)[narrow.pk]


def _sizes(plan: ClusterPlan) -> list[str]:
    low, high = cluster_costs.bounds(plan)
    many = cluster_costs.sizes(plan)
    clusters = list(plan.clusters.all())
    if not clusters:
        return [_("This plan has no clusters yet. Form them first.")]
    bad = [one for one in clusters if not low <= many.get(one.pk, 0) <= high]
    if not bad:
        return []
    numbers = listed(one.number for one in bad[:MOST_NAMED]) + ("…" if bad[MOST_NAMED:] else "")
    return [
        _("A cluster has %(low)s to %(high)s schools. These have more or fewer: %(numbers)s.")
        % {"low": low, "high": high, "numbers": numbers}
    ]


def _centres(plan: ClusterPlan, since: Since) -> list[str]:
    gone = {school.pk for school in [*since.closed, *since.left]}
    return [
        _("Cluster %(number)s meets at %(school)s, which is closed or elsewhere by then. Choose another centre.")
        % {"number": one.number, "school": one.centre.name}
        for one in plan.clusters.select_related("centre")
        if one.centre_id in gone
    ]  # fmt: skip


def ground(plan: ClusterPlan, day: dt.date) -> QuerySet[School]:
    """The open schools for which the plan is made."""
    found = School.objects.filter(queries.open_on(day), programme=plan.programme)
    found = found.filter(Q(opened=None) | Q(opened__lte=day))
    if plan.area is None:
        return found
    inside = SchoolArea.objects.filter(on_date(day), area__in=descendants({plan.area.pk}, day))
    return found.filter(pk__in=inside.values("school"))


def changed_since(plan: ClusterPlan, day: dt.date) -> Since:
    """Schools that closed, merged or moved away, and those that opened, since the plan was made."""
    known = ClusterSchool.objects.filter(plan=plan)
    here = ground(plan, day)
    away = (
        School.objects.filter(pk__in=known.values("school"))
        .exclude(pk__in=here.values("pk"))
        .select_related("merged_into")
        .order_by("name", "pk")
    )
    out = Since(opened=list(here.exclude(pk__in=known.values("school")).order_by("name", "pk")))
    for school in away:
        closed = school.closed is not None and school.closed <= day
        (out.closed if closed else out.left).append(school)
    return out


def _teachers(plans: list[ClusterPlan], changes: Compared, day: dt.date) -> int:
    """How many people work at schools that change."""
    schools: set[uuid.UUID] = changes.schools
    known = ClusterSchool.objects.filter(plan__in=[plan.pk for plan in plans])
    rows = Posting.objects.filter(on_date(day), school__in=known.values("school"))
    return len(
        {person for person, school in rows.values_list("person", "school") if school in schools}
    )
