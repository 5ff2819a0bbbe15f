"""A message goes to its carrier: its words are found now, by what the person may read now."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from staffroom.conversations.models import Post
from staffroom.core import outbox
from staffroom.core.clock import now
from staffroom.notices import carriers, links, plain, quiet
from staffroom.notices.models import Digest, Message, Preference, Reminder
from staffroom.notices.queries import digests, reminders
from staffroom.notices.queries.reach import Places, places_of, preference_of

State = Message.State
KINDS: dict[str, type[Message]] = {"digest.send": Digest, "reminder.send": Reminder}
#: Later than this the next one tells it.
TOO_LATE = dt.timedelta(hours=20)
#: The outbox gives up after twelve attempts; before that we say so ourselves.
MOST_TRIES = 11


def send(payload: dict[str, Any]) -> None:
    """Handler of `digest.send`, outside any transaction. What was once given away is not again."""
    _give("digest.send", payload)


def send_reminder(payload: dict[str, Any]) -> None:
    """Handler of `reminder.send`; the same."""
    _give("reminder.send", payload)


def _give(topic: str, payload: dict[str, Any]) -> None:
    prepared = _prepare(topic, uuid.UUID(payload["id"]))
    if prepared is None:
        return
    message, carrier, text = prepared
    try:
        carrier.send(carriers.address_of(carrier, message.person), text)
    except carriers.Undeliverable as error:
        _end(message, State.FAILED, error.code)
    except carriers.TryLater:
        if message.tries >= MOST_TRIES:
            _end(message, State.FAILED, "later")
            return
        rows: Any = type(message)._default_manager
        rows.filter(pk=message.pk, state=State.TRYING).update(state=State.WAITING)
        raise
    else:
        _end(message, State.SENT, "")


def _obstacle(message: Message, preference: Preference, carrier: carriers.Carrier | None) -> str:
    """Why this is not given away (any more): one of the words that the page of digests explains."""
    if message.state == State.TRYING:
        # A worker died while the carrier had it. It may have arrived: twice would be worse.
        return "unknown"
    if preference.by != message.by or not _wanted(message, preference):
        return "stopped"
    if carrier is None or not message.person.is_active:
        return "off"
    if not carriers.address_of(carrier, message.person):
        return "number"
    return "later" if now() > _no_later(message) else ""


def _wanted(message: Message, preference: Preference) -> bool:
    if isinstance(message, Reminder):
        return preference.hour_too
    return preference.often != Preference.Often.NONE


def _no_later(message: Message) -> dt.datetime:
    if isinstance(message, Reminder):
        return message.gathering.begins
    return message.made_at + TOO_LATE


@transaction.atomic
def _prepare(topic: str, id: uuid.UUID) -> tuple[Message, carriers.Carrier, str] | None:
    """Hold the message, find its words and mark it as being given away; None: nothing is to be sent."""
    rows: Any = KINDS[topic]._default_manager
    message = rows.select_for_update(of=("self",)).select_related("person").filter(pk=id).first()
    if message is None or message.state not in (State.WAITING, State.TRYING):
        return None
    places, preference = places_of(message.person), preference_of(message.person)
    carrier = carriers.find(message.by)
    if why := _obstacle(message, preference, carrier):
        _end(message, State.FAILED, why)
        return None
    assert carrier is not None
    here = now().astimezone(digests.zone_for(message.person, places))
    if quiet.is_quiet(message.person, here.time()):
        outbox.put(topic, delay=quiet.ends_at(message.person, here) - now(), id=str(message.pk))
        return None
    return _written(message, carrier, places, preference)


def _written(
    message: Message, carrier: carriers.Carrier, places: Places, preference: Preference
) -> tuple[Message, carriers.Carrier, str] | None:
    with translation.override(message.person.language):
        text = words_of(message, places, preference, carrier)
    if not text:
        _end(message, State.EMPTY, "")
        return None
    parts = 0 if carrier.free else carrier.parts(text)
    zone = digests.zone_for(message.person, places)
    used = digests.parts_used(message.person, zone) - message.parts
    if parts and used + parts > digests.allowance_of(places.readable):
        _end(message, State.FAILED, "cap")
        return None
    message.state, message.parts, message.tries = State.TRYING, parts, message.tries + 1
    message.save(update_fields=["state", "parts", "tries"])
    return message, carrier, text


def words_of(
    message: Message, places: Places, preference: Preference, carrier: carriers.Carrier
) -> str:
    """In the person's language, with the way out at its end; empty where there is nothing to say."""
    tail = _("Stop: %(link)s") % {"link": links.stop_link(preference)}
    if isinstance(message, Reminder):
        line = reminders.line(message, places)
        return f"{line}\n{tail}" if line else ""
    assert isinstance(message, Digest)
    news = digests.held_by(message, places, unread=True)
    if not news.count:
        return ""
    read = _("Read: %(link)s") % {"link": links.whole(reverse("digest", args=[message.pk]))}
    number = carrier.number

    def told(post: Post) -> str:
        found = number(message.person, post) if number else None
        return f"{found}" if found else "-"

    return plain.text_of(
        news, words=preference.words, tail=f"{read}\n{tail}", fits=carrier.fits, mark=told
    )


def _end(message: Message, state: str, why: str) -> None:
    """How it went. The page has it in any case."""
    message.state, message.why = state, why
    message.sent_at = now() if state == State.SENT else None
    message.save(update_fields=["state", "why", "sent_at"])
