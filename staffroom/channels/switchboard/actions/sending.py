"""What goes out: written down in the act's transaction, given to the provider by the worker, once."""

import datetime as dt
import time
import uuid
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import translation

from staffroom.channels.switchboard import known, messages, telling
from staffroom.channels.switchboard.actions import money
from staffroom.channels.switchboard.models import GroupLink, Link, Pace, Sent
from staffroom.channels.switchboard.queries import money as costs
from staffroom.channels.switchboard.queries import people
from staffroom.channels.switchboard.talk.saying import Say, fit
from staffroom.communities import offices
from staffroom.communities.models import Community
from staffroom.core import outbox
from staffroom.core.clock import now
from staffroom.places.models import Programme

TOPIC = "channel.send"
State, Kind = Sent.State, Sent.Kind
MOST_TRIES = 10
#: What was to be told as it came is no news after so long; the digest has it.
TOO_LATE = dt.timedelta(hours=20)
#: Nobody waits longer for a turn at the provider than this; the outbox comes again.
PATIENCE = 3.0


def put(
    *,
    kind: str,
    link: Link | None = None,
    group: GroupLink | None = None,
    say: Say | None = None,
    ref: uuid.UUID | None = None,
    community: Community | None = None,
    reply_to: str = "",
    key: str | None = None,
    delay: dt.timedelta | None = None,
) -> Sent | None:
    """Write down that something is to go; None where the same (`key`) was written down before."""
    place = link or group
    assert place is not None
    if key is not None and Sent.objects.filter(key=key).exists():
        return None
    if community is None and group is not None:
        community = group.community
    sent = Sent.objects.create(
        channel=place.channel,
        link=link,
        group=group,
        kind=kind,
        ref=ref or (say.about if say else None),
        words=_kept(say),
        community=community,
        programme=_programme(link, community),
        reply_to=reply_to,
        key=key,
    )
    outbox.put(TOPIC, key=f"{TOPIC}:{sent.pk}", delay=delay, id=str(sent.pk))
    return sent


def _programme(link: Link | None, community: Community | None) -> Programme | None:
    if community is not None:
        return community.programme
    return offices.programme_of(link.person) if link is not None else None


def _kept(say: Say | None) -> dict[str, Any]:
    if say is None:
        return {}
    buttons = [[each.key, each.label, each.about] for each in say.buttons]
    return {"text": say.text, "buttons": buttons, "last": say.last}


def deliver(payload: dict[str, Any]) -> None:
    """Handler of `channel.send`, outside any transaction."""
    id = uuid.UUID(payload["id"])
    prepared = _prepare(id)
    if prepared is None:
        return
    sent, channel, out = prepared
    try:
        wait_for_turn(channel)
        taken = channel.send(out)
    except messages.TryLater as error:
        _again(sent, error)
    except messages.Undeliverable as error:
        _end(sent, State.FAILED, error.code)
    except messages.Unknown as error:
        _end(sent, State.FAILED, f"unknown {error.code}")
    else:
        _taken(sent, taken)


@transaction.atomic
def _prepare(id: uuid.UUID) -> tuple[Sent, known.Channel, messages.Outbound] | None:
    """Hold it, find its words and mark it as being given away; None: nothing is to be sent."""
    rows = Sent.objects.select_for_update(of=("self",))
    sent = (
        rows.select_related("link__person", "group__community", "programme").filter(pk=id).first()
    )
    if sent is None or sent.state not in (State.WAITING, State.SENDING):
        return None
    if sent.state == State.SENDING:
        # A worker died while the provider had it. It may have arrived: twice would be worse.
        _end(sent, State.FAILED, "unknown")
        return None
    channel = known.find(sent.channel)
    if why := _obstacle(sent, channel):
        _end(sent, State.FAILED, why)
        return None
    assert channel is not None
    if (delay := telling.quiet_for(sent)) is not None:
        outbox.put(TOPIC, delay=delay, id=str(sent.pk))
        return None
    out = _written(sent, channel)
    if out is None:
        _end(sent, State.FAILED, "nothing")
        return None
    Sent.objects.filter(pk=sent.pk).update(state=State.SENDING, tries=sent.tries + 1)
    sent.tries += 1
    return sent, channel, out


def _obstacle(sent: Sent, channel: known.Channel | None) -> str:
    """Why it does not go (any more)."""
    if channel is None or not channel.works():
        return "off"
    link = sent.link
    if link is not None:
        if not people.in_use(link.person):
            return "stopped"
        if link.stopped_at is not None and not sent.words.get("last"):
            return "stopped"
        if is_outside(link, channel) and not channel.can.templates:
            return "window"
    if sent.kind == Kind.RELAY:
        if now() - sent.made_at > TOO_LATE:
            return "late"
        return _cap(sent)
    return ""


