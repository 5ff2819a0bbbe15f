"""The phones of one person side by side: the web, WhatsApp, Telegram, text messages."""

import time
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.core import access
from staffroom.core.errors import NotYours
from staffroom.people.models import Person
from staffroom.web.demo.known import BY_KEY
from staffroom.web.demo.views import check_demo
from staffroom.web.simulator import line, thread
from staffroom.web.simulator.bubbles import Bubble, Done

#: Who holds the phones; each is linked to every channel in the demo.
HOLDERS = ("amina", "baraka", "daudi", "esther")
CHANNELS = ("whatsapp", "telegram", "sms")
#: How long the page waits for an answer of the house, in seconds; then it is shown as it is.
PATIENCE = 6.0


@dataclass
class Shown:
    """One phone as the page draws it."""

    key: str
    name: str
    bubbles: list[Bubble] = field(default_factory=list)
    silent: bool = False


def names() -> dict[str, str]:
    return {"whatsapp": "WhatsApp", "telegram": "Telegram", "sms": _("Text message")}


@access.anyone
def phones(request: HttpRequest) -> HttpResponse:
    person, key = _holder(request.GET.get("as", ""))
    context: dict[str, Any] = {
        "phones": [_phone(channel, name, person) for channel, name in names().items()],
        "holder": person,
        "key": key,
        "holders": [(each, _person(each)) for each in HOLDERS],
        "community": thread.community_of(person),
        "posts": thread.posts_for(person),
    }
    return render(request, "web/simulator/phones.html", context)


@access.anyone
@require_POST
def act(request: HttpRequest, channel: str) -> HttpResponse:
    """Write, press or react on one of the phones."""
    person, key = _holder(request.POST.get("as", ""))
    if channel not in CHANNELS:
        raise NotYours
    said = {name: request.POST.get(name, "").strip()[:6000] for name in ("text", "press", "react")}
    if any(said.values()):
        done = Done(**said, reply_to=request.POST.get("reply_to", "")[:200])
        _do(channel, str(person.phone), done)
    return redirect(f"{reverse('phones')}?as={key}#phone-{channel}")


def _do(channel: str, who: str, done: Done) -> None:
    """Do it, and wait until the house has answered: the page then shows both."""
    try:
        before = _theirs(line.does(channel, who, done))
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and _theirs(line.shows(channel, who)) == before:
            time.sleep(0.2)
    except line.Silent:
        return  # the phone says so itself


def _theirs(bubbles: list[Bubble]) -> set[str]:
    return {bubble.id for bubble in bubbles if not bubble.mine}


def _holder(key: str) -> tuple[Person, str]:
    check_demo()
    if not settings.SIMULATOR_URL:
        raise NotYours
    key = key if key in HOLDERS else HOLDERS[0]
    return _person(key), key


def _person(key: str) -> Person:
    person = Person.objects.filter(phone=BY_KEY[key].phone).first()
    if person is None:
        raise NotYours
    return person


def _phone(channel: str, name: str, person: Person) -> Shown:
    try:
        return Shown(channel, name, line.shows(channel, str(person.phone)))
    except line.Silent:
        return Shown(channel, name, silent=True)
