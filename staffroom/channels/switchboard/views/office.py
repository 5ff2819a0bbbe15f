"""The office page *Channels*: what works, what it costs, what was given up and why."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from staffroom.channels.switchboard import known
from staffroom.channels.switchboard.actions import deal, money, sending
from staffroom.channels.switchboard.forms import BudgetForm
from staffroom.channels.switchboard.queries import money as costs
from staffroom.channels.switchboard.queries import office
from staffroom.communities.access import designer
from staffroom.communities.views.common import Request
from staffroom.core import flash
from staffroom.notices import links

MOST = 20


@designer
def channels(request: Request, **rest: Any) -> HttpResponse:
    programme = request.programme
    rows = office.rows(programme)
    dead = office.given_up(programme)
    context = {
        "rows": [(row, row.channel.hook or links.whole(row.hook)) for row in rows],
        "budget": costs.budget_of(programme),
        "spent": costs.spent(programme),
        "used_up": costs.is_used_up(programme),
        "dead": dead[:MOST],
        "dead_count": dead.count(),
        "unread": office.not_read()[:MOST],
        "tab": "me",
    }
    return render(request, "switchboard/office.html", context)


@designer
def budget(request: Request, **rest: Any) -> HttpResponse:
    kept = costs.budget_of(request.programme)
    first = {
        "full_relay": kept.full_relay,
        "most_a_month": kept.most_a_month,
        "parts_a_person": kept.parts_a_person,
        "currency": kept.currency,
    } | {f"price_{key}": price for key, price in kept.prices.items()}
    form = BudgetForm(request.POST or None, initial=first, channels=known.every())
    if form.is_valid():
        money.set_budget(by=request.user, programme=request.programme, **form.said())
        flash.say(request, _("Saved."))
        return redirect("channels_office")
    context = {"form": form, "rows": office.rows(request.programme), "tab": "me"}
    return render(request, "switchboard/budget.html", context, status=422 if form.errors else 200)


@designer
@require_POST
def retry(request: Request, **rest: Any) -> HttpResponse:
    n = sending.retry(programme=request.programme) + deal.replay()
    said = ngettext("%(n)s is tried again.", "%(n)s are tried again.", n) % {"n": n}
    flash.say(request, said)
    return redirect("channels_office")
