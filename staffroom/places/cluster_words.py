"""What is kept about a school in a plan, or about a plan, as short codes; said in the reader's language.

A note is `code|value|value`; several stand on lines of their own. What is no code is a person's words.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _

from staffroom.core.words import listed, semicolon
from staffroom.methods.formation import sizes

#: So many characters does a note hold (`ClusterSchool.note`).
MOST = 200


def note(code: str, *values: object) -> str:
    """As it is kept."""
    return "|".join([code, *(" ".join(str(value).split()).replace("|", "/") for value in values)])


def joined(*notes: str) -> str:
    return "\n".join(filter(None, notes))[:MOST]


def said(kept: str) -> str:
    """As it is read."""
    return listed(map(_one, kept.splitlines()), semicolon())


def has(kept: str, code: str) -> bool:
    return any(line.split("|")[0] == code for line in kept.splitlines())


def could(n: int, low: int, high: int) -> str:
    """ "24 or 25", the nearest numbers that can be cut."""
    under, over = sizes.nearest_numbers(n, low, high)
    if under and over:
        return _("%(fewer)s or %(more)s") % {"fewer": under, "more": over}
    return str(under or over)


def _one(line: str) -> str:
    code, *values = line.split("|")
    words = WORDS.get(code)
    if words is None:
        return line
    try:
        return words(*values)
    except (TypeError, ValueError):
        return line  # a person's words that happen to begin so


def _bounds(n: str, low: str, high: str, name: str = "") -> str:
    text = _(
        "%(n)s schools cannot be cut into clusters of %(low)s to %(high)s; %(could)s could"
    ) % {"n": n, "low": low, "high": high, "could": could(int(n), int(low), int(high))}
    return f"{name}: {text}" if name else text


def _short(what: str, of: str, name: str, n: str, low: str, high: str) -> str:
    if what == "circles":
        text = _(
            "No circles: %(n)s clusters cannot be cut into circles of %(low)s to %(high)s; "
            "%(could)s could."
        ) % {"n": n, "low": low, "high": high, "could": could(int(n), int(low), int(high))}
    elif of == "circles":
        text = _("No blocks: %(n)s circles are fewer than %(low)s blocks.") % {"n": n, "low": low}
    else:
        text = _("No blocks: they are made of circles, and there are none.")
    return f"{name}: {text}" if name else text


def _moved(number: str, why: str, size: str = "") -> str:
    reason = {
        "ended": _("it was ended, as fewer clusters are needed"),
        "size": _("it would have %(n)s schools") % {"n": size},
        "room": _("another cluster, or a new one, needed schools or room"),
    }[why]
    return _("moved from cluster %(number)s: %(why)s") % {"number": number, "why": reason}


WORDS: dict[str, Callable[..., str]] = {
    "no_place": lambda: _("no coordinates"),
    "half_place": lambda: _("only one of latitude and longitude"),
    "zero": lambda: _("coordinates 0, 0: the place was not known"),
    "swapped": lambda: _("latitude and longitude look swapped"),
    "far": lambda: _("the coordinates lie far from all other schools"),
    "stray": lambda km, area: (
        _("the coordinates lie %(km)s km from any other school of %(area)s") % {"km": km, "area": area}
        if area
        else _("the coordinates lie far from all other schools")
    ),
    "no_area": lambda level: _("no %(level)s is known") % {"level": level},
    "by_area": lambda area: _("placed by the middle of %(area)s") % {"area": area},
    "bounds": _bounds,
    "moved": _moved,
    "short": _short,
    "gone": lambda n: _("Of the earlier plan %(n)s schools are closed or elsewhere now.") % {"n": n},
    "elsewhere": lambda n, of: _(
        "%(n)s of %(of)s schools lie outside the programme’s country. Are the coordinates right? They "
        "were taken as they stand."
    ) % {"n": n, "of": of},
}  # fmt: skip
