"""A draft of clusters changed by hand: a school, a centre, a name, a circle; and the last change undone.

Whoever changes says which version they saw. Where another was faster, nothing is overwritten: it is
refused with what changed meanwhile.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.core.words import listed, semicolon
from staffroom.people.models import Person
from staffroom.places import cluster_costs, cluster_moves
from staffroom.places.access import check_draws
from staffroom.places.models import (
    Block,
    Circle,
    Cluster,
    ClusterMove,
    ClusterPlan,
    ClusterSchool,
    School,
)

Kind = ClusterMove.Kind


class Changed(Refused):
    """Somebody else was faster."""


@transaction.atomic
def move_school(
    *, by: Person | None, plan: ClusterPlan, version: int, school: School, to: Cluster
) -> ClusterMove:
    """The school belongs to another cluster of the plan."""
    plan = _opened(by, plan, version)
    row = _row(plan, school.pk)
    _inside(plan, to)
    if row.cluster_id == to.pk:
        raise Refused(_("It is in this cluster already."), "to")
    found = cluster_costs.costs(plan, row, [to])
    if not found:
        raise Refused(
            _("We do not know where %(school)s is. Write its coordinates first.")
            % {"school": school.name},
            "to",
        )
    if found[0].why:
        raise Refused(found[0].why, "to")
    if row.cluster_id is None:
        plan.bound = None  # it was proven for fewer schools
    return _kept(by, plan, Kind.SCHOOL, school.pk, str(row.cluster_id or ""), str(to.pk))


@transaction.atomic
def choose_centre(
    *, by: Person | None, plan: ClusterPlan, version: int, cluster: Cluster, school: School
) -> ClusterMove:
    """The cluster meets at another of its schools."""
    plan = _opened(by, plan, version)
    _inside(plan, cluster)
    row = _row(plan, school.pk)
    if row.cluster_id != cluster.pk:
        raise Refused(_("It belongs to another cluster now."), "centre")
    if cluster_costs.place_of(row.school) is None:
        raise Refused(
            _("We do not know where %(school)s is. Write its coordinates first.")
            % {"school": school.name},
            "centre",
        )
    if cluster.centre_id == school.pk:
        raise Refused(_("They meet there already."), "centre")
    return _kept(by, plan, Kind.CENTRE, cluster.pk, str(cluster.centre_id), str(school.pk))


@transaction.atomic
def rename(
    *, by: Person | None, plan: ClusterPlan, version: int, thing: Any, name: str
) -> ClusterMove | None:
    """Name a cluster, a circle or a block; empty: by its number, a cluster by its central school."""
    plan = _opened(by, plan, version)
    _inside(plan, thing)
    name = one_line(name)
    if len(name) > 80:
        raise Refused(_("A name has at most 80 characters."), "name")
    if name == thing.name:
        return None
    return _kept(by, plan, Kind.NAME, thing.pk, thing.name, name)


@transaction.atomic
def move_cluster(
    *, by: Person | None, plan: ClusterPlan, version: int, cluster: Cluster, circle: Circle
) -> ClusterMove | None:
    """The cluster belongs to another circle."""
    plan = _opened(by, plan, version)
    _inside(plan, cluster, circle)
    if cluster.circle_id == circle.pk:
        return None
    low, high = plan.settings.get("circle") or (1, 10**6)
    there = circle.clusters.count() + 1
    here = cluster.circle.clusters.count() - 1 if cluster.circle else low
    if there > high:
        raise Refused(
            _("Circle %(number)s would have %(n)s clusters, and at most %(most)s fit.")
            % {"number": circle.number, "n": there, "most": high},
            "circle",
        )
    if cluster.circle and here < low:
        raise Refused(
            _("Circle %(number)s would have %(n)s clusters, and at least %(least)s must stay.")
            % {"number": cluster.circle.number, "n": here, "least": low},
            "circle",
        )
    was = str(cluster.circle_id or "")
    return _kept(by, plan, Kind.CIRCLE, cluster.pk, was, str(circle.pk))


@transaction.atomic
def move_circle(
    *, by: Person | None, plan: ClusterPlan, version: int, circle: Circle, block: Block
) -> ClusterMove | None:
    """The circle belongs to another block."""
    plan = _opened(by, plan, version)
    _inside(plan, circle, block)
    if circle.block_id == block.pk:
        return None
    if circle.block and circle.block.circles.count() == 1:
        raise Refused(
            _("Block %(number)s would be empty.") % {"number": circle.block.number}, "block"
        )
    return _kept(by, plan, Kind.BLOCK, circle.pk, str(circle.block_id or ""), str(block.pk))


@transaction.atomic
def change_circle(
    *, by: Person | None, plan: ClusterPlan, version: int, circle: Circle, name: str,
    block: Block | None,
) -> None:  # fmt: skip
    """Name it and say its block: both, or neither."""
    named = rename(by=by, plan=plan, version=version, thing=circle, name=name)
    if block is not None:
        now = version + 1 if named else version
        move_circle(by=by, plan=plan, version=now, circle=circle, block=block)


@transaction.atomic
def undo(*, by: Person | None, plan: ClusterPlan, version: int) -> ClusterMove:
    """Take back the last change that stands; again: the one before it."""
    plan = _opened(by, plan, version)
    last = plan.moves.filter(undone_at=None).first()
    if last is None:
        raise Refused(_("There is nothing to undo."))
    SET[last.kind](plan, last.thing, last.was)
    last.undone_at = now()
    last.save(update_fields=["undone_at"])
    plan.version += 1
    plan.save(update_fields=["version"])
    audit.write("clusters.undone", actor=by, on=plan, kind=last.kind, thing=last.thing)
    return last


def _opened(by: Person | None, plan: ClusterPlan, version: int) -> ClusterPlan:
    """The plan, held until the transaction ends; Refused where it is not what the person saw."""
    found = (
        ClusterPlan.objects.select_for_update(of=("self",))
        .select_related("programme", "area")
        .filter(pk=plan.pk)
        .first()
    )
    if found is None:
        raise NotYours
    check_draws(by, found.programme, found.area)
    if found.state == ClusterPlan.State.PUBLISHED:
        raise Refused(_("This plan is published and never changes. Copy it to a new draft."))
    if found.state != ClusterPlan.State.DRAFT:
        raise Refused(_("It is being formed just now. Wait until that is done."))
    if found.version != version:
        since = cluster_moves.told(found, after=version)
        said = listed((move.said for move in since), semicolon())
        raise Changed(
            _("The plan was changed meanwhile: %(what)s. Look again, then decide.")
            % {"what": said or _("the last change was undone, or it was formed anew")}
        )
    return found


def _row(plan: ClusterPlan, school: uuid.UUID) -> ClusterSchool:
    rows = ClusterSchool.objects.select_related("school", "cluster")
    found = rows.filter(plan=plan, school=school).first()
    if found is None:
        raise NotYours
    return found


def _inside(plan: ClusterPlan, *things: Any) -> None:
    if any(thing.plan_id != plan.pk for thing in things):
        raise NotYours


def _kept(
    by: Person | None, plan: ClusterPlan, kind: str, thing: uuid.UUID, was: str, became: str
) -> ClusterMove:
    """Write the change, its line in the list, and the audit's."""
    more = SET[kind](plan, thing, became)
    plan.version += 1
    plan.save(update_fields=["version", "bound"])
    audit.write("clusters.changed", actor=by, on=plan, kind=kind, thing=thing)
    return ClusterMove.objects.create(
        plan=plan, version=plan.version, kind=kind, thing=thing, was=was, became=became,
        metres=more, by=by,
    )  # fmt: skip


