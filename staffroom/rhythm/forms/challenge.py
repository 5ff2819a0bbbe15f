"""The form by which a moderator proposes a challenge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from staffroom.communities.models import Community
from staffroom.core.forms import Form
from staffroom.rhythm.actions.challenge import MAX_WEEKS
from staffroom.rhythm.challenge_words import GOALS


class Proposal(Form):
    goal = forms.ChoiceField(
        label=_("What shall there be more of?"),
        choices=list(GOALS.items()),
        widget=forms.RadioSelect,
    )
    first_day = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Write the day as year-month-day: 2026-03-09.")},
    )
    weeks = forms.TypedChoiceField(label=_("How long?"), coerce=int)
    others = forms.TypedMultipleChoiceField(
        label=_("Together with"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "None for a challenge of your own. At most three others, each against its own record."
        ),
        error_messages={"invalid_choice": _("Please choose among these.")},
    )

    def __init__(self, *args: Any, others: list[Community], **options: Any) -> None:
        super().__init__(*args, **options)
        weeks = range(1, MAX_WEEKS + 1)
        self.fields["weeks"].choices = [  # type: ignore[attr-defined]
            (n, ngettext("%(n)s week", "%(n)s weeks", n) % {"n": n}) for n in weeks
        ]
        if others:
            self.fields["others"].choices = [  # type: ignore[attr-defined]
                (str(each.pk), each.name) for each in others
            ]
        else:
            del self.fields["others"]
