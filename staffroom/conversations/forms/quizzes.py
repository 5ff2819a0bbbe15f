from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form, LineField, TextField
from staffroom.instruments.actions.making import MAX_ABOUT, MAX_TITLE
from staffroom.instruments.forms import ItemForm
from staffroom.instruments.models import Item
from staffroom.instruments.shape import MOST_CHOICES


class TitleForm(Form):
    """What a draft is called."""

    title = LineField(
        label=_("What is it called?"),
        max_length=MAX_TITLE,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    about = TextField(
        label=_("A few words about it"),
        max_characters=MAX_ABOUT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class PollForm(ItemForm):
    """A question with two to eight answers, none of them right."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, kind=Item.Kind.ONE, scored=False, lines=MOST_CHOICES, **options)
        self.fields["ends_on"] = forms.DateField(
            label=_("The last day to vote"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )

    @property
    def choices(self) -> list[str]:
        """The answers that were written, in their order."""
        written = (self.cleaned_data.get(f"choice_{place}", "") for place in range(self.count))
        return [text for text in written if text]
