"""The form in which an author writes one item. What it holds depends on how the item is answered."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.core.errors import Refused
from staffroom.core.forms import Form, LineField, TextField
from staffroom.instruments import numbers
from staffroom.instruments.actions.translating import MOST
from staffroom.instruments.models import Item
from staffroom.instruments.scoring import CHOOSING
from staffroom.instruments.shape import (
    MAX_CHOICE,
    MAX_END,
    MAX_EXPLANATION,
    MAX_TEXT,
    MAX_UNIT,
    STEPS,
    Option,
    Shape,
)
from staffroom.instruments.words import PARTS

#: How an item is answered, in the words of whoever makes it.
HOW = {
    Item.Kind.ONE: gettext_lazy("Choose one"),
    Item.Kind.MANY: gettext_lazy("Choose several"),
    Item.Kind.NUMBER: gettext_lazy("A number"),
    Item.Kind.SHORT: gettext_lazy("A few words"),
    Item.Kind.PICTURE: gettext_lazy("Choose a picture"),
    Item.Kind.SCALE: gettext_lazy("A scale"),
    Item.Kind.PHOTO: gettext_lazy("A photo"),
}
LINES = {Item.Kind.PICTURE: 4}


@dataclass(frozen=True)
class Line:
    """One choice in the form: its words, whether it is right, its picture."""

    place: int
    words: BoundField
    right: bool
    kept: str = ""
    file: BoundField | None = None

    @property
    def hint(self) -> str:
        """What stands in the empty field."""
        return _("What it shows") if self.file else str(self.words.label)


class ItemForm(Form):
    """`scored`: whether a right answer is asked for."""

    text = TextField(
        label=gettext_lazy("Your question"),
        max_characters=MAX_TEXT,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 2, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write the question first.")},
    )

    def __init__(
        self,
        *args: Any,
        kind: str = Item.Kind.ONE,
        scored: bool = True,
        lines: int = 0,
        pictures: Collection[str] = (),
        **options: Any,
    ) -> None:
        self.kind, self.scored, self.pictures = Item.Kind(kind), scored, set(pictures)
        self.count = (lines or LINES.get(self.kind, 6)) if self.kind in CHOOSING else 0
        super().__init__(*args, **options)
        for name, field in self._fields():
            self.fields[name] = field
        self.say_it_our_way()

    def _fields(self) -> Iterator[tuple[str, forms.Field]]:
        if self.kind in CHOOSING:
            yield from self._choices()
        elif self.kind == Item.Kind.NUMBER:
            yield "right_number", _line(_("The right number"), 40, required=self.scored, ltr=True)
            yield (
                "tolerance",
                _line(_("How far off is still right?"), 40, help=_("Nothing: exactly."), ltr=True),
            )
            yield "unit", _line(_("Unit, like cm or %"), MAX_UNIT)
        elif self.kind == Item.Kind.SHORT:
            yield "accepted", _lines(_("What counts as right"), _("One spelling a line."))
        elif self.kind == Item.Kind.SCALE:
            yield "low", _line(_("What 1 means"), MAX_END, required=True)
            yield "high", _line(_("What the highest step means"), MAX_END, required=True)
            steps = [(each, each) for each in STEPS]
            yield (
                "steps",
                forms.TypedChoiceField(label=_("Steps"), choices=steps, coerce=int, initial=5),
            )
        if self.scored:
            yield "explanation", _explanation()
            yield (
                "optional",
                forms.BooleanField(label=_("It may be left out"), required=False),
            )

    def _choices(self) -> Iterator[tuple[str, forms.Field]]:
        picture = self.kind == Item.Kind.PICTURE
        for place in range(self.count):
            words = _("What picture %(n)s shows") if picture else _("Answer %(n)s")
            yield f"choice_{place}", _line(words % {"n": place + 1}, MAX_CHOICE)
            if picture:
                yield f"file_{place}", _picture(place)
                yield f"kept_{place}", forms.CharField(required=False, widget=forms.HiddenInput)
        if self.scored:
            places = [(str(place), str(place + 1)) for place in range(self.count)]
            many = self.kind == Item.Kind.MANY
            field = forms.MultipleChoiceField if many else forms.ChoiceField
            yield "right", field(label=_("The right one"), choices=places, required=False)

    @property
    def own(self) -> list[BoundField]:
        """Every field that is not part of a line of choices."""
        return [
            self[name]
            for name in self.fields
            if name != "right" and not name.startswith(("choice_", "file_", "kept_"))
        ]

    @property
    def lines(self) -> list[Line]:
        chosen = (self["right"].value() or []) if "right" in self.fields else []
        return [
            Line(
                place,
                self[f"choice_{place}"],
                str(place) in ([chosen] if isinstance(chosen, str) else chosen),
                self._kept(place),
                self[f"file_{place}"] if self.kind == Item.Kind.PICTURE else None,
            )
            for place in range(self.count)
        ]

    def _kept(self, place: int) -> str:
        """The id of the picture that stands on this line, if it is one of this instrument's."""
        if self.kind != Item.Kind.PICTURE:
            return ""
        kept = str(self[f"kept_{place}"].value() or "")
        return kept if kept in self.pictures else ""

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in ("right_number", "tolerance"):
            if typed := self.cleaned_data.get(name):
                read = numbers.read(typed, self.cleaned_data.get("unit", ""))
                if read is None:
                    self.add_error(name, _("Please write a number, like 12 or 3.5 or 1/2."))
                self.cleaned_data[name] = read
        return self.cleaned_data

    def shape(self, before: Item | None = None) -> Shape:
        """What was written. `before`: the item that is changed; its answers keep their keys."""
        data = self.cleaned_data
        return Shape(
            kind=self.kind,
            text=data["text"],
            explanation=data.get("explanation", ""),
            required=not data.get("optional"),
            options=tuple(self._options(before)),
            right=None if data.get("right_number") in ("", None) else data["right_number"],
            tolerance=data.get("tolerance") or Decimal(0),
            unit=data.get("unit", ""),
            accepted=tuple(data.get("accepted", "").split("\n")),
            steps=data.get("steps") or 0,
            low=data.get("low", ""),
            high=data.get("high", ""),
        )

    def _options(self, before: Item | None) -> Iterator[Option]:
        keys = [choice["key"] for choice in before.choices] if before else []
        chosen = self.cleaned_data.get("right") or []
        for place in range(self.count):
            text, picture = self.cleaned_data.get(f"choice_{place}", ""), self._kept(place)
            right = str(place) in chosen
            if picture and not text:
                raise Refused(
                    _("Write what it shows, for whoever cannot see it."), f"choice_{place}"
                )
            if text and not picture and self.kind == Item.Kind.PICTURE:
                raise Refused(_("Choose a picture here."), f"file_{place}")
            if text or right:
                key = keys[place] if place < len(keys) else ""
                yield Option(text, right, key, picture, place)


