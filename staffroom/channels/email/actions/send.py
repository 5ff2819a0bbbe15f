"""A letter goes to its reader: its words are found now, by what they hold and may know now."""

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation

from staffroom.channels.email import boxes, sending, words
from staffroom.channels.email.actions import boxing
from staffroom.channels.email.actions.make import TOPIC
from staffroom.channels.email.models import StaffLetter
from staffroom.channels.email.queries import readers
from staffroom.channels.switchboard.messages import TryLater, Undeliverable, Unknown
from staffroom.core import outbox
from staffroom.core.clock import now
from staffroom.notices import quiet

State = StaffLetter.State
MOST_TRIES = 11
#: Later than this the next one is near.
TOO_LATE = dt.timedelta(days=4)


def send(payload: dict[str, Any]) -> None:
    """Handler of `letter.send`, outside any transaction. What may have arrived is not sent again."""
    prepared = _prepare(uuid.UUID(payload["id"]))
    if prepared is None:
        return
    row, letter = prepared
    try:
        sending.send(letter)
    except sending.Bounced as error:
        boxing.bounced(person=row.person, code=error.code)
        _end(row, State.FAILED, error.code)
    except Undeliverable as error:
        _end(row, State.FAILED, error.code)
    except Unknown:
        _end(row, State.FAILED, "unknown")
    except TryLater as error:
        if row.tries >= MOST_TRIES:
            _end(row, State.FAILED, error.code)
            return
        StaffLetter.objects.filter(pk=row.pk).update(state=State.WAITING)
        raise
    else:
        _end(row, State.SENT, "")


@transaction.atomic
def _prepare(id: uuid.UUID) -> tuple[StaffLetter, sending.Letter] | None:
    rows = StaffLetter.objects.select_for_update(of=("self",))
    row = rows.select_related("person", "week__programme").filter(pk=id).first()
    if row is None or row.state not in (State.WAITING, State.TRYING):
        return None
    if why := _obstacle(row):
        _end(row, State.FAILED, why)
        return None
    here = now().astimezone(ZoneInfo(row.week.programme.timezone))
    if quiet.is_quiet(row.person, here.time()):
        delay = quiet.ends_at(row.person, here) - now()
        outbox.put(TOPIC, delay=delay, id=str(row.pk))
        return None
    with translation.override(row.person.language):
        letter = words.letter_of(row)
    if letter is None:
        _end(row, State.EMPTY, "")
        return None
    row.state, row.tries = State.TRYING, row.tries + 1
    row.save(update_fields=["state", "tries"])
    return row, letter


def _obstacle(row: StaffLetter) -> str:
    """Why this is not sent (any more)."""
    if row.state == State.TRYING:
        # A worker died while the server had it. It may have arrived: twice would be worse.
        return "unknown"
    if not sending.works():
        return "off"
    if not boxes.box_of(row.person).letters:
        return "stopped"
    if not readers.roles_in(row.person, row.week.programme) or not boxes.address(row.person):
        return "address"
    return "late" if now() > row.made_at + TOO_LATE else ""


def _end(row: StaffLetter, state: str, why: str) -> None:
    sent_at = now() if state == State.SENT else None
    StaffLetter.objects.filter(pk=row.pk).update(state=state, why=why[:20], sent_at=sent_at)
