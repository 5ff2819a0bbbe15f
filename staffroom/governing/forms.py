"""What is filled in about governing a programme."""

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form


class DaysForm(Form):
    days = forms.IntegerField(
        label=_("Days"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("A whole number, please, like 30.")},
    )
