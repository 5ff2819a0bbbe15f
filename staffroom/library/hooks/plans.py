"""What lesson plans hold about one person: to take along, to be forgotten; how long what is kept."""

from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities import offices, wall
from staffroom.core import audit, hooks
from staffroom.core.clock import now
from staffroom.core.findings import OK, WARN, Finding
from staffroom.core.retention import Rule
from staffroom.library.models import (
    LessonPlan,
    PlanSection,
    PlanTemplate,
    SavedPlan,
    SectionComment,
    SectionDraft,
    SectionVersion,
    SectionWriting,
    Taught,
)
from staffroom.library.pdf import can_make_pdf
from staffroom.people.models import Person


def export_person(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What the person began, wrote, noted, reported, keeps and was writing."""
    plans = LessonPlan.objects.filter(started_by=person).select_related("community")
    versions = SectionVersion.objects.filter(by=person).select_related("section__plan")
    comments = SectionComment.objects.filter(by=person).select_related("section__plan")
    reports = Taught.objects.filter(by=person).select_related("plan")
    drafts = SectionDraft.objects.filter(person=person).select_related("section__plan")
    sent = SectionWriting.objects.filter(by=person, clashes=True).select_related("section__plan")
    return {
        "lesson_plans": [
            {
                "id": str(plan.pk),
                "title": plan.title,
                "community": plan.community.name,
                "begun": plan.started_at,
                "removed": plan.removed_at,
            }
            for plan in plans.order_by("started_at")
        ],
        "plan_texts": [
            _of(one.section) | {"version": one.version, "text": one.text, "at": one.at}
            for one in versions.order_by("at")
        ],
        "plan_texts_beside_others": [
            _of(one.section) | {"text": one.text, "at": one.at} for one in sent.order_by("at")
        ],
        "plan_notes": [
            _of(one.section) | {"text": one.text, "at": one.at, "done": one.done_at}
            for one in comments.order_by("at")
        ],
        "plans_taught": [
            {
                "plan": one.plan.title,
                "day": one.day,
                "grade": one.grade,
                "pupils": one.pupils,
                "happened": one.happened,
                "change": one.change,
                "at": one.at,
            }
            for one in reports.order_by("at")
        ],
        "plan_drafts": [
            _of(one.section) | {"text": one.text, "at": one.saved_at}
            for one in drafts.order_by("saved_at")
        ],
        "plans_kept": [
            {"plan": one.plan.title, "at": one.at}
            for one in SavedPlan.objects.filter(person=person).select_related("plan").order_by("at")
        ],
    }


def _of(section: PlanSection) -> dict[str, Any]:
    return {"plan": section.plan.title, "section": section.title or section.key}


def erase_person(person: Person, keep_contributions: bool) -> None:
    """Forget the person. What was written together stays without the name.

    Without contributions, sections in which nobody else wrote lose their words, with all versions;
    notes and reports go.
    """
    SectionDraft.objects.filter(person=person).delete()
    SavedPlan.objects.filter(person=person).delete()
    if not keep_contributions:
        _forget_words(person)
        SectionComment.objects.filter(by=person).delete()
        Taught.objects.filter(by=person).delete()
    for model, name in (
        (SectionWriting, "by"), (SectionVersion, "by"), (SectionComment, "by"),
        (SectionComment, "done_by"), (Taught, "by"), (PlanSection, "written_by"),
        (PlanSection, "removed_by"), (LessonPlan, "started_by"), (LessonPlan, "shared_by"),
        (LessonPlan, "removed_by"), (PlanTemplate, "changed_by"),
    ):  # fmt: skip
        rows: Any = model._default_manager
        rows.filter(**{name: person}).update(**{name: None})
    audit.write("plans.erased", actor=None, kept=keep_contributions)


def _forget_words(person: Person) -> None:
    SectionWriting.objects.filter(by=person).delete()
    touched = SectionVersion.objects.filter(by=person).values("section")
    shared = SectionVersion.objects.filter(section__in=touched).exclude(by=person)
    alone = list(
        PlanSection.objects.filter(pk__in=touched)
        .exclude(pk__in=shared.values("section"))
        .values_list("pk", flat=True)
    )
    SectionVersion.objects.filter(section__in=alone).delete()
    PlanSection.objects.filter(pk__in=alone).update(
        text="", version=F("version") + 1, written_at=None
    )
    empty = LessonPlan.objects.filter(started_by=person, removed_at=None).exclude(
        pk__in=PlanSection.objects.exclude(text="").values("plan")
    )
    empty.update(removed_at=now())


def merge_people(keep: Person, drop: Person) -> None:
    """One draft a section and one place on the shelf stay."""
    mine = SectionDraft.objects.filter(person=keep).values("section")
    SectionDraft.objects.filter(person=drop, section__in=mine).delete()
    kept = SavedPlan.objects.filter(person=keep).values("plan")
    SavedPlan.objects.filter(person=drop, plan__in=kept).delete()


def rules() -> list[Rule]:
    return [
        Rule(
            "plans",
            gettext_lazy("Lesson plans with their versions, notes and reports"),
            gettext_lazy("To plan together, and to see how a plan came about"),
            until=gettext_lazy(
                "while the community lives; without the name once its author has left"
            ),
        ),
        Rule(
            "plan_drafts",
            gettext_lazy("What somebody began to write in a lesson plan and did not save"),
            gettext_lazy("To go on writing"),
            days=60,
            least=7,
            most=365,
            due=lambda before: SectionDraft.objects.filter(saved_at__lt=before),
        ),
        Rule(
            "plan_writings",
            gettext_lazy("What a phone sent for a lesson plan, as it was sent"),
            gettext_lazy("So that sending twice counts once, and no merging loses a word"),
            days=180,
            least=60,
            most=1095,
            due=lambda before: SectionWriting.objects.filter(at__lt=before).exclude(
                clashes=True, settled_at=None
            ),
        ),
    ]


def doctor() -> list[Finding]:
    """Whether plans can be had as PDF. In English like the commands."""
    if can_make_pdf():
        return [Finding(OK, "plans", "Lesson plans can be had as PDF.")]
    return [
        Finding(
            WARN,
            "plans",
            "No PDF of lesson plans: WeasyPrint does not find Pango. The browser prints them.",
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        )
    ]


def me_entries(person: Person) -> list[dict[str, str]]:
    """My shelf of plans; for the programme's office, their sections."""
    entries = []
    if wall.readable_by(person).exists():
        entries.append(
            {
                "url": reverse("plan_shelf"),
                "group": "mine",
                "icon": "pen",
                "title": _("Lesson plans"),
                "text": _("Those I keep, and those that others share"),
            }
        )
    roles = (offices.GARDENER, offices.ADMINISTRATOR)
    if offices.appointments(person, *roles).filter(area=None).exists():
        entries.append(
            {
                "url": reverse("plan_template"),
                "group": "work",
                "icon": "pen",
                "title": _("Sections of lesson plans"),
                "text": _("What a plan in this programme begins with"),
            }
        )
    return entries


def register() -> None:
    hooks.export_person.add(export_person)
    hooks.erase_person.add(erase_person)
    hooks.merge_people.add(merge_people)
    hooks.retention.add(rules)
    hooks.me_entries.add(me_entries)
    hooks.doctor.add(doctor)
