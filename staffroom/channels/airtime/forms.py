"""What is filled in about data support."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.channels.airtime.actions.order import MOST_DAYS, MOST_MEGABYTES
from staffroom.channels.airtime.models import Order
from staffroom.communities.models import Community
from staffroom.core.forms import Form, LineField
from staffroom.people.models import Person

_NUMBER = {"invalid": _("Write it in digits: 40.")}


def sum_field(label: Any, places: int = 2, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_digits=12,
        decimal_places=places,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}),
        error_messages=_NUMBER,
        **options,
    )


WAYS = [
    (Order.Way.PROVIDER, _("Sent by the provider")),
    (Order.Way.HAND, _("Given by hand; written down here")),
]


class BudgetForm(Form):
    currency = LineField(label=_("Currency"), help_text=_("Three letters: KES, PKR, TZS …"))
    mb_price = sum_field(
        _("What one MB costs"),
        4,
        required=False,
        help_text=_(
            "By it members see in money what their data cost. They may write their own price."
        ),
    )
    per_person = sum_field(_("At most for one person in a month"))
    per_order = sum_field(_("At most in one order"))
    per_month = sum_field(_("At most in a month, all together"))
    two_above = sum_field(
        _("Two people must agree above"), help_text=_("What one order may cost with one yes.")
    )


class OrderForm(Form):
    kind = forms.ChoiceField(
        label=_("What"),
        choices=[
            (Order.Kind.DATA, _("A bundle of MB for a month")),
            (Order.Kind.AIRTIME, _("Airtime")),
        ],
        widget=forms.RadioSelect,
    )
    megabytes = forms.IntegerField(
        label=_("How many MB, for a bundle"),
        required=False,
        min_value=0,
        max_value=MOST_MEGABYTES,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=_NUMBER,
    )
    amount = sum_field(_("What it costs for each person"))
    least_days = forms.IntegerField(
        label=_("Members for at least so many days"),
        initial=0,
        min_value=0,
        max_value=MOST_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Nothing else counts: not how much somebody wrote or read."),
        error_messages=_NUMBER,
    )
    way = forms.ChoiceField(
        label=_("How"),
        choices=WAYS,
        widget=forms.RadioSelect,
    )
    communities = forms.MultipleChoiceField(
        label=_("For the members of"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one community.")},
    )

    def __init__(
        self, *args: Any, communities: Iterable[Community], sends: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["communities"].choices = [(str(each.pk), each.name) for each in communities]  # type: ignore[attr-defined]
        if not sends:
            self.fields["way"].choices = WAYS[1:]  # type: ignore[attr-defined]
            self.fields["way"].initial = Order.Way.HAND

    def words(self) -> dict[str, Any]:
        """What the action asks for."""
        said = dict(self.cleaned_data)
        said["communities"] = [uuid.UUID(each) for each in said["communities"]]
        return said | {"megabytes": said["megabytes"] or 0}


class ByHand(Form):
    id = forms.UUIDField(widget=forms.HiddenInput)
    person = forms.ChoiceField(label=_("Who was given it"))
    amount = sum_field(_("What it cost"))
    megabytes = forms.IntegerField(
        label=_("How many MB, for a bundle"),
        required=False,
        min_value=0,
        max_value=MOST_MEGABYTES,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=_NUMBER,
    )

    def __init__(self, *args: Any, people: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(each.pk): each for each in people}
        names = [(key, each.name) for key, each in self.people.items()]
        self.fields["person"].choices = [("", "…"), *names]  # type: ignore[attr-defined]

    def words(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return said | {"person": self.people[said["person"]], "megabytes": said["megabytes"] or 0}


class FileForm(Form):
    file = forms.FileField(
        label=_("The provider’s list, as CSV"),
        help_text=_("With the columns requestId or transactionId, status, and value."),
    )
