"""How long things are kept."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.core import retention
from staffroom.core.errors import NotYours
from staffroom.governing.actions.retention import set_days
from staffroom.governing.forms import DaysForm
from staffroom.governing.views.common import Request, ask, page
from staffroom.places.access import administrator
from staffroom.places.models import Programme


@administrator
def show(request: Request) -> HttpResponse:
    return page(
        request,
        "retention",
        rules=[
            {
                "rule": rule,
                "deletes": rule.due is not None,
                "days": days,
                "due": count,
                "own": days != rule.days,
            }
            for rule, days, count in retention.waiting()
        ],
        several=Programme.objects.count() > 1,
    )


@administrator
def days(request: Request, rule: str) -> HttpResponse:
    found = next(((r, d) for r, d in retention.chosen() if r.key == rule and r.due), None)
    if found is None:
        raise NotYours
    row, current = found
    return ask(
        request,
        DaysForm(request.POST or None, initial={"days": current}),
        lambda days: set_days(by=request.user, rule=rule, days=days),
        title=_("How long is this kept?"),
        fact=row.what,
        note=_("From %(least)s to %(most)s days. Without your choice it is %(days)s.")
        % {"least": row.least, "most": row.most, "days": row.days},
        do=_("Save"),
        back=reverse("retention"),
        said=_("Saved. It counts from the coming night."),
    )
