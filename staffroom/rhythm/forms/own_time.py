"""The forms of one's own time."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form, LineField
from staffroom.rhythm.actions.own_time import MAX_PLACE, MAX_WHAT

_NO_NUMBER = _("Write it in digits: 40.")
_NO_DAY = _("Write the day as year-month-day: 2026-03-09.")
_DAY = {"invalid": _NO_DAY}


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class Entry(Form):
    """One entry. Where: one of my communities, or elsewhere in words."""

    day = forms.DateField(label=_("Day"), widget=_day(), error_messages=_DAY)
    minutes = forms.IntegerField(
        label=_("Minutes"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _NO_NUMBER},
    )
    what = LineField(
        label=_("What did you do?"),
        max_length=MAX_WHAT,
        help_text=_("A gathering, a course, a book, a lesson you watched."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    community = forms.ChoiceField(
        label=_("Where?"),
        required=False,
        error_messages={"invalid_choice": _("Please choose one.")},
    )
    place = LineField(
        label=_("Elsewhere, in your words"),
        required=False,
        max_length=MAX_PLACE,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    say_optional = False

    def __init__(self, *args: Any, places: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["community"].choices = [  # type: ignore[attr-defined]
            ("", _("Elsewhere")),
            *((name, name) for name in places),
        ]

    def words(self) -> dict[str, Any]:
        """What the action asks for."""
        said = dict(self.cleaned_data)
        chosen = said.pop("community")
        return said | {"place": said["place"] or chosen}


class Paper(Form):
    """Which days go on paper, and the name that stands on it: typed each time, kept nowhere."""

    name = LineField(label=_("Your name, as it shall stand on the paper"), max_length=120)
    school = LineField(label=_("Your school"), required=False, max_length=120)
    first = forms.DateField(label=_("From"), widget=_day(), error_messages=_DAY)
    last = forms.DateField(label=_("Until"), widget=_day(), error_messages=_DAY)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("first") and said.get("last") and said["first"] > said["last"]:
            self.add_error("last", _("The last day comes before the first."))
        return said
