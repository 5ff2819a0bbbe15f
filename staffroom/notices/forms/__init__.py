"""What people fill in about notices."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form
from staffroom.core.templatetags.ui import hour
from staffroom.core.words import weekday
from staffroom.notices.models import Preference
from staffroom.notices.said import CHOICES

HOURS = range(5, 22)
MOST_PARTS = 200


class DigestForm(Form):
    often = forms.ChoiceField(
        label=_("How often"),
        required=False,
        choices=[
            ("", _("As my communities have it")),
            ("daily", _("Once a day")),
            ("weekly", _("Once a week")),
            ("none", _("Never")),
        ],
        widget=forms.RadioSelect,
    )
    hour = forms.TypedChoiceField(label=_("At what hour"), coerce=int)
    weekday = forms.TypedChoiceField(
        label=_("On which day, if once a week"), coerce=int, choices=list(WEEKDAYS.items())
    )
    rest_days = forms.TypedMultipleChoiceField(
        label=_("Days on which nothing comes"),
        help_text=_("Your day of rest or of prayer. What is new then waits for the next digest."),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    way = forms.ChoiceField(label=_("On which way"), widget=forms.RadioSelect)
    words = forms.BooleanField(
        label=_("Show words"),
        required=False,
        help_text=_(
            "The message carries the beginning of what was said. Without this it says only that there is something: better where others hold this phone."
        ),
    )

    hour_too = forms.BooleanField(
        label=_("Also before our hour"),
        required=False,
        help_text=_(
            "One short message before the hour of each community. Today shows it in any case."
        ),
    )

    def __init__(self, *args: Any, ways: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices: Any = self.fields
        choices["hour"].choices = [(each, hour(dt.time(each))) for each in HOURS]
        choices["rest_days"].choices = [(each, weekday(each)) for each in range(7)]
        choices["way"].choices = [(Preference.PAGE, _("On its page here, and a line on Today"))]
        choices["way"].choices += ways
        if not ways:
            del self.fields["way"], self.fields["words"], self.fields["hour_too"]


class LevelForm(Form):
    level = forms.ChoiceField(
        label=_("What reaches me from here"),
        choices=list(CHOICES.items()),
        widget=forms.RadioSelect,
    )


class AllowanceForm(Form):
    sms = forms.BooleanField(
        label=_("Digests may go by text message"),
        required=False,
        help_text=_("Each costs the programme. Only who chooses it gets one."),
    )
    parts_a_month = forms.IntegerField(
        label=_("Parts of text messages for one person in a month"),
        min_value=1,
        max_value=MOST_PARTS,
        help_text=_("A short message has one part, a digest with words up to three."),
    )
