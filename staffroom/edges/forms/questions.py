from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.conversations.actions.writing import MAX_TEXT, MAX_TOPIC
from staffroom.conversations.models import Photo
from staffroom.core.forms import Form, LineField, TextField


class Onward(Form):
    """The words as they go, looked over by whoever asked."""

    topic = LineField(
        label=gettext_lazy("Topic"),
        max_length=MAX_TOPIC,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    text = TextField(
        label=gettext_lazy("The question, as it goes"),
        max_characters=MAX_TEXT,
        help_text=gettext_lazy("No name, no school, no place. Change what would tell."),
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 6, "dir": "auto"}),
    )
    photos = forms.MultipleChoiceField(
        label=gettext_lazy("Photos that may go along"),
        required=False,
        help_text=gettext_lazy(
            "None goes by itself. Look whether one shows a name, a face or a school."
        ),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, pictures: list[Photo], **options: Any) -> None:
        super().__init__(*args, **options)
        if not pictures:
            del self.fields["photos"]
            return
        self.fields["photos"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), each.caption or _("Photo %(n)s") % {"n": number})
            for number, each in enumerate(pictures, 1)
        ]
