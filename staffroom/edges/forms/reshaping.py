"""Forms for dividing and joining."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.communities.models import Community
from staffroom.core.forms import Form, LineField
from staffroom.core.ids import from_short, short


def name(label: Any) -> LineField:
    return LineField(label=label, max_length=60, widget=forms.TextInput(attrs={"dir": "auto"}))


def purpose(label: Any) -> LineField:
    return LineField(
        label=label,
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class Dividing(Form):
    """What the two circles are called, and what each is for."""

    first_name = name(_("Name of the one circle"))
    first_purpose = purpose(_("What it is for"))
    second_name = name(_("Name of the other circle"))
    second_purpose = purpose(_("What it is for"))


class Uniting(Form):
    """With whom, and what the one community is called."""

    other = forms.TypedChoiceField(
        label=_("With which community?"), coerce=from_short, widget=forms.RadioSelect
    )
    name = name(_("Name of the one community"))
    purpose = purpose(_("What it is for"))

    def __init__(self, *args: Any, communities: list[Community], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["other"].choices = [  # type: ignore[attr-defined]
            (short(each.pk), each.name) for each in communities
        ]
