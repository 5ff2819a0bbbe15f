"""My channels: where I write from, what comes to me there, and the way out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.channels.switchboard import known
from staffroom.channels.switchboard.actions import linking, sending
from staffroom.channels.switchboard.forms import RelayForm
from staffroom.channels.switchboard.models import Link
from staffroom.channels.switchboard.talk.saying import Say
from staffroom.channels.switchboard.talk.words import word
from staffroom.core import access, flash, limits
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.people.views.me import person_of


@access.signed_in
def channels(request: HttpRequest) -> HttpResponse:
    links = {each.channel: each for each in Link.objects.filter(person=person_of(request))}
    rows = [
        {
            "url": reverse("my_channel", args=[each.key]),
            "icon": "phone",
            "title": each.label,
            "text": state_of(links.get(each.key)),
        }
        for each in known.working()
    ]
    return render(request, "switchboard/channels.html", {"rows": rows, "tab": "me"})


def state_of(link: Link | None) -> str:
    if link is None:
        return _("Not linked")
    return _("Stopped") if link.stopped_at else _("Linked")


def _channel(key: str) -> known.Channel:
    found = known.find(key)
    if found is None or not found.works():
        raise NotYours
    return found


def _link(person: Person, key: str) -> Link:
    found = Link.objects.filter(person=person, channel=key).first()
    if found is None:
        raise NotYours
    return found


@access.signed_in
def channel(request: HttpRequest, channel: str) -> HttpResponse:
    here, person = _channel(channel), person_of(request)
    link = Link.objects.filter(person=person, channel=channel).first()
    form = RelayForm(request.POST or None, initial={"relay": link.relay if link else ""})
    if link is not None and form.is_valid():
        linking.choose_relay(by=person, channel=channel, relay=form.cleaned_data["relay"])
        flash.say(request, _("Saved."))
        return redirect("my_channel", channel)
    context = {"channel": here, "link": link, "form": form, "tab": "me"}
    status = 422 if link is not None and form.errors else 200
    return render(request, "switchboard/channel.html", context, status=status)


@access.signed_in
@require_POST
def code(request: HttpRequest, channel: str) -> HttpResponse:
    """Made anew each time, shown once."""
    here, person = _channel(channel), person_of(request)
    try:
        made = linking.make_code(by=person, channel=channel)
    except Refused as refusal:
        flash.say(request, refusal.message)
        return redirect("my_channel", channel)
    return render(request, "switchboard/code.html", code_context(here, made, person.language))


def code_context(channel: known.Channel, code: str, language: str) -> dict[str, Any]:
    words = f"{word('link', language)} {code}"
    return {
        "channel": channel,
        "words": words,
        "address": channel.address(),
        "opens": channel.opens(words),
        "tab": "me",
    }


@access.signed_in
@require_POST
def stop(request: HttpRequest, channel: str) -> HttpResponse:
    linking.stop(_link(person_of(request), channel))
    flash.say(request, _("Nothing more comes there."))
    return redirect("my_channel", channel)


@access.signed_in
@require_POST
def start(request: HttpRequest, channel: str) -> HttpResponse:
    linking.start(_link(person_of(request), channel))
    flash.say(request, _("It begins again."))
    return redirect("my_channel", channel)


@access.signed_in
@require_POST
def unlink(request: HttpRequest, channel: str) -> HttpResponse:
    linking.unlink(by=person_of(request), channel=channel)
    flash.say(request, _("It is no longer linked."))
    return redirect("my_channels")


@access.signed_in
@require_POST
def test(request: HttpRequest, channel: str) -> HttpResponse:
    """One message to oneself, to see that it arrives."""
    person = person_of(request)
    link = _link(person, channel)
    try:
        limits.take("channel test", str(person.pk), limit=5, seconds=3600)
    except Refused as refusal:
        flash.say(request, refusal.message)
    else:
        sending.send_test(link, Say(_("A test from Staffroom. It arrived.")))
        flash.say(request, _("It is on its way."))
    return redirect("my_channel", channel)