def start(item: Item) -> dict[str, Any]:
    """The form's beginning, from the item that is there."""
    told: dict[str, Any] = {
        "text": item.text,
        "explanation": item.explanation,
        "optional": not item.required,
        "right_number": numbers.shown(item.right) if item.right is not None else "",
        "tolerance": numbers.shown(item.tolerance) if item.tolerance else "",
        "unit": item.unit,
        "accepted": "\n".join(item.accepted),
        "low": item.low,
        "high": item.high,
        "steps": item.steps,
        "right": [str(n) for n, each in enumerate(item.choices) if each.get("right")],
    }
    for place, choice in enumerate(item.choices):
        told[f"choice_{place}"] = choice["text"]
        told[f"kept_{place}"] = choice.get("picture", "")
    return told


def _line(
    label: str, most: int, *, required: bool = False, help: str = "", ltr: bool = False
) -> LineField:
    attrs = {"dir": "ltr", "inputmode": "decimal"} if ltr else {"dir": "auto"}
    return LineField(
        label=label,
        max_length=most,
        required=required,
        help_text=help,
        widget=forms.TextInput(attrs=attrs),
    )


def _lines(label: str, help: str) -> TextField:
    widget = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    return TextField(
        label=label, max_characters=1000, required=False, help_text=help, widget=widget
    )


def _explanation() -> TextField:
    return TextField(
        label=_("Explanation, shown afterwards"),
        max_characters=MAX_EXPLANATION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


def _picture(place: int) -> forms.FileField:
    return forms.FileField(
        label=_("Picture %(n)s") % {"n": place + 1},
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )


class TranslationForm(Form):
    """The words of a draft in another language, each under what it says now."""

    say_optional = False

    def __init__(self, *args: Any, items: list[Item], language: str, **options: Any) -> None:
        self.items = items
        super().__init__(*args, **options)
        for item in items:
            told = item.translations.get(language) or {}
            for part in PARTS:
                if text := getattr(item, part):
                    self._add(f"{item.key}_{part}", text, told.get(part, ""), MOST[part])
            for choice in item.choices:
                name = f"{item.key}_choice_{choice['key']}"
                before = told.get("choices", {}).get(choice["key"], "")
                self._add(name, choice["text"], before, MAX_CHOICE)
        self.say_it_our_way()

    def _add(self, name: str, text: str, before: str, most: int) -> None:
        widget: forms.Widget = forms.TextInput(attrs={"dir": "auto"})
        if most > MAX_CHOICE:
            widget = forms.Textarea(attrs={"rows": 2, "dir": "auto"})
        self.fields[name] = forms.CharField(
            label=format_html("<bdi>{}</bdi>", text),
            initial=before,
            max_length=most,
            required=False,
            widget=widget,
        )

    @property
    def told(self) -> dict[str, dict[str, Any]]:
        """As `actions.translate` takes it."""
        data = self.cleaned_data
        return {
            item.key: {part: data.get(f"{item.key}_{part}", "") for part in PARTS}
            | {
                "choices": {
                    choice["key"]: data.get(f"{item.key}_choice_{choice['key']}", "")
                    for choice in item.choices
                }
            }
            for item in self.items
        }
