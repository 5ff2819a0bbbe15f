"""The words of resources: kinds, licences, reasons. Codes are kept, labels are translated."""

from django.utils.translation import gettext_lazy as _

from staffroom.library.models.resource_marks import ResourceReport
from staffroom.library.models.resources import Resource

Kind, Reason = Resource.Kind, ResourceReport.Reason

KINDS = {
    Kind.BOOK: _("E-book"),
    Kind.PAST_PAPER: _("Past paper"),
    Kind.SYLLABUS: _("Syllabus"),
    Kind.LESSON_PLAN: _("Lesson plan"),
    Kind.VIDEO: _("Video"),
    Kind.AID: _("Teaching aid"),
    Kind.WORKBOOK: _("Workbook"),
    Kind.GUIDE: _("Teacher guide"),
    Kind.MANUAL: _("Training manual"),
    Kind.STORY: _("Story"),
}
LICENCES = {
    "cc0": _("Free for everybody (CC0, public domain)"),
    "cc-by": _("CC BY"),
    "cc-by-sa": _("CC BY-SA"),
    "cc-by-nc": _("CC BY-NC"),
    "cc-by-nc-sa": _("CC BY-NC-SA"),
    "cc-by-nd": _("CC BY-ND"),
    "own": _("My own work, for us"),
    "rights": _("All rights reserved, shared with permission"),
    "unknown": _("Not known"),
}
#: What a licence lets one do, in a sentence.
MEANS = {
    "cc0": _("Copy it, change it, print it."),
    "cc-by": _("Copy it and change it; say who made it."),
    "cc-by-sa": _("Copy it and change it; say who made it, and share what you make as freely."),
    "cc-by-nc": _("Copy it and change it, but do not sell it; say who made it."),
    "cc-by-nc-sa": _(
        "Copy it and change it, but do not sell it; say who made it, and share as freely."
    ),
    "cc-by-nd": _("Copy it as it is; say who made it."),
    "own": _("Made by one of us, for us. Whoever put it here decides whether it goes further."),
    "rights": _("Use it here. Ask its owner before you copy it elsewhere."),
    "unknown": _("Nobody has said who may copy this. Use it here, and ask before you copy it."),
}
#: Which may be passed on in the community of somebody else.
FREE = {"cc0", "cc-by", "cc-by-sa", "cc-by-nc", "cc-by-nc-sa", "cc-by-nd"}
REASONS = {
    Reason.WRONG: _("Something in it is wrong"),
    Reason.RIGHTS: _("We may not share it: its owner has not allowed it"),
    Reason.PUPIL: _("It shows a pupil who can be known"),
    Reason.UNKIND: _("It is unkind"),
    Reason.OTHER: _("Something else"),
}
