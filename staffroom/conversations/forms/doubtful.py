"""What the writer of a doubtful message hears: once, then it is sent as it is."""

import hashlib

from django.http import HttpRequest
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.conversations.doubts import word_lists
from staffroom.conversations.queries.doubts import seen_elsewhere
from staffroom.conversations.reasons import MARKS
from staffroom.core.errors import Refused
from staffroom.methods.text.spam import Look, look

TOLD = "doubt_told"
PASSED_ON = {"chain", "seen", "share"}


def hint(text: str, *, seen: bool = False) -> str:
    """Why the text looks doubtful, in a sentence; empty where it does not."""
    found = look(text, word_lists(), seen=seen)
    return _said(found) if found.doubtful else ""


def _said(found: Look) -> str:
    if "unkind" in found.reasons:
        return _("There is a word in it that may hurt a colleague.")
    marks = ", ".join(str(MARKS[mark]) for mark in found.reasons)
    if PASSED_ON & set(found.reasons):
        return _("This looks like a message that is passed from group to group (%(marks)s).") % {
            "marks": marks
        }
    return _("This looks like an advertisement (%(marks)s).") % {"marks": marks}


def check(request: HttpRequest, community: Community, text: str) -> None:
    """`Refused` with the reason; sending the same words again goes through, with and without script."""
    seen = seen_elsewhere(text, community.pk, request.user.pk)
    said = hint(text, seen=seen)
    if not said:
        return
    mark = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]
    if request.session.get(TOLD) == mark:
        return
    request.session[TOLD] = mark
    raise Refused(
        said + " " + _("If your colleagues need it, send it once more: it goes as it is."), "text"
    )
