"""Inviting: somebody by name, by phone number, or whoever holds a link on paper."""

import uuid

import segno
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.communities import offices, queries
from staffroom.communities.access import member, tending
from staffroom.communities.actions import inviting, outside
from staffroom.communities.forms import InvitingByPhone
from staffroom.communities.levers import lever
from staffroom.communities.models import Invitation
from staffroom.communities.queries.known import known_by_name
from staffroom.communities.views.common import Request, page, schools_of
from staffroom.core import flash, ids, limits
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.people.models import Person

DAY = 24 * 3600


def _page(request: Request, garden: bool, form: InvitingByPhone | None = None) -> HttpResponse:
    here = request.community
    words = one_line(request.GET.get("words", ""))[:60]
    if words:
        limits.take("find-person", str(request.user.pk), limit=200, seconds=DAY)
    found = known_by_name(request.user, here, words, outside=garden) if words else []
    schools = schools_of(found)
    for each in found:
        each.school = schools.get(each.pk, "")  # type: ignore[attr-defined]
    return page(
        request,
        "invite",
        form=form or InvitingByPhone(),
        words=words,
        found=found,
        links=_links(request) if not garden else _links(request, mine=True),
        garden=garden,
        size=len(queries.active_ids(here)),
        most=lever(here, "size"),
        new_id=ids.uuid7(),
        names=_names(garden),
    )


def _names(garden: bool) -> dict[str, str]:
    start = "garden_" if garden else ""
    return {
        key: f"{start}{key}" for key in ("invite", "invite_person", "invite_phone", "make_link")
    }


def _links(request: Request, mine: bool = False) -> list[Invitation]:
    links = Invitation.objects.filter(
        community=request.community,
        withdrawn_at=None,
        expires_at__gt=now(),
        uses_left__gt=0,
    ).select_related("made_by")
    if mine:
        links = links.filter(made_by=request.user)
    return list(links.order_by("-made_at"))


def _invite_person(request: Request, garden: bool) -> HttpResponse:
    here = request.community
    limits.take("invite", str(request.user.pk), limit=60, seconds=DAY)
    person = _posted_person(request)
    if garden:
        inviting.invite_quietly(by=request.user, community_id=here.pk, person=person)
        flash.say(request, _waits())
    else:
        inviting.invite(by=request.user, community_id=here.pk, person=person)
        flash.say(request, _("%(name)s is invited.") % {"name": person.name})
    return redirect(_names(garden)["invite"], here.pk)


def _posted_person(request: Request) -> Person:
    try:
        wanted = ids.from_short(request.POST.get("person", ""))
    except ValueError as error:
        raise NotYours from error
    here = request.community
    person = Person.objects.filter(pk=wanted, erased_at=None).first()
    if person is None or not offices.works_in(wanted, here.programme):
        raise NotYours
    return person


def _waits() -> str:
    """The same whether there is an account, a membership or a wall."""
    return _("If this colleague may join, the invitation waits. Tell them to sign in.")


def _invite_phone(request: Request, garden: bool) -> HttpResponse:
    here = request.community
    form = InvitingByPhone(request.POST)
    if form.is_valid():
        limits.take("invite-phone", str(request.user.pk), limit=30, seconds=DAY)
        try:
            inviting.invite_by_phone(by=request.user, community_id=here.pk, **form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            flash.say(request, _waits())
            return redirect(_names(garden)["invite"], here.pk)
    return _page(request, garden, form)


def _make_link(request: Request, garden: bool) -> HttpResponse:
    here = request.community
    limits.take("make-link", str(request.user.pk), limit=20, seconds=DAY)
    try:
        wanted = uuid.UUID(request.POST.get("id", ""))
    except ValueError:
        wanted = ids.uuid7()
    invitation = inviting.make_link(by=request.user, community_id=here.pk, id=wanted)
    return redirect("garden_link" if garden else "link", here.pk, invitation.pk)


def _link(request: Request, invitation: uuid.UUID, garden: bool) -> HttpResponse:
    """The link as a code to print. Only inside: whoever holds the paper can ask to join."""
    found = (
        Invitation.objects.filter(pk=invitation, community=request.community)
        .select_related("made_by")
        .first()
    )
    if found is None or (garden and found.made_by_id != request.user.pk):
        raise NotYours
    token = inviting.token_of(found)
    if inviting.living_link(token) is None:
        raise NotYours
    address = request.build_absolute_uri(reverse("join", args=[token]))
    code = segno.make(address, error="m").svg_inline(scale=6, border=2, omitsize=True)
    return page(
        request,
        "link",
        invitation=found,
        address=address,
        code=mark_safe(code),  # noqa: S308  # drawn by segno from our own address
        back=reverse(_names(garden)["invite"], args=[found.community_id]),
        garden=garden,
    )


@member
def invite(request: Request, community: uuid.UUID) -> HttpResponse:
    return _page(request, garden=False)


@member
@require_POST
def invite_person(request: Request, community: uuid.UUID) -> HttpResponse:
    return _invite_person(request, garden=False)


@member
@require_POST
def invite_phone(request: Request, community: uuid.UUID) -> HttpResponse:
    return _invite_phone(request, garden=False)


@member
@require_POST
def make_link(request: Request, community: uuid.UUID) -> HttpResponse:
    return _make_link(request, garden=False)


@member
def link(request: Request, community: uuid.UUID, invitation: uuid.UUID) -> HttpResponse:
    return _link(request, invitation, garden=False)


@member
@require_POST
def withdraw_link(request: Request, community: uuid.UUID, invitation: uuid.UUID) -> HttpResponse:
    inviting.withdraw_link(by=request.user, invitation_id=invitation)
    flash.say(request, _("The link no longer works."))
    return redirect("invite", community)


@tending
def garden_invite(request: Request, community: uuid.UUID) -> HttpResponse:
    here = request.community
    outside.looked(person=request.user, community=here, office="gardener", page="invite")
    return _page(request, garden=True)


@tending
@require_POST
def garden_invite_person(request: Request, community: uuid.UUID) -> HttpResponse:
    return _invite_person(request, garden=True)


@tending
@require_POST
def garden_invite_phone(request: Request, community: uuid.UUID) -> HttpResponse:
    return _invite_phone(request, garden=True)


@tending
@require_POST
def garden_make_link(request: Request, community: uuid.UUID) -> HttpResponse:
    return _make_link(request, garden=True)


@tending
def garden_link(request: Request, community: uuid.UUID, invitation: uuid.UUID) -> HttpResponse:
    return _link(request, invitation, garden=True)