def _set_school(plan: ClusterPlan, school: uuid.UUID, value: str) -> int:
    """Returns the metres more in all, as every function here."""
    row = _row(plan, school)
    before = row.metres
    cluster = _cluster(plan, value) if value else None
    at = cluster_costs.places_of(plan, [row]).get(school)
    there = cluster_costs.place_of(cluster.centre) if cluster else None
    row.cluster = cluster
    row.metres = cluster_costs.metres(at, there) if at and there else 0
    row.save(update_fields=["cluster", "metres"])
    return row.metres - before


def _set_centre(plan: ClusterPlan, cluster: uuid.UUID, value: str) -> int:
    rows = list(ClusterSchool.objects.filter(cluster=cluster).select_related("school"))
    at = cluster_costs.places_of(plan, rows)
    centre = uuid.UUID(value)
    if centre not in at:
        raise Refused(_("It belongs to another cluster now."), "centre")
    more = 0
    for row in rows:
        if row.school_id in at:
            way = cluster_costs.metres(at[row.school_id], at[centre])
            more, row.metres = more + way - row.metres, way
    ClusterSchool.objects.bulk_update(rows, ["metres"])
    Cluster.objects.filter(pk=cluster).update(centre=centre)
    return more


def _set_circle(plan: ClusterPlan, cluster: uuid.UUID, value: str) -> int:
    Cluster.objects.filter(plan=plan, pk=cluster).update(circle=value or None)
    return 0


def _set_block(plan: ClusterPlan, circle: uuid.UUID, value: str) -> int:
    Circle.objects.filter(plan=plan, pk=circle).update(block=value or None)
    return 0


def _set_name(plan: ClusterPlan, thing: uuid.UUID, value: str) -> int:
    for model in (Cluster, Circle, Block):
        model.objects.filter(plan=plan, pk=thing).update(name=value)
    return 0


SET: dict[str, Callable[[ClusterPlan, uuid.UUID, str], int]] = {
    Kind.SCHOOL: _set_school,
    Kind.CENTRE: _set_centre,
    Kind.CIRCLE: _set_circle,
    Kind.BLOCK: _set_block,
    Kind.NAME: _set_name,
}


def _cluster(plan: ClusterPlan, value: str) -> Cluster:
    found = Cluster.objects.select_related("centre").filter(plan=plan, pk=value).first()
    if found is None:
        raise Refused(_("This cluster is no more."))
    return found
