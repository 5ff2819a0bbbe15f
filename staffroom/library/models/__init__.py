"""What a programme and its communities keep: one file a part."""

from staffroom.library.models.plans import (
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

__all__ = [
    "LessonPlan",
    "PlanSection",
    "PlanTemplate",
    "SavedPlan",
    "SectionComment",
    "SectionDraft",
    "SectionVersion",
    "SectionWriting",
    "Taught",
]
