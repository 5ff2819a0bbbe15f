"""What a programme and its communities keep: one file a part."""

from staffroom.library.models.collections import Collection, CollectionItem
from staffroom.library.models.notes import (
    Debate,
    Note,
    NoteCredit,
    NotePackage,
    NoteVersion,
    Signer,
    Trial,
)
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
from staffroom.library.models.resource_marks import ResourceHelped, ResourceReport, ShelfItem
from staffroom.library.models.resources import Edition, Resource, Share
from staffroom.library.models.verification import (
    Capacity,
    Correction,
    Dispute,
    Hearing,
    Side,
    Skipped,
    Trust,
    Voice,
)

__all__ = [
    "Capacity",
    "Collection",
    "CollectionItem",
    "Correction",
    "Debate",
    "Dispute",
    "Edition",
    "Hearing",
    "LessonPlan",
    "Note",
    "NoteCredit",
    "NotePackage",
    "NoteVersion",
    "PlanSection",
    "PlanTemplate",
    "Resource",
    "ResourceHelped",
    "ResourceReport",
    "SavedPlan",
    "SectionComment",
    "SectionDraft",
    "SectionVersion",
    "SectionWriting",
    "Share",
    "ShelfItem",
    "Side",
    "Signer",
    "Skipped",
    "Taught",
    "Trial",
    "Trust",
    "Voice",
]
