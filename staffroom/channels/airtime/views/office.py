"""The office: what may be spent, orders, what became of them."""

import csv
import uuid
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from staffroom.channels.airtime import provider, queries
from staffroom.channels.airtime.actions import order as acts
from staffroom.channels.airtime.actions.budget import write_budget
from staffroom.channels.airtime.actions.reconcile import reconcile
from staffroom.channels.airtime.forms import BudgetForm, FileForm, OrderForm
from staffroom.channels.airtime.models import Budget, Order
from staffroom.channels.airtime.token import token
from staffroom.communities.wall import barred_from
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused
from staffroom.places.access import administrator
from staffroom.places.views.common import ask, here


@administrator
def home(request: HttpRequest) -> HttpResponse:
    programme = request.programme  # type: ignore[attr-defined]
    orders = (
        Order.objects.filter(programme=programme)
        .exclude(state=Order.State.DROPPED)
        .exclude(communities__in=barred_from(request.user).values("pk"))  # type: ignore[arg-type]
    )
    context = {
        "programme": programme,
        "budget": Budget.objects.filter(programme=programme).first(),
        "spent": acts.spent(programme, here(request).replace(day=1)),
        "orders": orders.annotate(n=Count("shares"), sum=Sum("shares__amount")).order_by(
            "-made_at"
        )[:60],
        "sends": provider.works(),
        "address": request.build_absolute_uri(reverse("airtime_status", args=[token()])),
        "asks": request.build_absolute_uri(reverse("airtime_validate", args=[token()])),
    }
    return render(request, "airtime/home.html", context)


@administrator
def budget(request: HttpRequest) -> HttpResponse:
    programme = request.programme  # type: ignore[attr-defined]
    found = Budget.objects.filter(programme=programme).first()
    initial = {name: getattr(found, name) for name in BudgetForm.base_fields} if found else {}
    return ask(
        request,
        BudgetForm(request.POST or None, initial=initial),
        lambda **fields: write_budget(by=request.user, programme=programme, **fields),  # type: ignore[arg-type]
        title=_("What may be spent"),
        fact=programme.name,
        do=_("Save"),
        back=reverse("airtime"),
        said=_("Saved."),
    )


@administrator
def new(request: HttpRequest) -> HttpResponse:
    programme = request.programme  # type: ignore[attr-defined]
    communities = acts.supported(request.user, programme)  # type: ignore[arg-type]
    form = OrderForm(request.POST or None, communities=communities, sends=provider.works())
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = acts.make_order(by=request.user, programme=programme, **form.words())  # type: ignore[arg-type]
            except Refused as error:
                form.refuse(error)
            else:
                return redirect("airtime_order", made.pk)
    context = {
        "form": form,
        "communities": communities,
        "budget": Budget.objects.filter(programme=programme).first(),
        "programme": programme,
    }
    return render(request, "airtime/new.html", context, status=status)


def _order(request: HttpRequest, pk: uuid.UUID) -> Order:
    """An order of the administrator's programme whose communities are all in sight."""
    found = Order.objects.filter(pk=pk, programme=request.programme).first()  # type: ignore[attr-defined]
    if found is None or not acts.in_sight(request.user, found):  # type: ignore[arg-type]
        raise NotYours
    return found


@administrator
def one(request: HttpRequest, order: uuid.UUID) -> HttpResponse:
    found = _order(request, order)
    came, missing = queries.answers(found)
    lines = queries.by_community(found)
    context: dict[str, Any] = {
        "order": found,
        "communities": lines,
        "states": queries.by_state(found) if found.state == Order.State.GOING else [],
        "left_out": queries.left_out(found),
        "refusals": queries.refusals(found),
        "people": sum(line.count for line in lines),
        "total": sum(line.sum for line in lines),
        "came": came,
        "missing": missing,
        "open": found.state in (Order.State.DRAFT, Order.State.SECOND),
        "mine": found.first_yes_id == request.user.pk,
    }
    return render(request, "airtime/order.html", context)


@administrator
@require_POST
def yes(request: HttpRequest, order: uuid.UUID) -> HttpResponse:
    agreed = acts.agree(by=request.user, order=_order(request, order))  # type: ignore[arg-type]
    second = agreed.state == Order.State.SECOND
    flash.say(
        request,
        _("Another administrator must say yes too.")
        if second
        else _("It goes. Here you see what becomes of it."),
    )
    return redirect("airtime_order", order)


@administrator
@require_POST
def drop(request: HttpRequest, order: uuid.UUID) -> HttpResponse:
    acts.drop(by=request.user, order=_order(request, order))  # type: ignore[arg-type]
    flash.say(request, _("The order is dropped. Nothing was sent."))
    return redirect("airtime")


@administrator
@require_safe
def as_csv(request: HttpRequest, order: uuid.UUID) -> HttpResponse:
    """For the accounts: a row a share, with the provider's name for it and nobody's."""
    found = _order(request, order)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="airtime.csv"'
    response.write("\ufeff")
    table = csv.writer(response)
    table.writerow(
        ["share", "request_id", "state", "amount", "currency", "megabytes", "why", "came", "at"]
    )
    for share in found.shares.order_by("pk"):
        came = {None: "", True: "yes", False: "no"}[share.came]
        table.writerow(
            [share.pk, share.request_id, share.state, share.amount, found.currency,
             found.megabytes or "", share.why, came, share.at.isoformat(timespec="seconds")]
        )  # fmt: skip
    return response


@administrator
def beside(request: HttpRequest) -> HttpResponse:
    """The provider's list beside ours."""
    form = FileForm(request.POST or None, request.FILES or None)
    result, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                result = reconcile(
                    by=request.user,  # type: ignore[arg-type]
                    programme=request.programme,  # type: ignore[attr-defined]
                    data=form.cleaned_data["file"].read(),
                )
                status = 200
            except Refused as error:
                form.refuse(error)
    return render(request, "airtime/beside.html", {"form": form, "result": result}, status=status)
