"""Words in pencil beside a section."""

import uuid

from django.db import IntegrityError, transaction

from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours
from staffroom.core.ids import uuid7
from staffroom.library.actions.plans.common import check_write, clean, same_sender
from staffroom.library.models import PlanSection, SectionComment
from staffroom.people.models import Person

MAX_COMMENT = 1000


@transaction.atomic
def comment(
    *, by: Person, section: PlanSection, text: str, id: uuid.UUID | None = None
) -> SectionComment:
    check_write(by, section.plan)
    made = SectionComment(
        id=id or uuid7(), section=section, by=by, text=clean(text, most=MAX_COMMENT), at=now()
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        known = SectionComment.objects.get(pk=made.pk)
        same_sender(known.by_id, by, known.section_id, section.pk)
        return known
    audit.write("plan.commented", actor=by, on=made, section=section.pk)
    return made


@transaction.atomic
def set_done(*, by: Person, comment: SectionComment, done: bool = True) -> None:
    """Anybody who writes here rubs it out, or brings it back."""
    check_write(by, comment.section.plan)
    held = SectionComment.objects.select_for_update().get(pk=comment.pk)
    if (held.done_at is not None) == done:
        return
    held.done_at, held.done_by = (now(), by) if done else (None, None)
    held.save(update_fields=["done_at", "done_by"])
    audit.write("plan.comment_done" if done else "plan.comment_open", actor=by, on=held)


@transaction.atomic
def take_back(*, by: Person, comment: SectionComment) -> None:
    """Its author takes it away for good."""
    check_write(by, comment.section.plan)
    if comment.by_id != by.pk:
        raise NotYours
    audit.write("plan.comment_removed", actor=by, on=comment)
    comment.delete()
