from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.conversations.models import Decision
from staffroom.conversations.reasons import REASONS
from staffroom.core.forms import Form, LineField

Choice = Decision.Choice


class ReportForm(Form):
    reason = forms.ChoiceField(
        label=_("What is the matter?"), choices=REASONS, widget=forms.RadioSelect
    )
    note = LineField(
        label=_("Would you like to add something?"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class AppealForm(Form):
    note = LineField(
        label=_("What should they know?"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class DecideForm(Form):
    say_optional = False  # needed for two of the three choices

    choice = forms.ChoiceField(
        label=_("What shall happen?"),
        choices=[
            (Choice.KEPT, _("Keep it. It is fine")),
            (Choice.REMINDED, _("Keep it, and remind the author of our rules")),
            (Choice.HIDDEN, _("Hide it")),
        ],
        widget=forms.RadioSelect,
    )
    why = LineField(
        label=_("Why?"),
        required=False,
        max_length=300,
        help_text=_(
            "One kind sentence. The author reads it; when you hide the post, everyone here reads it where the post stood."
        ),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class AppealDecideForm(DecideForm):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            (Choice.KEPT, _("Put it back")),
            (Choice.HIDDEN, _("It stays hidden")),
        ]
