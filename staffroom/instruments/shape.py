"""An item as its author wrote it, and what must be so before it can be kept."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from staffroom.core.errors import Refused
from staffroom.core.forms import one_line
from staffroom.core.texts import bounded
from staffroom.instruments.models import Item
from staffroom.instruments.scoring import CHOOSING, same_words

MOST_CHOICES = 8
MAX_TEXT, MAX_CHOICE, MAX_EXPLANATION, MAX_UNIT, MAX_END = 600, 120, 1000, 20, 60
MAX_ACCEPTED = 12
STEPS = (3, 4, 5, 7, 10)


@dataclass(frozen=True)
class Option:
    """A choice; without a key it is a new one. `place` is its line in the form."""

    text: str = ""
    right: bool = False
    key: str = ""
    picture: str = ""
    place: int = 0


@dataclass(frozen=True)
class Shape:
    """What an author writes of an item."""

    kind: str
    text: str
    explanation: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()
    right: Decimal | None = None
    tolerance: Decimal = field(default=Decimal(0))
    unit: str = ""
    accepted: tuple[str, ...] = ()
    steps: int = 0
    low: str = ""
    high: str = ""


def options(*texts: str, right: str = "") -> tuple[Option, ...]:
    """Choices from their words; `right` names the letters of the right ones, as in "ac"."""
    return tuple(
        Option(text, chr(97 + place) in right, place=place) for place, text in enumerate(texts)
    )


def check(shape: Shape, *, scored: bool) -> None:
    """Raise `Refused` with what is missing. `scored`: a quiz needs a right answer, a poll has none."""
    if not same_words(shape.text):
        raise Refused(_("Write the question first."), "text")
    _fits(shape.text, MAX_TEXT, "text")
    _fits(shape.explanation, MAX_EXPLANATION, "explanation")
    if shape.kind in CHOOSING:
        _check_options(shape, scored=scored)
    elif shape.kind == Item.Kind.NUMBER and shape.right is None and scored:
        raise Refused(_("There is no right answer yet: write the right number."), "right_number")
    elif shape.kind == Item.Kind.SHORT and not any(map(same_words, shape.accepted)) and scored:
        raise Refused(
            _("There is no right answer yet: write at least one that counts as right."), "accepted"
        )
    elif shape.kind == Item.Kind.SCALE:
        _check_scale(shape)
    if shape.tolerance < 0:
        raise Refused(_("Please write %(limit_value)s or more.") % {"limit_value": 0}, "tolerance")


def _check_options(shape: Shape, *, scored: bool) -> None:
    seen: dict[str, int] = {}
    for option in shape.options:
        where = f"choice_{option.place}"
        _fits(option.text, MAX_CHOICE, where)
        if option.right and not option.text:
            raise Refused(_("This is marked as right, but nothing is written here."), where)
        if (words := same_words(option.text)) in seen:
            raise Refused(
                _("This says the same as answer %(number)s. Please change one of them.")
                % {"number": seen[words] + 1},
                where,
            )
        seen[words] = option.place
    if len(shape.options) < 2:
        raise Refused(_("Write at least two answers to choose from."), f"choice_{len(seen)}")
    if len(shape.options) > MOST_CHOICES:
        raise Refused(_("At most %(most)s answers can be chosen from.") % {"most": MOST_CHOICES})
    right = sum(option.right for option in shape.options)
    if scored and not right:
        raise Refused(_("There is no right answer yet: mark the right one."), "right")
    if shape.kind != Item.Kind.MANY and right > 1:
        raise Refused(_("Only one answer can be right here."), "right")


def _check_scale(shape: Shape) -> None:
    if shape.steps not in STEPS:
        raise Refused(_("Choose how many steps the scale has."), "steps")
    for name in ("low", "high"):
        if not getattr(shape, name):
            raise Refused(_("Write what this end of the scale means."), name)
        _fits(getattr(shape, name), MAX_END, name)


def _fits(text: str, most: int, where: str) -> None:
    bounded(text, most, where)


def of(item: Item) -> Shape:
    """The shape of an item that is there."""
    return Shape(
        kind=item.kind,
        text=item.text,
        explanation=item.explanation,
        required=item.required,
        options=tuple(
            Option(
                each["text"],
                bool(each.get("right")),
                each["key"],
                each.get("picture", ""),
                place,
            )
            for place, each in enumerate(item.choices)
        ),
        right=item.right,
        tolerance=item.tolerance,
        unit=item.unit,
        accepted=tuple(item.accepted),
        steps=item.steps,
        low=item.low,
        high=item.high,
    )


def columns(shape: Shape) -> dict[str, object]:
    """The columns of an item with this shape."""
    chosen = shape.kind in CHOOSING
    return {
        "kind": shape.kind,
        "text": shape.text.strip(),
        "explanation": shape.explanation.strip(),
        "required": shape.required,
        "choices": _with_keys(shape.options) if chosen else [],
        "right": shape.right if shape.kind == Item.Kind.NUMBER else None,
        "tolerance": shape.tolerance if shape.kind == Item.Kind.NUMBER else Decimal(0),
        "unit": one_line(shape.unit)[:MAX_UNIT] if shape.kind == Item.Kind.NUMBER else "",
        "accepted": _accepted(shape) if shape.kind == Item.Kind.SHORT else [],
        "steps": shape.steps if shape.kind == Item.Kind.SCALE else 0,
        "low": one_line(shape.low) if shape.kind == Item.Kind.SCALE else "",
        "high": one_line(shape.high) if shape.kind == Item.Kind.SCALE else "",
    }


def _accepted(shape: Shape) -> list[str]:
    kept = {same_words(text): one_line(text) for text in shape.accepted if same_words(text)}
    return list(kept.values())[:MAX_ACCEPTED]


def _with_keys(options: tuple[Option, ...]) -> list[dict[str, object]]:
    """Choices keep their keys; a new one gets the first letter that none has."""
    taken = {option.key for option in options if option.key}
    free = (letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter not in taken)
    made = []
    for option in options:
        choice: dict[str, object] = {
            "key": option.key or next(free),
            "text": one_line(option.text),
            "right": option.right,
        }
        if option.picture:
            choice["picture"] = option.picture
        made.append(choice)
    return made
