"""Who may do what with a lesson plan, and what its words may be."""

import uuid
from typing import Any

from django.utils.translation import gettext as _

from staffroom.communities.access import community_for, is_member, is_moderator
from staffroom.communities.models import Community
from staffroom.communities.queries import may_write
from staffroom.communities.state import can_talk
from staffroom.core import texts
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.library.models import LessonPlan, PlanSection
from staffroom.people.models import Person
from staffroom.people.vocabulary import GRADES

MAX_TEXT = 10_000
MAX_TITLE = 120
MAX_SECTIONS = 20
MAX_MINUTES = 600


def check_open(person: Person, community: Community) -> None:
    """Members and advisers, in an open community whose rules they know."""
    community_for(person, community.pk)
    if not can_talk(community):
        raise Refused(
            _("This community rests. What was written can be read; nothing is added.")
            if community.stage != Community.Stage.FORMING
            else _("This community has not opened yet. It begins with its first meeting.")
        )
    if is_member(person, community) and not may_write(person, community):
        raise Refused(_("Before you write, please read our ground rules and agree to them."))


def check_member(person: Person, community: Community) -> None:
    """Members alone: begin a plan, say that it is ready, share it."""
    community_for(person, community.pk)
    if not is_member(person, community):
        raise NotYours
    check_open(person, community)


def check_write(person: Person, plan: LessonPlan) -> None:
    """Whoever may write here writes in every plan: it is everybody's."""
    check_open(person, plan.community)
    if plan.removed_at is not None:
        raise Refused(
            _(
                "This plan was taken out meanwhile. What you wrote is below: bring the plan back first."
            )
        )


def check_share(person: Person, plan: LessonPlan) -> None:
    check_member(person, plan.community)
    check_write(person, plan)


def check_remove(person: Person, plan: LessonPlan) -> None:
    """Whoever began it, or the moderator in term."""
    check_open(person, plan.community)
    if plan.started_by_id != person.pk and not is_moderator(person, plan.community):
        raise NotYours


def hold(section: PlanSection) -> PlanSection:
    """The section, its row held: what is written in one section is written one by one."""
    return (
        PlanSection.objects.select_for_update(of=("self",))
        .select_related("plan__community__programme", "written_by")
        .get(pk=section.pk)
    )


def hold_plan(plan: LessonPlan) -> LessonPlan:
    return (
        LessonPlan.objects.select_for_update(of=("self",))
        .select_related("community__programme")
        .get(pk=plan.pk)
    )


def clean(text: str, *, most: int = MAX_TEXT, field: str = "text", blank: bool = False) -> str:
    """The words of a section; `Refused` when there are none or too many."""
    return texts.clean(text, most=most, field=field, blank=blank)


def clean_line(text: str, *, most: int, field: str, blank: bool = True) -> str:
    return clean(one_line(text), most=most, field=field, blank=blank)


def clean_grade(grade: int | None) -> int | None:
    if grade is not None and grade not in GRADES:
        raise Refused(_("Choose one of the grades in the list."), "grade")
    return grade


def same_sender(known_by: uuid.UUID | None, by: Person, known_at: Any, at: Any) -> None:
    """An identifier that is known already is the same sending again, or nobody's business."""
    if known_by != by.pk or known_at != at:
        raise Refused(_("This could not be sent as it is. Please send it once more."))
