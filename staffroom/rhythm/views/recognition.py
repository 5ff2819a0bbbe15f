"""Celebrations: by month for all, the one that concerns me, the sheet of paper for my wall."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from staffroom.communities.access import inside, member
from staffroom.communities.levers import acts, lever
from staffroom.conversations.views import inside as here
from staffroom.conversations.views.inside import InsideRequest, pace, sent_id
from staffroom.core import flash, ids
from staffroom.core.errors import NotYours, Refused, can
from staffroom.core.ids import uuid7
from staffroom.core.paging import paged
from staffroom.people.models import Person
from staffroom.rhythm.actions import recognition as doing
from staffroom.rhythm.forms.recognition import Naming
from staffroom.rhythm.models.recognition import Recognition
from staffroom.rhythm.queries import recognition as asking
from staffroom.rhythm.recognition_words import CHANGES
from staffroom.rhythm.views.common import page

acts(
    "recognition",
    gettext_lazy(
        "A member tells a colleague what their idea changed in class; the page of celebrations, month by month."
    ),
)
PAGE = 20


def _page(request: InsideRequest, name: str, **context: Any) -> HttpResponse:
    return page(request, f"recognition/{name}", **context)


@require_safe
@inside
@here.in_zone
def celebrations(request: InsideRequest, **rest: Any) -> HttpResponse:
    """What was celebrated in one month."""
    community = request.community
    month = asking.month_of(request.GET.get("month", ""), community)
    shown = paged(request, asking.celebrations(community, month), PAGE)
    posts = list(shown["page"])
    behind = asking.behind(posts)
    sources = asking.sources(community, behind.values())
    this = asking.month_of("", community)
    return _page(
        request,
        "month",
        month=month,
        before=month.before() if asking.is_older(community, month) else None,
        after=month.after() if month.first < this.first else None,
        cards=[_card(post, behind.get(post.pk), sources) for post in posts],
        said=asking.said_to(request.user, community)[:PAGE],
        named=asking.named_by(request.user, community),
        on=lever(community, "recognition") == "on",
        may_name=can(doing.check_name, request.user, community),
        **shown,
    )


def _card(post: Any, row: Recognition | None, sources: dict[uuid.UUID, Any]) -> dict[str, Any]:
    return {
        "post": post,
        "change": CHANGES[Recognition.Change(row.change)] if row else "",
        "source": sources.get(row.thing) if row and row.thing else None,
        "recognition": row,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@member
@here.in_zone
def new(request: InsideRequest, **rest: Any) -> HttpResponse:
    """First the colleague, then what changed."""
    people = asking.colleagues(request.user, request.community)
    about = _chosen(request, people)
    if about is None:
        refusal = _refusal(request)
        return _page(request, "whom", people=[] if refusal else people, refusal=refusal)
    came_from = here.position(request, "from")
    sources = asking.offered(request.community, about, came_from)
    first = next((f"{each.came}:{each.thing}" for each in sources if each.thing == came_from), "")
    form = Naming(request.POST or None, sources=sources, initial={"source": first})
    if request.method == "POST" and form.is_valid():
        try:
            pace(request)
            doing.name_change(
                by=request.user,
                community=request.community,
                about=about,
                id=sent_id(request),
                **form.words(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            words = _("%(name)s hears of it first, and decides whether the others do.")
            flash.say(request, words % {"name": about.first_name})
            return redirect("celebrations", request.community.pk)
    return _page(request, "name", form=form, about=about, new_id=sent_id(request) or uuid7())


def _chosen(request: InsideRequest, people: list[Person]) -> Person | None:
    try:
        wanted = ids.from_short(request.GET.get("about", ""))
    except ValueError:
        return None
    return next((person for person in people if person.pk == wanted), None)


def _refusal(request: InsideRequest) -> str:
    """Why nothing can be named just now; empty where it can."""
    try:
        doing.check_name(request.user, request.community)
    except Refused as refused:
        return refused.message
    return ""


def _one(request: InsideRequest, recognition: uuid.UUID) -> Recognition:
    found = asking.one(request.user, request.community, recognition)
    if found is None:
        raise NotYours
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@member
@here.in_zone
def recognition(request: InsideRequest, recognition: uuid.UUID, **rest: Any) -> HttpResponse:
    """What was said to me: who sees it is mine to say. Whoever said it reads it too."""
    found = _one(request, recognition)
    refusal = ""
    if request.method == "POST":
        try:
            return _decided(request, found)
        except Refused as refused:
            refusal = refused.message
    page = _page(
        request,
        "one",
        one=found,
        mine=found.about_id == request.user.pk,
        change=CHANGES[Recognition.Change(found.change)],
        source=asking.sources(request.community, [found]).get(found.thing) if found.thing else None,
        refusal=refusal,
    )
    page.status_code = 422 if refusal else 200
    return page


def _decided(request: InsideRequest, found: Recognition) -> HttpResponse:
    choice = request.POST.get("choice", "")
    if choice == "share":
        doing.share(by=request.user, recognition=found)
        flash.say(request, _("The community sees it now, among the lessons."))
    elif choice == "keep":
        doing.keep(by=request.user, recognition=found)
        flash.say(request, _("It is yours alone."))
    elif choice == "gone":
        doing.decline(by=request.user, recognition=found)
        flash.say(request, _("It is gone."))
        return redirect("celebrations", request.community.pk)
    else:
        raise Refused(_("Please choose one."))
    return redirect(reverse("recognition", args=[request.community.pk, found.pk]))


@require_safe
@member
@here.in_zone
def paper(request: InsideRequest, recognition: uuid.UUID, **rest: Any) -> HttpResponse:
    """A sheet of A4 for the colleague's own use, shared or not."""
    found = _one(request, recognition)
    if found.about_id != request.user.pk:
        raise NotYours
    return _page(
        request,
        "paper",
        about=found.about,
        by=found.by,
        at=found.at,
        happened=found.happened,
        saying=found.saying,
        change=CHANGES[Recognition.Change(found.change)],
        back=reverse("recognition", args=[request.community.pk, found.pk]),
    )


@require_safe
@member
@here.in_zone
def post_paper(request: InsideRequest, post: uuid.UUID, **rest: Any) -> HttpResponse:
    """The same of a celebration that was written in the stream, for whoever it is about."""
    found = asking.celebration_of(request.user, request.community, post)
    if found is None:
        raise NotYours
    return _page(
        request,
        "paper",
        about=found.about,
        by=found.author,
        at=found.created_at,
        happened=found.text,
        saying=found.saying,
        back=reverse("celebrations", args=[request.community.pk]),
    )
