from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form, LineField
from staffroom.library.actions.collections import MOST_ABOUT, MOST_NAME
from staffroom.library.models import Collection


class CollectionForm(Form):
    name = LineField(label=_("What is it called?"), max_length=MOST_NAME)
    about = LineField(label=_("What is it for?"), max_length=MOST_ABOUT, required=False)


class CollectForm(Form):
    """One of the collections that one may change."""

    collection = forms.ChoiceField(label=_("Which collection?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, collections: list[Collection], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["collection"].choices = [(str(one.pk), one.name) for one in collections]  # type: ignore[attr-defined]
