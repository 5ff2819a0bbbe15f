"""The forms about silence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form, LineField
from staffroom.rhythm.actions.silence import MAX_WORDS
from staffroom.rhythm.silence_words import REASONS


class Away(Form):
    """One question, one tap; words if one likes."""

    reason = forms.ChoiceField(
        label=_("What keeps you away?"), choices=list(REASONS.items()), widget=forms.RadioSelect
    )
    words = LineField(
        label=_("In your words"),
        required=False,
        max_length=MAX_WORDS,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_(
            "Nobody reads this sentence. Single words that at least five people in three "
            "communities used are counted."
        ),
    )


class Wish(Form):
    ask = forms.BooleanField(
        label=_("Staffroom may ask me once when I have been away for long"), required=False
    )
    by_sms = forms.BooleanField(
        label=_("By SMS too"),
        required=False,
        help_text=_("One message for each time, in school weeks, in the morning."),
    )


class Weeks(Form):
    weeks = forms.IntegerField(
        label=_("After how many weeks without a sign?"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Weeks of holidays do not count. 0 asks nobody."),
        error_messages={"invalid": _("Write it in digits: 40.")},
    )
