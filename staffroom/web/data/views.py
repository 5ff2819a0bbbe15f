"""My page *Data used*."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.channels.airtime.hooks import shares_of
from staffroom.core import access, flash
from staffroom.core.clock import today
from staffroom.core.forms import Form
from staffroom.people.views.me import person_of
from staffroom.web.data import queries
from staffroom.web.data.actions import set_own_price
from staffroom.web.data.tally import TALLY


class PriceForm(Form):
    per_mb = forms.DecimalField(
        label=gettext_lazy("What one MB costs me"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}),
        error_messages={"invalid": gettext_lazy("Write it in digits: 40.")},
    )


@access.signed_in
def data_used(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    price = queries.price_for(person)
    own = price.per_mb if price.own else None
    form = PriceForm(request.POST or None, initial={"per_mb": own})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            set_own_price(person=person, per_mb=form.cleaned_data["per_mb"])
            flash.say(request, _("Saved."))
            return redirect("data_used")
        status = 422
    return render(request, "web/data_used.html", _context(person, price, form), status=status)


def _context(person: Any, price: queries.Price, form: Form) -> dict[str, Any]:
    TALLY.write()  # what this page says is what has been counted until now
    lines = queries.used(person, today())
    this_day = sum(line.today or 0 for line in lines)
    month = sum(line.month for line in lines)
    return {
        "lines": lines,
        "today": this_day,
        "month": month,
        "cost_today": price.of(this_day),
        "cost_month": price.of(month),
        "price": price,
        "form": form,
        "given": shares_of(person).exists(),
        "tab": "me",
    }
