"""The forms of return sessions."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.cascade.actions.returns import MOST, PARTS
from staffroom.cascade.forms.visits import a_day, words
from staffroom.core.forms import Form, LineField
from staffroom.people.models import Person


class Plan(Form):
    day = a_day(
        _("Day"), help_text=_("Six to eight weeks after, a day with school. Change it as you like.")
    )


class Three(Form):
    """What was tried, what happened, what is asked."""

    tried = words(_("What did you try?"), rows=3, most=MOST)
    happened = words(_("What happened?"), rows=3, most=MOST)
    question = words(_("What question do you bring?"), rows=3, most=MOST)
    say_optional = False

    def words(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in PARTS}


class Mine(Three):
    shared = forms.BooleanField(
        label=_("Those who lead the day may read it"),
        required=False,
        help_text=_("Otherwise it is yours alone, to have at hand."),
    )


class KeyIn(Three):
    """For somebody without a phone."""

    person = forms.ChoiceField(label=_("Who told it"))
    field_order = ("person", *PARTS)

    def __init__(self, *args: Any, people: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = [(str(one.pk), one.name) for one in people]  # type: ignore[attr-defined]

    def person_id(self) -> uuid.UUID:
        return uuid.UUID(self.cleaned_data["person"])


class Question(Form):
    text = words(_("The question"), rows=5, most=3000)
    say_optional = False


class Note(Form):
    title = LineField(
        label=_("In a few words"), max_length=100, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    problem = words(_("The problem"), rows=3, most=3000)
    worked = words(_("What worked"), rows=5, most=3000)
    say_optional = False
