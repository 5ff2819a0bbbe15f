"""The form by which a member names what a colleague's idea changed."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form, LineField, TextField
from staffroom.rhythm.actions.recognition import MAX_HAPPENED, MAX_SAYING
from staffroom.rhythm.models.recognition import Recognition
from staffroom.rhythm.queries.recognition import Source
from staffroom.rhythm.recognition_words import CHANGES

_GROUPS = {
    Recognition.Came.POST: _("Written in the community"),
    Recognition.Came.PLAN: _("Lesson plans"),
    Recognition.Came.NOTE: _("Practice notes"),
}


class Naming(Form):
    change = forms.ChoiceField(
        label=_("What is different in your class?"),
        choices=list(CHANGES.items()),
        widget=forms.RadioSelect,
    )
    happened = TextField(
        label=_("What happened with your pupils?"),
        max_characters=MAX_HAPPENED,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 4, "dir": "auto"}),
        help_text=_("One thing that you saw or heard. No pupil’s name."),
        error_messages={"required": _("Write a few words first.")},
    )
    source = forms.ChoiceField(label=_("Where did the idea come from?"), required=False)
    saying = LineField(
        label=_("A saying"),
        required=False,
        max_length=MAX_SAYING,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, sources: list[Source], **options: Any) -> None:
        super().__init__(*args, **options)
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in sources:
            groups.setdefault(each.came, []).append((f"{each.came}:{each.thing}", each.words))
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            ("", _("Said face to face, or I no longer know")),
            *((_GROUPS[Recognition.Came(came)], rows) for came, rows in groups.items()),
        ]

    def words(self) -> dict[str, Any]:
        """What the action asks for."""
        said = dict(self.cleaned_data)
        came, _colon, thing = said.pop("source").partition(":")
        return said | {"came": came, "thing": uuid.UUID(thing) if thing else None}
