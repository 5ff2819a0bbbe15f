from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form, TextField
from staffroom.people.vocabulary import LANGUAGES
from staffroom.rhythm.actions.prompt_office import MAX_WORDS
from staffroom.rhythm.prompt_words import SUBJECTS, TONGUES


class PromptForm(Form):
    """One prompt of the programme, in the languages in which it has it."""

    subject = forms.ChoiceField(label=_("Subject"), choices=list(SUBJECTS.items()))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code in TONGUES:
            self.fields[code] = TextField(
                label=LANGUAGES[code],
                max_characters=MAX_WORDS,
                required=False,
                widget=forms.Textarea(attrs={"class": "ruled", "rows": 3, "dir": "auto"}),
            )
        self.say_it_our_way()

    @property
    def texts(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code in TONGUES}


class ListForm(Form):
    file = forms.FileField(label=_("The list, as CSV or Excel"))
    look = forms.BooleanField(label=_("Only look at it, write nothing"), required=False)
