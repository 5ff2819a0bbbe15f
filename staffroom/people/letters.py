"""The face in which Urdu is shown: that of the phone, or one that is fetched once and then kept."""

from functools import cache
from pathlib import Path

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from staffroom.core.templatetags.ui import kb

NASTALIQ = "nastaliq"
FACES = {"", NASTALIQ}
_FILE = Path(__file__).resolve().parent.parent / "core" / "static" / "nastaliq.woff2"


@cache
def weight() -> int:
    """What the fetched face costs once, in bytes."""
    return _FILE.stat().st_size


def choices() -> list[tuple[str, str]]:
    """For a form, each with what it costs."""
    return [
        ("", _("The letters of this phone: nothing is fetched")),
        (NASTALIQ, mark_safe(_("Noto Nastaliq Urdu: %(size)s, once") % {"size": kb(weight())})),  # noqa: S308
    ]
