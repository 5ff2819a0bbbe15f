"""What an author hears about formulas that cannot be read: once, then they are sent as typed."""

import hashlib

from django.http import HttpRequest
from django.utils.translation import gettext as _

from staffroom.core import formulas
from staffroom.core.errors import Refused

TOLD = "formulas_told"


def check(request: HttpRequest, text: str) -> None:
    """`Refused` with a hint; sending the same words again goes through, with and without script."""
    hint = formulas.hint(text) if "$" in text else ""
    if not hint:
        return
    mark = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]
    if request.session.get(TOLD) == mark:
        return
    request.session[TOLD] = mark
    raise Refused(
        hint + " " + _("Mend it, or send it once more: it will be shown as you typed it."), "text"
    )
