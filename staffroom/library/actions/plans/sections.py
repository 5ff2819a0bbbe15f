"""Sections come and go."""

import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.core.ids import uuid7
from staffroom.library.actions.plans.common import (
    MAX_SECTIONS,
    check_write,
    clean_line,
    hold,
    hold_plan,
    same_sender,
)
from staffroom.library.finding import remember
from staffroom.library.models import LessonPlan, PlanSection
from staffroom.people.models import Person


@transaction.atomic
def add(
    *,
    by: Person,
    plan: LessonPlan,
    title: str,
    timed: bool = False,
    id: uuid.UUID | None = None,
) -> PlanSection:
    """A section of one's own below the others."""
    check_write(by, plan)
    held = hold_plan(plan)
    id = id or uuid7()
    if known := PlanSection.objects.filter(pk=id).first():
        same_sender(by.pk, by, known.plan_id, held.pk)
        return known
    words = clean_line(title, most=80, field="title", blank=False)
    there = list(held.sections.all())
    if sum(each.removed_at is None for each in there) >= MAX_SECTIONS:
        raise Refused(_("At most %(most)s sections fit.") % {"most": MAX_SECTIONS}, "title")
    try:
        with transaction.atomic():
            section = PlanSection(
                id=id,
                plan=held,
                title=words,
                timed=timed,
                place=max((each.place for each in there), default=-1) + 1,
            )
            section.save(force_insert=True)
    except IntegrityError:  # the same id a moment ago, in another plan
        raise Refused(_("This could not be sent as it is. Please send it once more.")) from None
    audit.write("plan.section_added", actor=by, on=section, plan=held.pk)
    return section


@transaction.atomic
def take_out(*, by: Person, section: PlanSection) -> None:
    """Out of the plan; its words and versions stay, to be brought back."""
    check_write(by, section.plan)
    held = hold(section)
    if held.removed_at is None:
        held.removed_at, held.removed_by = now(), by
        held.save(update_fields=["removed_at", "removed_by"])
        remember(held.plan)
        audit.write("plan.section_out", actor=by, on=held)


@transaction.atomic
def put_back(*, by: Person, section: PlanSection) -> None:
    check_write(by, section.plan)
    held = hold(section)
    if held.removed_at is not None:
        held.removed_at = held.removed_by = None
        held.save(update_fields=["removed_at", "removed_by"])
        remember(held.plan)
        audit.write("plan.section_back", actor=by, on=held)
