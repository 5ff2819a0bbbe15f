"""Forms of attendance and certificates."""

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.cascade.models import Certificate
from staffroom.core.forms import Form, LineField


class HereForm(Form):
    code = forms.CharField(
        label=_("Code of the day"),
        help_text=_("Six letters and digits, on the trainer’s screen or on the sheet in the hall."),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "class": "code",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "dir": "ltr",
            }
        ),
    )


class GuestForm(Form):
    name = LineField(label=_("Name"), max_length=80)
    school_words = LineField(label=_("School"), max_length=80, required=False)


class ReasonForm(Form):
    reason = LineField(
        label=_("Why this person was not there"),
        help_text=_("Only trainers and the office read it; the head teacher does not."),
        max_length=200,
        required=False,
    )


class SheetForm(Form):
    file = forms.FileField(label=_("The filled-in sheet"), help_text=_("CSV or Excel (.xlsx)"))


class DaysForm(Form):
    days = forms.IntegerField(
        label=_("Days one must have come"),
        help_text=_("Empty: all days but one."),
        min_value=1,
        max_value=60,
        required=False,
    )


class WithdrawForm(Form):
    why = LineField(label=_("Why it is withdrawn"), max_length=200)


class ShownForm(Form):
    shown = forms.ChoiceField(
        label=_("What strangers see who have the code"),
        choices=[
            (Certificate.Shown.NAME, _("My name")),
            (Certificate.Shown.INITIALS, _("My initials")),
            (Certificate.Shown.NOTHING, _("No name")),
        ],
        widget=forms.RadioSelect,
    )


class CodeForm(Form):
    say_optional = False
    code = forms.CharField(
        label=_("Code of the certificate"),
        help_text=_("Twelve letters and digits, below the square."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "dir": "ltr"}),
    )
