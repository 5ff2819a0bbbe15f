"""The clusters that hold on a day: what other rooms, a school and its teachers ask. Read only."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from staffroom.core.clock import today
from staffroom.places.models import (
    Cluster,
    ClusterPlan,
    ClusterSchool,
    Programme,
    School,
    on_date,
)


def plans_in_force(programme: Programme, day: dt.date) -> QuerySet[ClusterPlan]:
    """Published plans that hold on the day; of different areas there may be several."""
    return ClusterPlan.objects.filter(
        on_date(day), programme=programme, state=ClusterPlan.State.PUBLISHED
    )


def clusters_in_force(programme: Programme, day: dt.date | None = None) -> QuerySet[Cluster]:
    """All clusters that hold on the day (today), by plan and number."""
    plans = plans_in_force(programme, day or today(programme.timezone))
    return (
        Cluster.objects.filter(plan__in=plans)
        .select_related("plan", "centre", "circle__block")
        .order_by("plan__starts", "plan", "number")
    )


def cluster_of(school: School, on: dt.date | None = None) -> ClusterSchool | None:
    """The school's place on the day (today): `cluster`, its `centre`, and the `metres` to it."""
    day = on or today(school.programme.timezone)
    return clusters_of_schools([school.pk], day).get(school.pk)


def clusters_of_schools(
    schools: Iterable[uuid.UUID], day: dt.date
) -> dict[uuid.UUID, ClusterSchool]:
    """The same for many schools, in one query; a school without a cluster is left out."""
    rows = ClusterSchool.objects.filter(
        on_date(day, "plan__"),
        school__in=list(schools),
        cluster__isnull=False,
        plan__state=ClusterPlan.State.PUBLISHED,
    ).select_related("plan", "cluster__centre", "cluster__circle__block")
    return {row.school_id: row for row in rows.order_by("plan__starts")}
