"""A cascade: asked for here, planned by the worker, published into training sessions.

The state on the plan's row is the lock. Publishing plans once more from the same choices, and is
refused where schools or teachers have changed meanwhile, so that what is published is what was seen.
"""

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task

from staffroom.cascade import planning
from staffroom.cascade.access import check_plans
from staffroom.cascade.models import CascadePlan, Invitation, Trainer, TrainingSession
from staffroom.cascade.planning import Choices
from staffroom.cascade.queries.sessions import clashes
from staffroom.core import audit
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.core.words import listed
from staffroom.people.models import Person
from staffroom.places.models import ClusterPlan, Programme

log = logging.getLogger(__name__)
State = CascadePlan.State
TRIES = 3


def check(choices: Choices) -> None:
    """Refused with what cannot be, before anything begins."""
    first, until = dt.date.fromisoformat(choices.first), dt.date.fromisoformat(choices.until)
    if until < first:
        raise Refused(_("It would end before it starts."), "until")
    if (until - first).days > 3 * 366:
        raise Refused(_("At most three years."), "until")
    if not choices.subjects:
        raise Refused(_("Choose at least one subject."), "subjects")


@transaction.atomic
def create(
    *, by: Person, programme: Programme, clusters: ClusterPlan, name: str, choices: Choices
) -> CascadePlan:
    check_plans(by, programme)
    check(choices)
    name = one_line(name)
    if not name:
        raise Refused(_("The name is missing."), "name")
    if clusters.programme_id != programme.pk or not clusters.clusters.exists():
        raise Refused(
            _("This plan of clusters has no school in a cluster. Form the clusters first.")
        )
    made = CascadePlan.objects.create(
        programme=programme, clusters=clusters, name=name, settings=choices.kept(), made_by=by
    )
    audit.write("cascade.made", actor=by, on=made)
    _give(by, made, "plan")
    return made


@transaction.atomic
def again(*, by: Person, plan: CascadePlan, choices: Choices) -> None:
    """A draft with other choices: what it has stands until the worker has another."""
    check_plans(by, plan.programme)
    check(choices)
    plan.settings = choices.kept()
    _give(by, plan, "plan")
    CascadePlan.objects.filter(pk=plan.pk).update(settings=plan.settings)


@transaction.atomic
def publish(*, by: Person, plan: CascadePlan) -> None:
    check_plans(by, plan.programme)
    if not plan.figures or plan.failed:
        raise Refused(_("There is no plan yet that could be published."))
    _give(by, plan, "publish")


@transaction.atomic
def withdraw(*, by: Person, plan: CascadePlan) -> None:
    """A published plan is a draft again, its sessions gone; not once one was held or its days have come."""
    check_plans(by, plan.programme)
    held = TrainingSession.objects.filter(plan=plan)
    begun = held.filter(days__day__lte=today(plan.programme.timezone))
    if held.filter(state=TrainingSession.State.DELIVERED).exists() or begun.exists():
        raise Refused(_("Its first sessions have begun: cancel single sessions instead."))
    taken = CascadePlan.objects.filter(pk=plan.pk, state=State.PUBLISHED)
    if not taken.update(state=State.DRAFT, published_at=None):
        raise Refused(_("It is not published."))
    held.delete()
    Trainer.objects.filter(plan=plan).delete()
    audit.write("cascade.withdrawn", actor=by, on=plan)


@transaction.atomic
def remove(*, by: Person, plan: CascadePlan) -> None:
    check_plans(by, plan.programme)
    audit.write("cascade.removed", actor=by, on=plan)
    gone, _rows = CascadePlan.objects.filter(pk=plan.pk, state=State.DRAFT).delete()
    if not gone:
        raise Refused(_("Only a draft can be removed."))


@transaction.atomic
def appoint(*, by: Person, trainer: Trainer, person: Person | None) -> Trainer:
    """Who holds a trainer's place; they are invited to where that place is trained itself."""
    check_plans(by, trainer.programme)
    sessions = TrainingSession.objects.filter(session_trainers__trainer=trainer)
    if person is not None:
        own = dict(sessions.values_list("pk", "title"))
        days = list(sessions.values_list("days__day", flat=True))
        if taken := clashes(own, days, [person.pk]):
            raise Refused(
                _("On these days they train elsewhere: %(who)s.") % {"who": listed(taken)}, "person"
            )
    learning = TrainingSession.objects.filter(learners__trainer=trainer)
    if trainer.person_id:
        Invitation.objects.filter(session__in=learning, person=trainer.person_id).delete()
    Trainer.objects.filter(pk=trainer.pk).update(person=person)
    for session in learning if person is not None else []:
        Invitation.objects.get_or_create(
            session=session, person=person, defaults={"invited_by": by, "why": _("You train next.")}
        )
    audit.write("cascade.trainer", actor=by, on=trainer)
    trainer.refresh_from_db()
    return trainer


