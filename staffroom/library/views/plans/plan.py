"""The plans of a community; one plan; its beginning, its facts, its end."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from staffroom.communities.access import inside, is_member, member
from staffroom.communities.views.common import confirm
from staffroom.core import flash
from staffroom.core.errors import Refused, can
from staffroom.core.ids import from_short
from staffroom.core.paging import paged
from staffroom.library.actions.plans import begin as acts
from staffroom.library.actions.plans import share as sharing
from staffroom.library.actions.plans.common import (
    check_member,
    check_open,
    check_remove,
    check_write,
)
from staffroom.library.forms.plans import Beginning, Facts
from staffroom.library.models import LessonPlan
from staffroom.library.pdf import can_make_pdf
from staffroom.library.queries.plans import page as asking
from staffroom.library.queries.plans.reading import plans_of
from staffroom.library.views.plans.common import (
    Request,
    pace,
    page,
    plan_here,
    plan_url,
    sent_id,
    to_plan,
)

A_PAGE = 20
FACTS = ("title", "grade", "minutes", "topic", "subject", "language")


@inside
@require_GET
def plans(request: Request, **rest: Any) -> HttpResponse:
    """What was written last first."""
    found = asking.with_counts(plans_of(request.community))
    return page(
        request,
        "list",
        **paged(request, found, A_PAGE),
        may_begin=can(check_member, request.user, request.community),
    )


@member
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, **rest: Any) -> HttpResponse:
    form = Beginning(request.POST or None, community=request.community)
    if request.method == "POST" and form.is_valid():
        try:
            pace(request)
            plan = acts.begin(
                by=request.user,
                community=request.community,
                id=sent_id(request),
                **form.cleaned_data,
            )
            return to_plan(plan)
        except Refused as refusal:
            form.refuse(refusal)
    return page(
        request,
        "form",
        form=form,
        title=_("Plan a lesson together"),
        do=_("Begin"),
        draft="new",
        back=reverse("plans", args=[request.community.pk]),
        why_not=_why_not(request, check_member, request.community),
    )


@inside
@require_GET
def plan(request: Request, *, plan: uuid.UUID, **rest: Any) -> HttpResponse:
    """The page of a plan."""
    found = plan_here(request, plan)
    if found.removed_at is not None:
        return page(request, "gone", plan=found, may_return=can(check_remove, request.user, found))
    rows = asking.sections_shown(found, request.user)
    taught, times = asking.reports(found)
    return page(
        request,
        "plan",
        plan=found,
        rows=rows,
        minutes=asking.minutes(found, rows),
        authors=asking.authors(found),
        taught=taught,
        times=times,
        out=asking.taken_out(found),
        saved=asking.is_saved(found, request.user),
        pdf=can_make_pdf(),
        is_member=is_member(request.user, request.community),
        may_write=can(check_write, request.user, found),
        may_remove=can(check_remove, request.user, found),
        why_not=_why_not(request, check_open, request.community),
        left_url=_left(request, found),
    )


def _left(request: Request, plan: LessonPlan) -> str:
    """The draft that was just given up: the phone forgets it too."""
    try:
        section = from_short(request.GET.get("left", ""))
    except ValueError:
        return ""
    return reverse("plan_draft", args=[plan.community_id, plan.pk, section])


def _why_not(request: Request, check: Any, *arguments: Any) -> str:
    try:
        check(request.user, *arguments)
    except Refused as refusal:
        return refusal.message
    return ""


@inside
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: Request, *, plan: uuid.UUID, **rest: Any) -> HttpResponse:
    found = plan_here(request, plan)
    check_write(request.user, found)
    first = {name: getattr(found, name) for name in FACTS}
    form = Facts(request.POST or None, community=request.community, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            acts.change_facts(by=request.user, plan=found, **form.cleaned_data)
            return to_plan(found)
        except Refused as refusal:
            form.refuse(refusal)
    return page(
        request,
        "form",
        form=form,
        title=_("About the lesson"),
        do=_("Save"),
        back=plan_url(found),
    )


@member
@require_POST
def ready(request: Request, *, plan: uuid.UUID, **rest: Any) -> HttpResponse:
    found = plan_here(request, plan)
    is_ready = request.POST.get("ready") != "no"
    acts.set_ready(by=request.user, plan=found, ready=is_ready)
    if is_ready:
        flash.say(request, _("It is ready. The community hears of it; writing goes on as before."))
    return to_plan(found)


@member
@require_POST
def share(request: Request, *, plan: uuid.UUID, **rest: Any) -> HttpResponse:
    found = plan_here(request, plan)
    if request.POST.get("share") == "no":
        sharing.unshare(by=request.user, plan=found)
        flash.say(request, _("It is your community’s alone again. Copies of others stay theirs."))
    else:
        sharing.share(by=request.user, plan=found)
        flash.say(
            request,
            _("Shared with the communities of %(programme)s: the sections, and no name.")
            % {"programme": request.community.programme.name},
        )
    return to_plan(found)


@inside
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: Request, *, plan: uuid.UUID, **rest: Any) -> HttpResponse:
    found = plan_here(request, plan)
    check_remove(request.user, found)
    if request.method == "POST":
        acts.remove(by=request.user, plan=found)
        flash.say(
            request,
            _("Taken out. Nothing of it is deleted."),
            undo=reverse("plan_return", args=[request.community.pk, found.pk]),
        )
        return redirect("plans", request.community.pk)
    return confirm(
        request,
        title=_("Take it out"),
        question=_("Take this plan out?"),
        text=[
            _(
                "It leaves the list and the shared shelf. Nothing of it is deleted, and you can bring it back."
            )
        ],
        do=_("Take it out"),
        back=plan_url(found),
    )


@inside
@require_POST
def bring_back(request: Request, *, plan: uuid.UUID, **rest: Any) -> HttpResponse:
    found = plan_here(request, plan)
    acts.bring_back(by=request.user, plan=found)
    return to_plan(found)
