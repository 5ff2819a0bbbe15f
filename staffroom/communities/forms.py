"""The forms of this room. What an action refuses is shown at its field, everything typed kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form, LineField, TextField
from staffroom.people.vocabulary import GRADES, LANGUAGES, SUBJECTS

WEEKDAYS = [
    ("", _("No set day")),
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
]
ANY = ("", _("Any"))


def subjects(first: tuple[str, Any]) -> list[tuple[str, Any]]:
    return [first, *SUBJECTS.items()]


class AreaField(LineField):
    """An area by its name, as the programme calls it; found by the view."""


class SetTime(Form):
    set_weekday = forms.TypedChoiceField(
        label=_("Set day"), choices=WEEKDAYS, coerce=int, empty_value=None, required=False
    )
    set_hour = forms.TimeField(
        label=_("Set hour"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("When most of you have a free hour and a bar of signal."),
    )


class Founding(SetTime):
    """A new community."""

    field_order = ("id", "name", "purpose", "subject", "language", "area", "grades", "listed")

    id = forms.UUIDField(widget=forms.HiddenInput(attrs={"data-new-id": True}), required=False)
    name = LineField(
        label=_("Name"), max_length=60, help_text=_("Subject and place: Mathematics, Mwingi.")
    )
    purpose = LineField(
        label=_("Purpose"),
        max_length=300,
        required=False,
        help_text=_("One sentence: what you want to get better at, in your scheme of work."),
    )
    subject = forms.ChoiceField(
        label=_("Subject"), choices=subjects(("", _("Several"))), required=False
    )
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGES.items()))
    area = AreaField(label=_("Area"), max_length=120, required=False)
    grades = forms.TypedMultipleChoiceField(
        label=_("Grades"),
        choices=list(GRADES.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    listed = forms.BooleanField(
        label=_("Colleagues can find it"),
        help_text=_("Only those who may join. Never what is said in it."),
        required=False,
        initial=True,
    )


class Planting(Founding):
    """A new community made by a gardener."""

    kickoff = forms.ChoiceField(
        label=_("Kick-off"),
        choices=[
            ("workshop", _("It opens when its workshop is recorded")),
            ("none", _("It opens at once")),
        ],
        widget=forms.RadioSelect,
    )


class Editing(Founding):
    """What a community says of itself."""

    id = None  # type: ignore[assignment]
    area = None  # type: ignore[assignment]
    approvals_needed = forms.IntegerField(
        label=_("Approvals for a newcomer"),
        min_value=1,
        max_value=15,
        help_text=_("How many of you must say yes."),
    )


class Finding(Form):
    """Narrowing the list of communities that one may ask to join."""

    say_optional = False

    words = LineField(label=_("Words"), max_length=60, required=False)
    subject = forms.ChoiceField(label=_("Subject"), choices=subjects(ANY), required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[ANY, *LANGUAGES.items()], required=False
    )
    area = AreaField(label=_("Area"), max_length=120, required=False)


class Joining(Form):
    """Nothing to fill in; what the action refuses is shown above the button."""


class Asking(Form):
    note = TextField(
        label=_("A line about yourself"),
        max_characters=300,
        required=False,
        help_text=_("What you teach, and what you would like to learn. Only the members read it."),
    )


class InvitingByPhone(Form):
    name = LineField(label=_("Name"), max_length=80)
    phone = LineField(label=_("Phone number"), max_length=30)


class Reason(Form):
    reason = TextField(
        label=_("Why"),
        max_characters=300,
        help_text=_("The members read this. The person concerned does not."),
    )


class Kicking(Form):
    held_on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    place = LineField(label=_("Place"), max_length=120, required=False)
    present = forms.IntegerField(
        label=_("How many came"), min_value=0, max_value=500, required=False
    )


class Closing(Form):
    words = TextField(
        label=_("Words of thanks"),
        max_characters=600,
        help_text=_("What you learned together, and thanks to everybody."),
    )


class ProposingRules(Form):
    rules = TextField(
        label=_("The rules, one on each line"),
        max_characters=2500,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 10}),
    )


class HandingOver(Form):
    words = TextField(
        label=_("For the next moderator"),
        max_characters=2000,
        required=False,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 10}),
        help_text=_("What goes well, what to watch. The next moderator reads it, and you."),
    )


class ChangingLever(Form):
    value = forms.ChoiceField(label=_("Setting"), widget=forms.RadioSelect)
    why = TextField(
        label=_("Why"), max_characters=300, help_text=_("Every member can read the reason.")
    )

    def __init__(self, *arguments: Any, choices: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["value"].choices = choices  # type: ignore[attr-defined]


class ChangingDefault(ChangingLever):
    field_order = ("value", "left", "why")
    left = forms.BooleanField(
        label=_("Communities may choose otherwise"),
        required=False,
    )
