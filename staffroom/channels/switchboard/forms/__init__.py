"""What people fill in about channels."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.channels.switchboard.known import Channel
from staffroom.channels.switchboard.models import GroupLink, Link
from staffroom.core.forms import Form

RELAY = [
    (Link.Relay.CONCERNS, _("What concerns me: answers to my question, my name")),
    (Link.Relay.EVERYTHING, _("Everything as it comes, where my programme pays it")),
    (Link.Relay.DIGEST, _("The digest alone")),
]
CHAT_RELAY = [
    (GroupLink.Relay.QUESTIONS, _("Questions and answers")),
    (GroupLink.Relay.EVERYTHING, _("Everything with a name")),
    (GroupLink.Relay.NOTHING, _("Nothing: what is said there only comes here")),
]


class RelayForm(Form):
    relay = forms.ChoiceField(label=_("What comes here"), choices=RELAY, widget=forms.RadioSelect)


class ChatRelayForm(Form):
    relay = forms.ChoiceField(
        label=_("What goes into the chat"), choices=CHAT_RELAY, widget=forms.RadioSelect
    )


class BudgetForm(Form):
    full_relay = forms.BooleanField(
        label=_("Everything as it comes"),
        required=False,
        help_text=_(
            "Members may choose that each post comes to them by message. See the cost first."
        ),
    )
    most_a_month = forms.DecimalField(
        label=_("At most in a month"),
        required=False,
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        help_text=_("When it is used up, the rest stands on the web alone, and this page says so."),
    )
    parts_a_person = forms.IntegerField(
        label=_("Parts for one person in a month"),
        min_value=1,
        max_value=5000,
        help_text=_("Of what comes unasked. Answers to what a person writes always go."),
    )
    currency = forms.RegexField(
        "^[A-Z]{3}$",
        label=_("Currency"),
        required=False,
        help_text=_("Three letters, as KES or PKR."),
    )

    def __init__(self, *args: Any, channels: list[Channel], **options: Any) -> None:
        super().__init__(*args, **options)
        self.priced = [each for each in channels if not each.can.free]
        for each in self.priced:
            self.fields[f"price_{each.key}"] = forms.DecimalField(
                label=_("Price of a part: %(channel)s") % {"channel": each.label},
                required=False,
                min_value=Decimal(0),
                max_digits=10,
                decimal_places=5,
            )
        self.say_it_our_way()

    def said(self) -> dict[str, Any]:
        """As the action wants it."""
        data = self.cleaned_data
        names = ("full_relay", "most_a_month", "parts_a_person", "currency")
        prices = {each.key: data.get(f"price_{each.key}") for each in self.priced}
        kept = {key: str(price) for key, price in prices.items() if price is not None}
        return {name: data[name] for name in names} | {"prices": kept}
