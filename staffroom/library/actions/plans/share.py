"""With the whole programme; and on one's own shelf."""

from django.db import transaction

from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours
from staffroom.library.actions.plans.common import check_member, check_share, hold_plan
from staffroom.library.finding import remember
from staffroom.library.models import LessonPlan, SavedPlan
from staffroom.library.queries.plans.reading import readable_by
from staffroom.people.models import Person


@transaction.atomic
def share(*, by: Person, plan: LessonPlan) -> None:
    """Its sections are shown to the programme's other communities. No name, comment or report is."""
    check_share(by, plan)
    held = hold_plan(plan)
    if held.shared_at is None:
        held.shared_at, held.shared_by = now(), by
        held.save(update_fields=["shared_at", "shared_by"])
        remember(held)
        audit.write("plan.shared", actor=by, on=held)


@transaction.atomic
def unshare(*, by: Person, plan: LessonPlan) -> None:
    """Any member takes it back; copies that others made stay theirs."""
    check_member(by, plan.community)
    held = hold_plan(plan)
    if held.shared_at is not None:
        held.shared_at = held.shared_by = None
        held.save(update_fields=["shared_at", "shared_by"])
        remember(held)
        audit.write("plan.unshared", actor=by, on=held)


@transaction.atomic
def save(*, by: Person, plan: LessonPlan) -> None:
    """Keep it on one's own shelf."""
    if not readable_by(by).filter(pk=plan.pk).exists():
        raise NotYours
    SavedPlan.objects.get_or_create(plan=plan, person=by)


@transaction.atomic
def let_go(*, by: Person, plan: LessonPlan) -> None:
    SavedPlan.objects.filter(plan=plan, person=by).delete()
