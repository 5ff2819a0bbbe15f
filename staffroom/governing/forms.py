"""What is filled in about governing a programme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form, LineField, TextField
from staffroom.governing.models import BreachEntry
from staffroom.people.models import Person
from staffroom.places.forms import DayField
from staffroom.places.models import Programme

PRIVATE = {"autocomplete": "off", "dir": "auto"}


class DaysForm(Form):
    days = forms.IntegerField(
        label=_("Days"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("A whole number, please, like 30.")},
    )


class ContactsForm(Form):
    emergency = TextField(
        label=_("Numbers to call in danger"),
        required=False,
        max_characters=600,
        help_text=_("One a line, with its name: Child helpline 116"),
    )
    data_office = TextField(
        label=_("Whom members ask about their data"),
        required=False,
        max_characters=300,
        help_text=_("A name or office, with number or address."),
    )
    authority = TextField(
        label=_("To whom they may complain"),
        required=False,
        max_characters=300,
        help_text=_("The country’s data-protection authority, with number or address."),
    )
    operator = TextField(
        label=_("Who runs the server, and where it stands"), required=False, max_characters=300
    )


class DangerForm(Form):
    programme = forms.ModelChoiceField(
        label=_("Where do you work?"),
        queryset=Programme.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    what = TextField(
        label=_("What is happening, or what have you seen?"),
        max_characters=4000,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 6} | PRIVATE),
    )
    where = LineField(
        label=_("Where, and when?"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=PRIVATE),
    )
    reach = LineField(
        label=_("How can we reach you safely?"),
        required=False,
        max_length=300,
        help_text=_("Your name and number only if you want to."),
        widget=forms.TextInput(attrs=PRIVATE),
    )
    not_for = forms.ModelChoiceField(
        label=_("Must one of those who read this not see it?"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("No, all of them may"),
    )
    once = forms.CharField(min_length=16, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, programmes: list[Programme], readers: Any = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["programme"].queryset = Programme.objects.filter(
            pk__in=[each.pk for each in programmes]
        ).order_by("name")
        if len(programmes) == 1:
            fields["programme"].widget = forms.HiddenInput()
            self.initial["programme"] = programmes[0].pk
        if readers is None or len(readers) < 2:
            del self.fields["not_for"]
        else:
            fields["not_for"].queryset = readers


class CodeForm(Form):
    code = LineField(
        label=_("The code of your message"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "dir": "ltr", "autocapitalize": "characters"}
        ),
    )


class AddForm(Form):
    text = TextField(
        label=_("Would you like to add something?"),
        max_characters=4000,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 4} | PRIVATE),
    )
    code = forms.CharField(widget=forms.HiddenInput)


class SayForm(Form):
    kind = forms.ChoiceField(
        label=_("Who reads it?"),
        choices=[
            ("answer", _("Whoever wrote to us: an answer")),
            ("note", _("Only we who read these messages: a note")),
        ],
        widget=forms.RadioSelect,
    )
    text = TextField(
        label=_("Your words"),
        max_characters=4000,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 4} | PRIVATE),
    )


class MomentField(forms.DateTimeField):
    """A day and an hour, in the programme's zone."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        )
        options.setdefault("input_formats", ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"])
        options.setdefault(
            "error_messages", {"invalid": _("Please write day and hour like 2026-11-22 14:30.")}
        )
        super().__init__(**options)


class BreachForm(Form):
    what = TextField(label=_("What happened?"), max_characters=4000)
    happened = LineField(
        label=_("When did it happen, as far as you know?"), required=False, max_length=120
    )
    noticed_at = MomentField(
        label=_("When was it noticed?"),
        help_text=_("From this hour on, three days run until the authority must be told."),
    )
    whose = LineField(
        label=_("Whose data?"), max_length=300, help_text=_("Kinds of people and data, no names.")
    )
    how_many = forms.IntegerField(
        label=_("How many people?"),
        required=False,
        min_value=0,
        max_value=100_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("A whole number, please, like 30.")},
    )


class BreachEntryForm(Form):
    Kind = BreachEntry.Kind

    kind = forms.ChoiceField(
        label=_("What is this about?"),
        choices=[
            (Kind.MEASURE, _("A measure: what was done about it")),
            (Kind.AUTHORITY, _("The authority was told")),
            (Kind.NO_AUTHORITY, _("The authority need not be told, because …")),
            (Kind.PEOPLE, _("The people concerned were told")),
            (Kind.FOUND, _("Something is known now that was not")),
            (Kind.CLOSED, _("It is dealt with")),
        ],
        widget=forms.RadioSelect,
    )
    text = TextField(label=_("In words"), max_characters=4000)
    done_at = MomentField(label=_("When?"))


class SectionForm(Form):
    text = TextField(
        label=_("Your words"),
        required=False,
        max_characters=12_000,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 14, "dir": "auto"}),
        help_text=_("Empty: the words that come with Staffroom stand again."),
    )


class SignForm(Form):
    name = LineField(label=_("Name"), max_length=120)
    office = LineField(label=_("Office"), max_length=120)
    on = DayField(label=_("Day"))
