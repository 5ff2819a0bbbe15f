"""A plan begins: empty, or as a copy of another; its facts change; it is taken out and brought back."""

import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.library.actions.plans.common import (
    MAX_MINUTES,
    MAX_TITLE,
    check_member,
    check_remove,
    check_write,
    clean_grade,
    clean_line,
    hold_plan,
    same_sender,
)
from staffroom.library.actions.plans.template import sections_of
from staffroom.library.finding import remember
from staffroom.library.models import LessonPlan, PlanSection, SectionVersion
from staffroom.library.queries.plans.reading import readable_by
from staffroom.people.models import Person


@transaction.atomic
def begin(
    *,
    by: Person,
    community: Community,
    title: str,
    subject: str = "",
    grade: int | None = None,
    topic: str = "",
    minutes: int | None = None,
    language: str = "",
    tell: bool = True,
    id: uuid.UUID | None = None,
) -> LessonPlan:
    """A member begins a plan with the programme's sections; `tell` says so in the community."""
    check_member(by, community)
    facts = _facts(title, subject, grade, topic, minutes, language or community.language)
    plan, made = _plan(by, community, id, facts)
    if made:
        PlanSection.objects.bulk_create(
            PlanSection(plan=plan, place=place, **section)
            for place, section in enumerate(sections_of(community.programme))
        )
        remember(plan)
        audit.write("plan.begun", actor=by, on=plan, community=community.pk)
        if tell:
            _tell("plan.begun", plan, by)
    return plan


@transaction.atomic
def copy(
    *, by: Person, origin: LessonPlan, community: Community, id: uuid.UUID | None = None
) -> LessonPlan:
    """Adapt a plan in a community of one's own. Where it comes from stands on it for good."""
    check_member(by, community)
    if not readable_by(by).filter(pk=origin.pk).exists():
        raise NotYours
    facts = {
        name: getattr(origin, name)
        for name in ("title", "subject", "grade", "topic", "minutes", "language")
    }
    credit = [
        *origin.credit,
        {"plan": str(origin.pk), "title": origin.title, "community": origin.community.name},
    ]
    plan, made = _plan(by, community, id, facts | {"origin": origin, "credit": credit})
    if made:
        for section in origin.sections.filter(removed_at=None):
            _copy_section(section, plan, by)
        remember(plan)
        audit.write("plan.copied", actor=by, on=plan, origin=origin.pk, community=community.pk)
    return plan


def _copy_section(section: PlanSection, plan: LessonPlan, by: Person) -> None:
    same = ("key", "title", "hint", "timed", "place", "text")
    made = PlanSection.objects.create(
        plan=plan,
        version=1 if section.text else 0,
        written_at=now() if section.text else None,
        **{name: getattr(section, name) for name in same},
    )
    if section.text:
        SectionVersion.objects.create(
            section=made, version=1, text=section.text, how=SectionVersion.How.COPIED, at=now()
        )


def _plan(
    by: Person, community: Community, id: uuid.UUID | None, facts: dict[str, Any]
) -> tuple[LessonPlan, bool]:
    """The new plan, or the one that this id has made already."""
    id = id or uuid7()
    try:
        with transaction.atomic():
            moment = now()
            plan = LessonPlan(
                id=id,
                community=community,
                started_by=by,
                started_at=moment,
                changed_at=moment,
                **facts,
            )
            plan.save(force_insert=True)
    except IntegrityError:
        known = LessonPlan.objects.select_related("community__programme").get(pk=id)
        same_sender(known.started_by_id, by, known.community_id, community.pk)
        return known, False
    return plan, True


@transaction.atomic
def change_facts(
    *,
    by: Person,
    plan: LessonPlan,
    title: str,
    subject: str = "",
    grade: int | None = None,
    topic: str = "",
    minutes: int | None = None,
    language: str = "",
) -> LessonPlan:
    check_write(by, plan)
    held = hold_plan(plan)
    facts = _facts(title, subject, grade, topic, minutes, language or held.language)
    changed = [name for name, value in facts.items() if getattr(held, name) != value]
    if changed:
        for name in changed:
            setattr(held, name, facts[name])
        held.changed_at = now()
        held.save(update_fields=[*changed, "changed_at"])
        remember(held)
        audit.write("plan.facts_changed", actor=by, on=held, what=sorted(changed))
    return held


def _facts(
    title: str, subject: str, grade: int | None, topic: str, minutes: int | None, language: str
) -> dict[str, Any]:
    if minutes is not None and not 1 <= minutes <= MAX_MINUTES:
        raise Refused(
            _("Write how many minutes the lesson has: a number from 1 to %(most)s.")
            % {"most": MAX_MINUTES},
            "minutes",
        )
    return {
        "title": clean_line(title, most=MAX_TITLE, field="title", blank=False),
        "subject": clean_line(subject, most=40, field="subject"),
        "grade": clean_grade(grade),
        "topic": clean_line(topic, most=80, field="topic"),
        "minutes": minutes,
        "language": language[:8],
    }


@transaction.atomic
def set_ready(*, by: Person, plan: LessonPlan, ready: bool = True) -> None:
    """A member says that it can be taught; one can go on writing."""
    check_member(by, plan.community)
    check_write(by, plan)
    held = hold_plan(plan)
    if (held.ready_at is not None) == ready:
        return
    held.ready_at = now() if ready else None
    held.save(update_fields=["ready_at"])
    audit.write("plan.ready" if ready else "plan.not_ready", actor=by, on=held)
    if ready:
        _tell("plan.ready", held, by)


@transaction.atomic
def remove(*, by: Person, plan: LessonPlan) -> None:
    """Out of the list and the shared shelf. Nothing is deleted: it can be brought back."""
    check_remove(by, plan)
    held = hold_plan(plan)
    if held.removed_at is None:
        held.removed_at, held.removed_by = now(), by
        held.save(update_fields=["removed_at", "removed_by"])
        remember(held)
        audit.write("plan.removed", actor=by, on=held)


@transaction.atomic
def bring_back(*, by: Person, plan: LessonPlan) -> None:
    check_remove(by, plan)
    held = hold_plan(plan)
    if held.removed_at is not None:
        held.removed_at = held.removed_by = None
        held.save(update_fields=["removed_at", "removed_by"])
        remember(held)
        audit.write("plan.brought_back", actor=by, on=held)


def _tell(topic: str, plan: LessonPlan, by: Person) -> None:
    """The community hears of it. The message's id is made here, so that it is said once."""
    outbox.put(
        topic,
        key=f"{topic}:{plan.pk}",
        plan=str(plan.pk),
        by=str(by.pk),
        message=str(uuid7()),
    )
