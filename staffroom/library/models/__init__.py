"""What a programme and its communities keep: one file a part."""

from staffroom.library.models.collections import Collection, CollectionItem
from staffroom.library.models.resource_marks import ResourceHelped, ResourceReport, ShelfItem
from staffroom.library.models.resources import Edition, Resource, Share

__all__ = [
    "Collection",
    "CollectionItem",
    "Edition",
    "Resource",
    "ResourceHelped",
    "ResourceReport",
    "Share",
    "ShelfItem",
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
from staffroom.library.models.notes import (
    Debate,
    Note,
    NoteCredit,
    NotePackage,
    NoteVersion,
    Signer,
    Trial,
)

__all__ = ["Debate", "Note", "NoteCredit", "NotePackage", "NoteVersion", "Signer", "Trial"]