def _give(by: Person, plan: CascadePlan, do: str) -> None:
    taken = CascadePlan.objects.filter(pk=plan.pk, state=State.DRAFT).update(
        state=State.PLANNING, began_at=now()
    )
    if not taken:
        raise Refused(_("It is being planned just now, or published already."))
    plan.refresh_from_db(fields=["state", "began_at"])
    audit.write("cascade.given", actor=by, on=plan, do=do)
    work.enqueue(plan=str(plan.pk), by=str(by.pk), do=do)


@task(takes_context=True)
def work(context: TaskContext, plan: str, by: str, do: str) -> None:
    """The job. Nothing leaves it but its end."""
    found = CascadePlan.objects.select_related("programme", "clusters__programme")
    drawn = found.filter(pk=plan, state=State.PLANNING).first()
    person = Person.objects.filter(pk=by).first()
    if drawn is None:
        return  # another worker has done it
    with translation.override(person.language if person else drawn.programme.language):
        try:
            if person is None:
                raise NotYours
            if context.attempt > TRIES:
                raise Refused(_("It was begun several times and stopped each time."))
            check_plans(person, drawn.programme)
            (plan_now if do == "plan" else publish_now)(drawn)
        except BaseException as error:
            _end(drawn, failed={"said": _why(error)})
            if not isinstance(error, Exception):
                raise


def _end(plan: CascadePlan, **fields: Any) -> None:
    held = CascadePlan.objects.filter(pk=plan.pk, state=State.PLANNING)
    held.update(**({"state": State.DRAFT} | fields))


def plan_now(plan: CascadePlan) -> None:
    """Plan, or find where no plan is and what would make one."""
    from staffroom.methods.cascade.plan import plan as make
    from staffroom.methods.cascade.relax import ways
    from staffroom.methods.cascade.settings import NoPlan

    choices = Choices.of(plan.settings)
    ground = planning.ground(plan.clusters, choices)
    days, later = planning.days_of(plan.clusters, choices)
    settings = planning.settings_of(choices, days)
    try:
        made = make(ground.network, settings)
    except NoPlan as no:
        found = ways(ground.network, settings, later)
        told = {
            "what": no.what, "tier": no.tier, "area": ground.area(no.tier, no.area), "need": no.need,
            "have": no.have,
            "subject": settings.subjects[no.subject] if no.subject < len(settings.subjects) else "",
            "ways": [[way.what, _value(way)] for way in found],
        }  # fmt: skip
        _end(plan, failed=told, figures={})
        return
    _end(plan, failed={}, figures=planning.figures(made, ground, settings, choices.prices))


def _value(way: Any) -> Any:
    return dt.date.fromordinal(way.value).isoformat() if way.what == "until" else way.value


def publish_now(plan: CascadePlan) -> None:
    from staffroom.cascade.actions.cascade_write import write
    from staffroom.methods.cascade.plan import plan as make

    choices = Choices.of(plan.settings)
    ground = planning.ground(plan.clusters, choices)
    days, _later = planning.days_of(plan.clusters, choices)
    made = make(ground.network, planning.settings_of(choices, days))
    seen = (plan.figures["teachers"], plan.figures["groups"], plan.figures["last"])
    if seen != (int(ground.network.teachers.sum()), len(made.groups), _iso(made.last_day)):
        raise Refused(
            _("Schools, teachers or the calendar have changed since. Plan it again and look.")
        )
    with transaction.atomic():
        if not CascadePlan.objects.select_for_update().filter(pk=plan.pk, state=State.PLANNING):
            return
        write(plan, made, ground, choices)
        _end(plan, state=State.PUBLISHED, failed={}, published_at=now())
        audit.write("cascade.published", actor=None, on=plan)


def _iso(ordinal: int) -> str:
    return dt.date.fromordinal(ordinal).isoformat()


def _why(error: BaseException) -> str:
    if isinstance(error, Refused):
        return error.message
    if isinstance(error, NotYours):
        return _("You no longer look after this programme.")
    log.error("cascade.failed", exc_info=error)
    return _("The fault is ours, not yours. Please try again.")
