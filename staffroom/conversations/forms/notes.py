from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import LineField, TextField
from staffroom.library.actions.note_debates import MOST_WHY
from staffroom.library.actions.note_words import MOST
from staffroom.library.forms.notes import Words, part


class KeepingForm(Words):
    """A note, filled in from the question and the answer that helped."""

    name_me = forms.BooleanField(
        label=_("Name me as one of its authors"),
        required=False,
        help_text=_("The others are asked themselves. Without a yes they stay “a colleague”."),
    )


class OutcomeForm(Words):
    """What came out of a debate; the fields that its outcome does not touch are left out."""

    why = TextField(
        label=_("What came out, and why"),
        max_characters=MOST_WHY,
        help_text=_("It stands with the note for good."),
    )
    other_title = LineField(label=_("The other case, in a few words"), max_length=MOST["title"])
    other_worked = part("worked", _("What worked in the other case"), rows=4)

    def __init__(self, *args: Any, outcome: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("problem", "tried_where"):
            del self.fields[name]
        if outcome == "kept":
            for name in ("title", "worked", "failed"):
                del self.fields[name]
        if outcome != "split":
            for name in ("other_title", "other_worked"):
                del self.fields[name]
        self.order_fields(["why", "title", "worked", "failed", "other_title", "other_worked"])
