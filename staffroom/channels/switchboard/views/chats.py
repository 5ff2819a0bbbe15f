"""The chats of a community: linked by its moderator, once they have read what that means."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.channels.switchboard import known
from staffroom.channels.switchboard.actions import linking
from staffroom.channels.switchboard.forms import ChatRelayForm
from staffroom.channels.switchboard.models import GroupLink
from staffroom.channels.switchboard.views.mine import code_context
from staffroom.communities.access import is_moderator, moderator
from staffroom.communities.views.common import Request
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused


def offering() -> list[known.Channel]:
    """The channels that have group chats."""
    return [each for each in known.working() if each.can.groups]


@moderator
def chats(request: Request, **rest: Any) -> HttpResponse:
    there = set(
        GroupLink.objects.filter(community=request.community).values_list("channel", flat=True)
    )
    rows = [
        {
            "url": reverse("chat", args=[request.community.pk, each.key]),
            "icon": "talk",
            "title": each.label,
            "text": _("Linked") if each.key in there else _("Not linked"),
        }
        for each in offering()
    ]
    context = {"rows": rows, "community": request.community, "tab": "communities"}
    return render(request, "switchboard/chats.html", context)


def _channel(key: str) -> known.Channel:
    found = next((each for each in offering() if each.key == key), None)
    if found is None:
        raise NotYours
    return found


@moderator
def chat(request: Request, *, channel: str, **rest: Any) -> HttpResponse:
    """What it means, then a code to be said in the chat; once linked, what goes there."""
    here, community = _channel(channel), request.community
    group = GroupLink.objects.filter(community=community, channel=channel).first()
    context: dict[str, Any] = {
        "channel": here,
        "group": group,
        "form": ChatRelayForm(initial={"relay": group.relay if group else ""}),
        "community": community,
        "tab": "communities",
    }
    if request.method != "POST":
        return render(request, "switchboard/chat.html", context)
    try:
        code = linking.make_code(by=request.user, channel=channel, community=community)
    except Refused as refusal:
        flash.say(request, refusal.message)
        return redirect("chat", community.pk, channel)
    made = code_context(here, code, request.user.language) | {"opens": "", "in_chat": True}
    made["words"] = here.in_chat(made["words"])
    return render(request, "switchboard/code.html", context | made)


@moderator
@require_POST
def relay(request: Request, *, channel: str, **rest: Any) -> HttpResponse:
    form = ChatRelayForm(request.POST)
    if form.is_valid():
        linking.choose_chat_relay(
            by=request.user,
            community=request.community,
            channel=channel,
            relay=form.cleaned_data["relay"],
        )
        flash.say(request, _("Saved."))
    return redirect("chat", request.community.pk, channel)


@moderator
@require_POST
def unlink(request: Request, *, channel: str, **rest: Any) -> HttpResponse:
    linking.unlink_chat(by=request.user, community=request.community, channel=channel)
    flash.say(request, _("The chat is no longer linked."))
    return redirect("chats", request.community.pk)


def about_rows(request: Request) -> list[dict[str, str]]:
    """The line of the page *About this community*, for its moderator."""
    if not offering() or not is_moderator(request.user, request.community):
        return []
    return [
        {
            "url": reverse("chats", args=[request.community.pk]),
            "icon": "talk",
            "title": _("Our chat in a messenger"),
            "text": _("What is said there stands here too"),
        }
    ]
