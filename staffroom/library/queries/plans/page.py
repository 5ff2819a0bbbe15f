"""A plan as its page shows it: in a handful of queries, however many sections and versions it has."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from staffroom.core.clock import now
from staffroom.library.models import (
    LessonPlan,
    PlanSection,
    SavedPlan,
    SectionComment,
    SectionDraft,
    SectionVersion,
    SectionWriting,
    Taught,
)
from staffroom.library.plan_words import hint_of, title_of
from staffroom.methods.text.steps import Step, minutes_of, steps_of
from staffroom.people.models import Person

#: Whoever wrote a word in this time is writing there.
WRITING = dt.timedelta(minutes=10)
MOST_COMMENTS = 60
#: Of one section so many stand on the plan's page; the others on the section's own.
COMMENTS_BESIDE = 3
REPORTS = 5


@dataclass
class SectionShown:
    """One section with everything that stands beside it."""

    section: PlanSection
    steps: list[Step] = field(default_factory=list)
    comments: list[SectionComment] = field(default_factory=list)
    more_comments: int = 0
    writing: list[Person] = field(default_factory=list)
    my_draft: bool = False
    clashes: list[SectionWriting] = field(default_factory=list)

    @property
    def title(self) -> str:
        return title_of(self.section.key, self.section.title)

    @property
    def hint(self) -> str:
        return hint_of(self.section.key, self.section.hint)


@dataclass(frozen=True)
class Minutes:
    """The steps' minutes against the lesson's."""

    planned: int
    taken: int
    unsaid: int

    @property
    def over(self) -> int:
        return max(0, self.taken - self.planned) if self.planned else 0

    @property
    def left(self) -> int:
        return max(0, self.planned - self.taken) if not self.unsaid and self.taken else 0


def sections_shown(plan: LessonPlan, viewer: Person | None = None) -> list[SectionShown]:
    """The sections that stand; with `viewer`, what only the community sees beside them too."""
    sections = list(
        plan.sections.filter(removed_at=None).select_related("written_by").order_by("place", "id")
    )
    rows = [
        SectionShown(section, steps_of(section.text) if section.timed else [])
        for section in sections
    ]
    if viewer is not None:
        _add_comments(rows)
        _add_writers(rows, viewer)
        _add_clashes(rows)
    return rows


def _add_comments(rows: list[SectionShown]) -> None:
    ids = [row.section.pk for row in rows]
    found: dict[uuid.UUID, list[SectionComment]] = defaultdict(list)
    comments = SectionComment.objects.filter(section__in=ids, done_at=None).select_related("by")
    for comment in comments.order_by("-at", "-id")[:MOST_COMMENTS]:
        found[comment.section_id].insert(0, comment)
    for row in rows:
        mine = found[row.section.pk]
        row.comments = mine[-COMMENTS_BESIDE:]
        row.more_comments = len(mine) - len(row.comments)


def _add_writers(rows: list[SectionShown], viewer: Person) -> None:
    by_section = {row.section.pk: row for row in rows}
    drafts = SectionDraft.objects.filter(section__in=by_section).select_related("person")
    for draft in drafts.order_by("saved_at"):
        row = by_section[draft.section_id]
        if draft.person_id == viewer.pk:
            row.my_draft = True
        elif draft.saved_at > now() - WRITING:
            row.writing.append(draft.person)


def _add_clashes(rows: list[SectionShown]) -> None:
    by_section = {row.section.pk: row for row in rows}
    waiting = SectionWriting.objects.filter(
        section__in=by_section, clashes=True, settled_at=None
    ).select_related("by")
    for writing in waiting.order_by("at", "id"):
        by_section[writing.section_id].clashes.append(writing)


def writing_in(section: PlanSection, viewer: Person) -> list[Person]:
    """Who else is writing in this section now."""
    drafts = SectionDraft.objects.filter(section=section, saved_at__gt=now() - WRITING)
    return [draft.person for draft in drafts.exclude(person=viewer).select_related("person")]


def my_draft(section: PlanSection, viewer: Person) -> SectionDraft | None:
    return SectionDraft.objects.filter(section=section, person=viewer).first()


def minutes(plan: LessonPlan, rows: list[SectionShown]) -> Minutes | None:
    """None where no step is written yet."""
    timed = [row for row in rows if row.section.timed and row.steps]
    if not timed:
        return None
    sums = [minutes_of(row.section.text) for row in timed]
    return Minutes(plan.minutes or 0, sum(one for one, _ in sums), sum(two for _, two in sums))


def authors(plan: LessonPlan) -> list[Person]:
    """Everyone of whom a version is, by name."""
    wrote = SectionVersion.objects.filter(section__plan=plan, by__isnull=False).values("by")
    return list(Person.objects.filter(pk__in=wrote).order_by("name", "id"))


def taken_out(plan: LessonPlan) -> list[PlanSection]:
    """Sections that can be brought back, the last first."""
    out = plan.sections.filter(removed_at__isnull=False).select_related("removed_by")
    return list(out.order_by("-removed_at")[:20])


def reports(plan: LessonPlan) -> tuple[list[Taught], int]:
    """The newest reports, and how many there are."""
    found = Taught.objects.filter(plan=plan).select_related("by").order_by("-day", "-at", "-id")
    shown = list(found[: REPORTS + 1])
    return shown[:REPORTS], len(shown) if len(shown) <= REPORTS else found.count()


def is_saved(plan: LessonPlan, viewer: Person) -> bool:
    return SavedPlan.objects.filter(plan=plan, person=viewer).exists()


def with_counts(plans: Any) -> Any:
    """For a list: how often each was taught, and how many of its sections have words."""
    return plans.annotate(
        times_taught=Count("taught", distinct=True),
        written=Count(
            "sections", filter=Q(sections__removed_at=None) & ~Q(sections__text=""), distinct=True
        ),
        all_sections=Count("sections", filter=Q(sections__removed_at=None), distinct=True),
    )
