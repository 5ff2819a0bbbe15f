"""The forms of support visits: few, short fields, and none that rates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.cascade.actions.visit_words import MOST, sentences
from staffroom.cascade.actions.visits import MAX_FOCUS
from staffroom.communities.models import Community
from staffroom.core.forms import Form, LineField, TextField

_NO_DAY = _("Write the day as year-month-day: 2026-03-09.")
_NO_HOUR = _("Write the hour as 09:30.")


def a_day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _NO_DAY},
    )


def words(label: Any, *, rows: int = 4, help_text: Any = "", most: int = MOST) -> TextField:
    return TextField(
        label=label,
        required=False,
        max_characters=most,
        help_text=help_text,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": rows, "dir": "auto"}),
    )


class Plan(Form):
    """When, and a focus to propose. Without one the teacher names it."""

    day = a_day(_("Day"))
    at = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _NO_HOUR},
    )
    focus = LineField(
        label=_("A focus that you propose"),
        required=False,
        max_length=MAX_FOCUS,
        help_text=_("Leave it empty, and the teacher says what help is wanted."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class Focus(Form):
    """The teacher's own focus."""

    focus = LineField(
        label=_("What would you like help with?"),
        max_length=MAX_FOCUS,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class NotNow(Form):
    until = a_day(_("No visit before"), required=False)


class Words(Form):
    """What came of a visit."""

    held_on = a_day(_("Day"))
    seen = words(
        _("What was seen"),
        help_text=_(
            "What pupils and teacher did, on the focus alone. No marks, no names of pupils."
        ),
    )
    offered = words(
        _("What was offered"), help_text=_("What you brought, showed, or tried together.")
    )
    next_step = words(_("Next step"), rows=2, help_text=_("What both of you agreed on."))
    next_day = a_day(_("By when"), required=False)
    say_optional = False


class Answer(Form):
    """The teacher's word beside one part."""

    text = words(_("Your own words"))
    disagrees = forms.BooleanField(
        label=_("I see it otherwise"),
        required=False,
        help_text=_("It stands beside the visitor’s words."),
    )
    take_out = forms.ChoiceField(label=_("A sentence that you want taken out"), required=False)
    say_optional = False

    def __init__(self, *args: Any, part: str, **options: Any) -> None:
        super().__init__(*args, **options)
        found = dict.fromkeys(sentences(part))
        self.fields["take_out"].choices = [("", _("None")), *((one, one) for one in found)]  # type: ignore[attr-defined]


class Step(Form):
    said = words(_("What came of it?"), rows=3)


class Where(Form):
    """Which of one's communities."""

    community = forms.ChoiceField(label=_("Community"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, communities: list[Community], **options: Any) -> None:
        super().__init__(*args, **options)
        self.communities = {str(one.pk): one for one in communities}
        choices = [(key, one.name) for key, one in self.communities.items()]
        self.fields["community"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["community"] = choices[0][0]

    def chosen(self) -> Community:
        return self.communities[self.cleaned_data["community"]]


class Ask(Where):
    """A question in one's own words."""

    text = TextField(
        label=_("In your own words"),
        max_characters=5000,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 6, "dir": "auto"}),
    )
    field_order = ("text", "community")


class Share(Ask):
    """The same, from a visit."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].help_text = _(
            "No name of the visitor, of pupils or of the school is needed."
        )


class ShareNote(Where):
    """A practice note in one's own words."""

    title = LineField(
        label=_("In a few words"), max_length=100, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    problem = words(_("The problem"), rows=3, most=5000)
    worked = words(_("What worked"), rows=5, most=5000)
    name_me = forms.BooleanField(label=_("Name me on this note"), required=False)
    field_order = ("title", "problem", "worked", "name_me", "community")
    say_optional = False

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("title", "problem", "worked")}
