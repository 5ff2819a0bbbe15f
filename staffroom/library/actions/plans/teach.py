"""I taught it."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.library.actions.plans.common import check_write, clean, clean_grade, same_sender
from staffroom.library.models import LessonPlan, Taught
from staffroom.people.models import Person

MAX_WORDS = 2000
MAX_PUPILS = 500


@transaction.atomic
def tell_taught(
    *,
    by: Person,
    plan: LessonPlan,
    happened: str,
    change: str = "",
    grade: int | None = None,
    pupils: int | None = None,
    day: dt.date | None = None,
    id: uuid.UUID | None = None,
) -> Taught:
    """How it went, for whoever teaches it next."""
    check_write(by, plan)
    here = today(plan.community.timezone)
    if day is not None and day > here:
        raise Refused(_("This day is still to come. Tell how it went afterwards."), "day")
    if pupils is not None and not 1 <= pupils <= MAX_PUPILS:
        raise Refused(
            _("Write how many pupils there were: a number from 1 to %(most)s.")
            % {"most": MAX_PUPILS},
            "pupils",
        )
    made = Taught(
        id=id or uuid7(),
        plan=plan,
        by=by,
        grade=clean_grade(grade),
        pupils=pupils,
        day=day or here,
        happened=clean(happened, most=MAX_WORDS, field="happened"),
        change=clean(change, most=MAX_WORDS, field="change", blank=True),
        at=now(),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        known = Taught.objects.get(pk=made.pk)
        same_sender(known.by_id, by, known.plan_id, plan.pk)
        return known
    audit.write("plan.taught", actor=by, on=made, plan=plan.pk)
    return made


@transaction.atomic
def take_back(*, by: Person, taught: Taught) -> None:
    """Whoever wrote the report takes it away."""
    check_write(by, taught.plan)
    if taught.by_id != by.pk:
        raise NotYours
    audit.write("plan.taught_removed", actor=by, on=taught)
    taught.delete()
