"""The worker deals with what came in: each event once, in one transaction with all that it does."""

import datetime as dt
import logging
import uuid
from typing import Any

from django.db import transaction
from django.db.models import F

from staffroom.channels.switchboard import known
from staffroom.channels.switchboard.actions import (
    chats,
    hearing,
    kept,
    linking,
    news_of_sent,
    veil,
)
from staffroom.channels.switchboard.actions.media import Brought, File, bring
from staffroom.channels.switchboard.actions.receive import event_id
from staffroom.channels.switchboard.actions.sending import whisper
from staffroom.channels.switchboard.messages import Event, Inbound, Kind, Moved, Status, TryLater
from staffroom.channels.switchboard.models import Received
from staffroom.channels.switchboard.queries import people
from staffroom.core import outbox

log = logging.getLogger(__name__)
MOST_TRIES = 8
#: So often a file is asked for; then the words go without it.
MOST_FETCHES = 4


class NotYet(Exception):
    """It is about a message that has not come: it is looked at again in a moment."""


def deal(payload: dict[str, Any]) -> None:
    """Handler of `channel.received`, outside any transaction: files are fetched first."""
    row = Received.objects.select_related("payload").filter(pk=uuid.UUID(payload["id"])).first()
    if row is None or row.state != Received.State.WAITING:
        return
    try:
        _deal(row)
    except Exception as error:
        # The class alone: an error's text may hold a person's words.
        tries = row.tries + 1
        dead = tries >= MOST_TRIES
        log.warning(
            "channel.failed", extra={"channel": row.channel, "failure": type(error).__name__}
        )
        Received.objects.filter(pk=row.pk).update(
            tries=F("tries") + 1,
            why=type(error).__name__[:60],
            **({"state": Received.State.DEAD} if dead else {}),
        )
        if not dead:
            raise


def _deal(row: Received) -> None:
    channel = known.find(row.channel)
    event = _event(row, channel)
    if channel is None or event is None:
        _mark(row, Received.State.DEAD, "unreadable")
        return
    if isinstance(event, Inbound):
        _hear(row, channel, event)
        return
    with transaction.atomic():
        if not _held(row):
            return
        if isinstance(event, Status):
            if not news_of_sent.heard(row.channel, event) and row.tries < MOST_FETCHES:
                raise NotYet
        elif isinstance(event, Moved):
            linking.moved(channel=row.channel, old=event.old, new=event.new, group=event.group)
        _mark(row, Received.State.DONE)


def _event(row: Received, channel: known.Channel | None) -> Event | None:
    if channel is None or row.payload is None:
        return None
    events = channel.read(row.payload.raw)
    if row.number < len(events) and event_id(events[row.number]) == row.event_id:
        return events[row.number]
    return next((each for each in events if event_id(each) == row.event_id), None)


def _hear(row: Received, channel: known.Channel, event: Inbound) -> None:
    brought = _brought(row, channel, event)
    hear = chats.hear if event.chat else hearing.hear
    with transaction.atomic():
        if not _held(row):
            return
        outcome = hear(channel, event, brought, row)
        if outcome.not_yet and row.tries < MOST_FETCHES:
            raise NotYet
        if not outcome.veiled:
            _mark(row, Received.State.REFUSED if outcome.refused else Received.State.DONE)
    for address, say in outcome.whispers:
        whisper(address, channel, say)


def _brought(row: Received, channel: known.Channel, event: Inbound) -> list[Brought]:
    """The file of this message, or those of one that waited for this answer."""
    if event.kind in (Kind.EDIT, Kind.REMOVED, Kind.REACTION):
        return []
    if people.link_of(channel.key, event.sender) is None:
        return []  # of a stranger nothing is fetched
    wanted = [File.of(event)] if event.media else kept.files_waiting(channel.key, event)
    try:
        return [bring(channel, each) for each in wanted]
    except TryLater:
        if row.tries + 1 < MOST_FETCHES:
            raise
        return [Brought(each, fault=True) for each in wanted]


def _held(row: Received) -> bool:
    held = Received.objects.select_for_update().filter(pk=row.pk).first()
    return held is not None and held.state == Received.State.WAITING


def _mark(row: Received, state: str, why: str = "") -> None:
    Received.objects.filter(pk=row.pk).update(state=state, why=why)
    veil.clear(row.payload)


@transaction.atomic
def replay(*, channel: str = "", since: dt.datetime | None = None, dead: bool = True) -> int:
    """Deal once more with what was given up, or (`dead=False`) with all that still waits; how many.

    What was dealt with is not played again: its post stands.
    """
    state = Received.State.DEAD if dead else Received.State.WAITING
    rows = Received.objects.filter(state=state, payload__isnull=False)
    rows = rows.filter(channel=channel) if channel else rows
    found = list(rows.filter(at__gte=since) if since else rows)
    for row in found:
        Received.objects.filter(pk=row.pk).update(state=Received.State.WAITING, tries=0, why="")
        outbox.put("channel.received", id=str(row.pk))
    return len(found)
