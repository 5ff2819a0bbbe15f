"""A digest goes to its carrier: its words are found now, by what the person may read now."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from staffroom.core import outbox
from staffroom.core.clock import now
from staffroom.notices import carriers, links, plain, quiet
from staffroom.notices.models import Digest, Preference
from staffroom.notices.queries import digests
from staffroom.notices.queries.reach import Places, places_of, preference_of

State = Digest.State
#: Later than this the next one tells it.
TOO_LATE = dt.timedelta(hours=20)
#: The outbox gives up after twelve attempts; before that we say so ourselves.
MOST_TRIES = 11


def send(payload: dict[str, Any]) -> None:
    """Handler of `digest.send`, outside any transaction. What was once given away is not again."""
    prepared = _prepare(uuid.UUID(payload["digest"]))
    if prepared is None:
        return
    digest, carrier, text = prepared
    try:
        carrier.send(carrier.address(digest.person), text)
    except carriers.Undeliverable as error:
        _end(digest, State.FAILED, error.code)
    except carriers.TryLater:
        if digest.tries >= MOST_TRIES:
            _end(digest, State.FAILED, "later")
            return
        Digest.objects.filter(pk=digest.pk, state=State.TRYING).update(state=State.WAITING)
        raise
    else:
        _end(digest, State.SENT, "")


def _obstacle(digest: Digest, preference: Preference, carrier: carriers.Carrier | None) -> str:
    """Why this digest is not given away (any more): one of the words that its page explains."""
    if digest.state == State.TRYING:
        # A worker died while the carrier had it. It may have arrived: twice would be worse.
        return "unknown"
    if preference.by != digest.by or preference.often == Preference.Often.NONE:
        return "stopped"
    if carrier is None or not digest.person.is_active:
        return "off"
    if not carrier.address(digest.person):
        return "number"
    return "later" if now() - digest.made_at > TOO_LATE else ""


@transaction.atomic
def _prepare(id: uuid.UUID) -> tuple[Digest, carriers.Carrier, str] | None:
    """Hold the digest, find its words and mark it as being given away; None: nothing is to be sent."""
    held = Digest.objects.select_for_update(of=("self",)).select_related("person")
    digest = held.filter(pk=id).first()
    if digest is None or digest.state not in (State.WAITING, State.TRYING):
        return None
    places, preference = places_of(digest.person), preference_of(digest.person)
    carrier = carriers.find(digest.by)
    if why := _obstacle(digest, preference, carrier):
        _end(digest, State.FAILED, why)
        return None
    assert carrier is not None
    here = now().astimezone(digests.zone_for(digest.person, places))
    if quiet.is_quiet(digest.person, here.time()):
        wait = quiet.ends_at(digest.person, here) - now()
        outbox.put("digest.send", delay=wait, digest=str(digest.pk))
        return None
    return _written(digest, carrier, places, preference)


def _written(
    digest: Digest, carrier: carriers.Carrier, places: Places, preference: Preference
) -> tuple[Digest, carriers.Carrier, str] | None:
    news = digests.held_by(digest, places, unread=True)
    if not news.count:
        _end(digest, State.EMPTY, "")
        return None
    text = message(digest, news, preference, carrier)
    parts, zone = carrier.parts(text), digests.zone_for(digest.person, places)
    used = digests.parts_used(digest.person, zone) - digest.parts
    if used + parts > digests.allowance_of(places.readable):
        _end(digest, State.FAILED, "cap")
        return None
    digest.state, digest.parts, digest.tries = State.TRYING, parts, digest.tries + 1
    digest.save(update_fields=["state", "parts", "tries"])
    return digest, carrier, text


def message(digest: Digest, news: Any, preference: Preference, carrier: carriers.Carrier) -> str:
    """In the person's language, with the two links at its end."""
    with translation.override(digest.person.language):
        tail = _("Read: %(link)s") % {"link": links.whole(reverse("digest", args=[digest.pk]))}
        tail += "\n" + _("Stop: %(link)s") % {"link": links.stop_link(preference)}
        return plain.text_of(news, words=preference.words, tail=tail, fits=carrier.fits)


def _end(digest: Digest, state: str, why: str) -> None:
    """How it went. The page has it in any case."""
    digest.state, digest.why = state, why
    digest.sent_at = now() if state == State.SENT else None
    digest.save(update_fields=["state", "why", "sent_at"])
