"""Words as they come from a form or a phone: made plain, and not more than fit."""

from django.utils.translation import gettext as _

from staffroom.core.errors import Refused


def plain(text: str) -> str:
    """One kind of line end, nothing around it, nothing that a database refuses."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    return text.encode("utf-8", "ignore").decode()  # no half of a surrogate pair


def bounded(text: str, most: int, field: str) -> str:
    """The text; `Refused` at `field` when it has more than `most` characters."""
    if len(text) > most:
        raise Refused(
            _("This has %(have)s characters; at most %(most)s fit.")
            % {"have": len(text), "most": most},
            field,
        )
    return text


def clean(text: str, *, most: int, field: str = "text", blank: bool = False) -> str:
    """A text of several lines; `Refused` when there is nothing in it or too much."""
    text = plain(text)
    if not blank and not any(char.isprintable() and not char.isspace() for char in text):
        raise Refused(_("Write a few words first."), field)
    if len(text) > most:
        raise Refused(
            _(
                "This has %(have)s characters; at most %(most)s fit. "
                "Please shorten it, or send it in parts."
            )
            % {"have": len(text), "most": most},
            field,
        )
    return text
