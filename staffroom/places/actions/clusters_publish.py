"""A plan of clusters holds from a day on: published, taken back before that day, copied to change it."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.core import audit, outbox
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.people.models import Person
from staffroom.places import cluster_publish
from staffroom.places.access import check_draws
from staffroom.places.models import (
    Block,
    Circle,
    Cluster,
    ClusterPlan,
    ClusterSchool,
    Programme,
)

State = ClusterPlan.State
BATCH = 2000


@transaction.atomic
def publish(
    *, by: Person | None, plan: ClusterPlan, version: int, starts: dt.date, left_out: bool = False
) -> ClusterPlan:
    """From `starts` on the plan holds; what held on its ground ends the day before.

    `left_out`: the person knows that some schools have no cluster.
    """
    plan = _held(by, plan)
    if plan.state != State.DRAFT:
        raise Refused(_("Only a draft can be published."))
    if plan.version != version:
        raise Refused(_("The plan was changed meanwhile. Look again, then decide."))
    if starts < today(plan.programme.timezone):
        raise Refused(_("Choose today or a later day: what has been stays as it was."), "starts")
    look = cluster_publish.look(plan, starts)
    if look.wrong:
        raise Refused(look.wrong[0], "starts")
    if look.left_out and not left_out:
        raise Refused(
            _("Some schools would have no cluster. Place them, or say that you know."), "left_out"
        )
    for other in look.ends:
        plan.ended[str(other.pk)] = other.ends.isoformat() if other.ends else None
        other.ends = starts
        other.save(update_fields=["ends"])
        audit.write("clusters.ended", actor=by, on=other, because=plan.pk)
    plan.state, plan.starts, plan.published_by, plan.published_at = (
        State.PUBLISHED,
        starts,
        by,
        now(),
    )
    plan.ends = look.until.starts if look.until else None
    plan.save()
    audit.write("clusters.published", actor=by, on=plan, starts=starts.isoformat())
    outbox.put("clusters.published", plan=str(plan.pk), starts=starts.isoformat())
    return plan


@transaction.atomic
def unpublish(*, by: Person | None, plan: ClusterPlan) -> ClusterPlan:
    """Before its first day a plan is a draft again, and what it would have ended goes on."""
    plan = _held(by, plan)
    if plan.state != State.PUBLISHED or plan.starts is None:
        raise Refused(_("It is not published."))
    if plan.starts <= today(plan.programme.timezone):
        raise Refused(_("It holds already. Publish another plan in its place."))
    for other, ends in plan.ended.items():
        ClusterPlan.objects.filter(pk=uuid.UUID(other), ends=plan.starts).update(
            ends=dt.date.fromisoformat(ends) if ends else None
        )
    plan.state, plan.starts, plan.ends, plan.ended = State.DRAFT, None, None, {}
    plan.published_by = plan.published_at = None
    plan.save()
    audit.write("clusters.unpublished", actor=by, on=plan)
    outbox.put("clusters.unpublished", plan=str(plan.pk))
    return plan


def _held(by: Person | None, plan: ClusterPlan) -> ClusterPlan:
    """The plan, with its programme's row locked: two plans are never published at once."""
    found = ClusterPlan.objects.filter(pk=plan.pk).first()
    if found is None:
        raise NotYours
    Programme.objects.select_for_update().get(pk=found.programme_id)
    found = ClusterPlan.objects.select_related("programme", "area").get(pk=plan.pk)
    check_draws(by, found.programme, found.area)
    return found


@transaction.atomic
def copy_plan(*, by: Person | None, plan: ClusterPlan, name: str) -> ClusterPlan:
    """A new draft with the same blocks, circles, clusters and schools."""
    check_draws(by, plan.programme, plan.area)
    name = one_line(name)
    if not name:
        raise Refused(_("The name is missing."), "name")
    if not plan.clusters.exists():
        raise Refused(_("This plan has no clusters yet. Form them first."))
    kept = {key: value for key, value in plan.settings.items() if key != "again"}
    made = ClusterPlan.objects.create(
        programme=plan.programme, area=plan.area, name=name, settings=kept, made_from=plan,
        made_by=by, bound=plan.bound,
    )  # fmt: skip
    blocks = {
        row.pk: Block(plan=made, number=row.number, name=row.name) for row in plan.blocks.all()
    }
    Block.objects.bulk_create(blocks.values())
    circles = {
        row.pk: Circle(plan=made, number=row.number, name=row.name, block=_of(blocks, row.block_id))
        for row in plan.circles.all()
    }
    Circle.objects.bulk_create(circles.values())
    clusters = {
        row.pk: Cluster(
            plan=made, number=row.number, name=row.name, centre_id=row.centre_id,
            circle=_of(circles, row.circle_id),
        )
        for row in plan.clusters.all()
    }  # fmt: skip
    Cluster.objects.bulk_create(clusters.values(), batch_size=BATCH)
    ClusterSchool.objects.bulk_create(
        (
            ClusterSchool(
                plan=made, cluster=_of(clusters, row.cluster_id), school_id=row.school_id,
                metres=row.metres, note=row.note,
            )
            for row in plan.schools.order_by("pk").iterator(BATCH)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    audit.write("clusters.copied", actor=by, on=made, of=plan.pk)
    return made


def _of(rows: dict[uuid.UUID, Any], key: uuid.UUID | None) -> Any:
    return None if key is None else rows[key]
