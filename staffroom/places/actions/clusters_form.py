"""Forming a plan's clusters: asked for here, done by the worker, written whole or not at all.

The state on the plan's row is the lock. A search that failed leaves the plan as it was, and says why.
"""

import logging
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task

from staffroom.core import audit
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.places.access import check_draws
from staffroom.places.cluster_lot import Lot, Settings, cut, lot_of
from staffroom.places.models import Area, ClusterPlan, Programme
from staffroom.places.progress import Progress

log = logging.getLogger(__name__)
State = ClusterPlan.State
#: A plan that takes the worker down with it is not tried for ever.
TRIES = 3


def settings_of(plan: ClusterPlan) -> Settings:
    """What was asked of the plan; for what it does not say, what is usual."""
    kept = plan.settings
    low, high = kept.get("circle") or (None, None)
    return Settings(
        least=kept.get("min", 25), most=kept.get("max", 35), clusters=kept.get("clusters"),
        within=kept.get("within"), apart=kept.get("apart") or "", circle_least=low,
        circle_most=high, blocks=kept.get("blocks"), seconds=kept.get("seconds", 10),
        seed=kept.get("seed", 0),
    )  # fmt: skip


def as_kept(settings: Settings) -> dict[str, Any]:
    """As `ClusterPlan.settings` holds it."""
    return {
        "min": settings.least, "max": settings.most, "clusters": settings.clusters,
        "within": settings.within, "apart": settings.apart,
        "circle": list(settings.circle) if settings.circle else None, "blocks": settings.blocks,
        "seed": settings.seed, "seconds": settings.seconds,
    }  # fmt: skip


def look(programme: Programme, area: Area | None, settings: Settings) -> Lot:
    """The schools as they would be taken, cut into the parts that stay apart. Refused where they
    cannot be."""
    lot = lot_of(programme, area, settings, today(programme.timezone))
    cut(lot, settings)
    return lot


def create_plan(
    *, by: Person | None, programme: Programme, name: str, area: Area | None, settings: Settings
) -> ClusterPlan:
    """A draft, and the worker is asked to form it."""
    check_draws(by, programme, area)
    look(programme, area, settings)
    with transaction.atomic():
        plan = ClusterPlan.objects.create(
            programme=programme, area=area, name=name, settings=as_kept(settings), made_by=by
        )
        audit.write("clusters.plan_made", actor=by, on=plan)
        _give(by, plan, settings)
    return plan


def form_anew(*, by: Person | None, plan: ClusterPlan, settings: Settings) -> None:
    """Form a draft with other numbers: what it has stands until the worker has better."""
    check_draws(by, plan.programme, plan.area)
    look(plan.programme, plan.area, settings)
    with transaction.atomic():
        _give(by, plan, settings)


def reform_plan(*, by: Person | None, plan: ClusterPlan, name: str) -> ClusterPlan:
    """A new draft from this plan for the schools of today, with as few moves as can be."""
    check_draws(by, plan.programme, plan.area)
    if not plan.clusters.exists():
        raise Refused(_("This plan has no clusters yet. Form them first."))
    settings = settings_of(plan)
    look(plan.programme, plan.area, settings)
    with transaction.atomic():
        made = ClusterPlan.objects.create(
            programme=plan.programme, area=plan.area, name=name, made_from=plan, made_by=by,
            settings=as_kept(settings) | {"again": True},
        )  # fmt: skip
        audit.write("clusters.plan_made", actor=by, on=made)
        _give(by, made, settings)
    return made


def remove_plan(*, by: Person | None, plan: ClusterPlan) -> None:
    """A draft goes; what was published stays."""
    check_draws(by, plan.programme, plan.area)
    with transaction.atomic():
        audit.write("clusters.plan_removed", actor=by, on=plan)
        try:
            gone, _rows = ClusterPlan.objects.filter(pk=plan.pk, state=State.DRAFT).delete()
        except ProtectedError:
            raise Refused(_("A cascade is planned on it. Remove that first.")) from None
        if not gone:
            raise Refused(_("Only a draft can be removed."))


def _give(by: Person | None, plan: ClusterPlan, settings: Settings) -> None:
    taken = ClusterPlan.objects.filter(pk=plan.pk, state=State.DRAFT).update(
        state=State.FORMING, failed="", began_at=now()
    )
    if not taken:
        raise Refused(_("It is being formed just now, or published already."))
    plan.refresh_from_db(fields=["state", "failed", "began_at"])
    audit.write("clusters.forming", actor=by, on=plan)
    form_clusters.enqueue(plan=str(plan.pk), by=str(by.pk) if by else "", settings=asdict(settings))


@task(takes_context=True)
def form_clusters(context: TaskContext, plan: str, by: str, settings: dict[str, Any]) -> None:
    """The job. Nothing leaves it but its end."""
    found = ClusterPlan.objects.select_related("programme", "area", "made_from")
    drawn = found.filter(pk=plan, state=State.FORMING).first()
    person = Person.objects.filter(pk=by).first() if by else None
    if drawn is None:
        return  # another worker has done it
    language = person.language if person else drawn.programme.language
    with translation.override(language):
        try:
            if by and person is None:
                raise NotYours
            if context.attempt > TRIES:
                raise Refused(_("It was begun several times and stopped each time."))
            form(by=person, plan=drawn, settings=Settings(**settings))
        except BaseException as error:
            give_back(drawn, _why(error))
            if not isinstance(error, Exception):
                raise


def form(*, by: Person | None, plan: ClusterPlan, settings: Settings) -> None:
    """Search, then write. NumPy is loaded here, in the worker, and by no page."""
    from staffroom.places import cluster_search
    from staffroom.places.actions.clusters_write import write_plan

    check_draws(by, plan.programme, plan.area)
    progress = Progress(plan)
    progress(0, settings.seconds)
    try:
        lot = lot_of(plan.programme, plan.area, settings, today(plan.programme.timezone))
        notes = cut(lot, settings)
        if plan.made_from is not None and plan.settings.get("again"):
            drawn = cluster_search.again(lot, settings, plan.made_from)
        else:
            drawn = cluster_search.search(lot, settings, progress)
        kept = as_kept(settings) | {"notes": [*filter(None, [lot.doubt]), *notes, *drawn.notes]}
        if plan.settings.get("again"):
            kept["again"] = True
        with transaction.atomic():
            still = ClusterPlan.objects.select_for_update().filter(pk=plan.pk, state=State.FORMING)
            if not still.exists():
                return
            write_plan(plan, lot, drawn)
            still.update(state=State.DRAFT, failed="", settings=kept, bound=drawn.bound)
            audit.write("clusters.formed", actor=by, on=plan)
    finally:
        progress.forget()


def give_back(plan: ClusterPlan, why: str) -> None:
    """It is a draft as before, unless another worker has formed it."""
    ClusterPlan.objects.filter(pk=plan.pk, state=State.FORMING).update(
        state=State.DRAFT, failed=why[:500]
    )


def _why(error: BaseException) -> str:
    if isinstance(error, Refused):
        return error.message
    if isinstance(error, NotYours):
        return _("You no longer look after this programme.")
    if isinstance(error, MemoryError):
        return _("This machine has too little memory for so many schools. Form one area at a time.")
    log.error("clusters.failed", exc_info=error)
    return _("The fault is ours, not yours. Please try again.")
