from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form, TextField


class TextForm(Form):
    """The words of invitation in one language."""

    say_optional = False
    language = forms.CharField(widget=forms.HiddenInput, max_length=8)
    text = TextField(
        label=_("The words"),
        max_characters=400,
        required=False,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 5, "dir": "auto"}),
        help_text=_("Without a name: whoever is invited reads these same words. Empty: ours."),
    )
