from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form, LineField, TextField
from staffroom.library.actions.trust_correct import MAX_REPLY, MAX_SOURCE, MAX_TEXT
from staffroom.library.models import Dispute, Side


def _source(**options: Any) -> LineField:
    return LineField(
        label=_("How do you know?"),
        max_length=MAX_SOURCE,
        help_text=_("A book and its page, a link, or what you saw in class."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        **options,
    )


class CorrectForm(Form):
    text = TextField(
        label=_("What is right instead?"),
        max_characters=MAX_TEXT,
        help_text=_("It stands where the wrong words stood; those are kept below a fold."),
    )
    source = _source()


class DisputeForm(Form):
    holds = forms.ChoiceField(
        label=_("What do you say?"),
        choices=[
            (Side.Holds.WRONG, _("It is not right")),
            (Side.Holds.RIGHT, _("It is right")),
        ],
        widget=forms.RadioSelect,
    )
    text = TextField(label=_("Why?"), max_characters=MAX_TEXT)
    source = _source()


class ResolveForm(Form):
    outcome = forms.ChoiceField(
        label=_("How does it end?"),
        choices=[
            (Dispute.Outcome.RIGHT, _("It is right as it stands")),
            (Dispute.Outcome.WRONG, _("It is wrong: the correction stands")),
            (Dispute.Outcome.BOTH, _("Both can be said")),
        ],
        widget=forms.RadioSelect,
    )
    why = TextField(
        label=_("Why?"),
        max_characters=MAX_REPLY,
        help_text=_("Both sides read it."),
    )
    text = TextField(
        label=_("If it is wrong: what is right instead?"),
        max_characters=MAX_TEXT,
        required=False,
        help_text=_("Not needed where a correction stands there already."),
    )
    source = _source(required=False)


class ReplyForm(Form):
    text = TextField(label=_("Your word about it"), max_characters=MAX_REPLY)
