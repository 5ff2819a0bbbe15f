"""The face in which Urdu is shown: that of the phone, or one that is fetched once and then kept."""

from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

NASTALIQ = "nastaliq"
FACES = {"", NASTALIQ}
_FILE = Path(__file__).resolve().parent.parent / "core" / "static" / "nastaliq.woff2"


@cache
def weight() -> int:
    """What the fetched face costs once, in KB."""
    return round(_FILE.stat().st_size / 1000)


def choices() -> list[tuple[str, str]]:
    """For a form, each with what it costs."""
    return [
        ("", _("The letters of this phone (0 KB)")),
        (NASTALIQ, _("Noto Nastaliq Urdu (%(kb)s KB, once)") % {"kb": weight()}),
    ]