def is_outside(link: Link, channel: known.Channel) -> bool:
    """Whether the provider lets us answer freely no more."""
    window = channel.can.window
    return window is not None and (link.heard_at is None or now() - link.heard_at > window)


def _cap(sent: Sent) -> str:
    if costs.is_used_up(sent.programme):
        return "cap"
    if sent.link is not None:
        budget = costs.budget_of(sent.programme)
        if costs.parts_of(sent.link.person) >= budget.parts_a_person:
            return "cap"
    return ""


def _written(sent: Sent, channel: known.Channel) -> messages.Outbound | None:
    """In the person's language, by what they may read now."""
    where = sent.link or sent.group
    assert where is not None
    language = sent.link.person.language if sent.link else sent.group.community.language  # type: ignore[union-attr]
    with translation.override(language):
        say = telling.words_of(sent, channel)
    if say is None:
        return None
    say = fit(say, channel.can)
    template = None
    if sent.link is not None and is_outside(sent.link, channel):
        template = messages.Template("news", language)
    return messages.Outbound(
        to=sent.link.address if sent.link else sent.group.chat,  # type: ignore[union-attr]
        text=say.text,
        group=sent.group is not None,
        topic=telling.topic_of(sent),
        reply_to=sent.reply_to,
        buttons=say.buttons,
        template=template,
    )


def _again(sent: Sent, error: messages.TryLater) -> None:
    """Later, and not before the provider said; given up where somebody can see it."""
    if sent.tries >= MOST_TRIES:
        _end(sent, State.DEAD, error.code)
        return
    wait = max(outbox.backoff(sent.tries), dt.timedelta(seconds=error.after or 0))
    with transaction.atomic():
        Sent.objects.filter(pk=sent.pk).update(state=State.WAITING, why=error.code[:60])
        outbox.put(TOPIC, delay=wait, id=str(sent.pk))


@transaction.atomic
def _taken(sent: Sent, taken: messages.Taken) -> None:
    cost, currency = money.cost_of(sent.channel, taken, sent.programme)
    Sent.objects.filter(pk=sent.pk).update(
        state=State.SENT,
        provider_id=taken.id[:200],
        parts=taken.parts,
        cost=cost,
        currency=currency,
        sent_at=now(),
        why="",
        words={},
    )
    money.count(
        sent.channel,
        sent.programme,
        sent.community,
        messages=1,
        parts=taken.parts,
        cost=cost,
        currency=currency,
    )


def _end(sent: Sent, state: str, why: str) -> None:
    Sent.objects.filter(pk=sent.pk).update(
        state=state, why=why[:60], words=sent.words if state == State.DEAD else {}
    )


def wait_for_turn(channel: known.Channel) -> None:
    """The provider takes so many a second from all of our workers together."""
    each = 1 / channel.can.a_second
    Pace.objects.get_or_create(channel=channel.key)
    with transaction.atomic():
        pace = Pace.objects.select_for_update().get(channel=channel.key)
        moment = time.time()
        turn = max(moment, min(pace.next_at, moment + 60))
        if turn - moment > PATIENCE:
            raise messages.TryLater("busy", after=turn - moment)
        Pace.objects.filter(pk=pace.pk).update(next_at=turn + each)
    if turn > moment:
        time.sleep(turn - moment)


def whisper(address: str, channel: known.Channel, say: Say) -> None:
    """Said at once and written down nowhere: what goes with writing without a name.

    Counted, as every message is; if the line breaks it is not said again.
    """
    say = fit(say, channel.can)
    out = messages.Outbound(to=address, text=say.text, buttons=say.buttons)
    try:
        wait_for_turn(channel)
        taken = channel.send(out)
    except (messages.TryLater, messages.Undeliverable, messages.Unknown):
        return
    cost, currency = money.cost_of(channel.key, taken, None)
    money.count(
        channel.key,
        None,
        None,
        messages=1,
        parts=taken.parts,
        cost=cost or Decimal(0),
        currency=currency,
    )


def retry(*, programme: Programme | None = None, channel: str = "") -> int:
    """Give what was given up another round; how many."""
    dead = Sent.objects.filter(state=State.DEAD)
    dead = dead.filter(programme=programme) if programme else dead
    rows = list(dead.filter(channel=channel) if channel else dead)
    for sent in rows:
        with transaction.atomic():
            Sent.objects.filter(pk=sent.pk).update(state=State.WAITING, tries=0, made_at=now())
            outbox.put(TOPIC, id=str(sent.pk))
    return len(rows)


@transaction.atomic
def send_test(link: Link, say: Say) -> None:
    """A message to oneself."""
    put(kind=Kind.TEST, link=link, say=say)
