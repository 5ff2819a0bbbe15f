from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form, LineField


def _line(**options: Any) -> LineField:
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    return LineField(required=False, widget=widget, **options)


class LetterForm(Form):
    """What stands in the letter; what is left empty becomes a line to write on."""

    say_optional = False

    teacher = _line(label=_("Your name"), max_length=120)
    school = _line(label=_("School"), max_length=120)
    head = _line(
        label=_("To"), max_length=120, help_text=_("The head teacher’s name, if you like.")
    )
    when = _line(label=_("Which hour you ask for"), max_length=120)
    lang = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)
