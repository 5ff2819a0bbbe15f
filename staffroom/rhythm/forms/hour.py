from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form, LineField
from staffroom.rhythm.actions.hour import MAX_WHY


class SkipForm(Form):
    why = LineField(
        label=_("Why?"),
        max_length=MAX_WHY,
        help_text=_("Everyone here reads it: a funeral, exams, the rain."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
