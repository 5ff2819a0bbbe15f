from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form, LineField, TextField
from staffroom.rhythm.actions.ice import MAX_TEXT, MAX_WHY


class ShareForm(Form):
    text = TextField(
        label=_("What is hard in your classroom just now?"),
        max_characters=MAX_TEXT,
        help_text=_("One thing, in two or three sentences. No pupil’s name."),
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write a few words first.")},
    )


class HideForm(Form):
    why = LineField(
        label=_("Why?"),
        max_length=MAX_WHY,
        help_text=_("Its author reads it, and may write it anew."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
