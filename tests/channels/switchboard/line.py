"""A channel that exists in tests alone: it keeps what it was given, and reads what we write."""

import datetime as dt
import itertools
import json
from dataclasses import asdict

from staffroom.channels.switchboard import known
from staffroom.channels.switchboard.actions.receive import receive
from staffroom.channels.switchboard.known import Abilities, Channel
from staffroom.channels.switchboard.messages import (
    Fate,
    Inbound,
    Kind,
    Media,
    Moved,
    Outbound,
    Status,
    Taken,
)
from staffroom.channels.switchboard.models import Link
from staffroom.core import outbox
from staffroom.core.clock import now, pretend

PLAIN = Abilities(text=480, parts=True, free=False, numbers=True, a_second=10_000)
RICH = Abilities(
    text=4096,
    buttons=3,
    button=20,
    rows=10,
    row=24,
    button_text=1024,
    photos=True,
    voices=True,
    papers=True,
    reactions=True,
    edits=True,
    groups=200,
    a_second=10_000,
)


class Line:
    """`sent`: what went out. `faults`: raised instead, first in first out. `files`: by handle."""

    def __init__(self, key="fake", can=RICH):
        self.key, self.can = key, can
        self.sent: list[Outbound] = []
        self.faults: list[Exception] = []
        self.files: dict[str, bytes | Exception] = {}
        self._ids = itertools.count(1)
        self.on = True
        known.register(
            Channel(
                key=key,
                label="Fake",
                can=can,
                works=lambda: self.on,
                send=self.send,
                read=read,
                address=lambda: "+254700999999",
                parts=lambda text: -(-len(text) // 160),
                fetch=self.fetch,
            )
        )

    def send(self, out):
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append(out)
        return Taken(f"out-{len(self.sent)}", parts=-(-len(out.text) // 160))

    def fetch(self, media):
        found = self.files.get(media.handle, b"")
        if isinstance(found, Exception):
            raise found
        return found

    def link(self, person, address=None, **fields):
        return Link.objects.create(
            person=person,
            channel=self.key,
            address=address or f"at-{person.first_name.lower()}",
            heard_at=now(),
            **fields,
        )

    def event(self, sender, text="", *, id="", kind=Kind.TEXT, at=None, **fields):
        return Inbound(
            id=id or f"in-{next(self._ids)}",
            sender=sender,
            at=at or now(),
            kind=kind,
            text=text,
            **fields,
        )

    def call(self, *events):
        """The provider calls; nothing is dealt with yet."""
        return receive(channel=self.key, raw=write(events), events=list(events))

    def says(self, sender, text="", **fields):
        """Somebody writes, the worker does all of its work; what we said to them."""
        before = len(self.sent)
        self.call(self.event(sender, text, **fields))
        work()
        return [each.text for each in self.sent[before:]]


def work(minutes=0):
    """The worker does everything that is due (so many minutes from now)."""
    with pretend(now() + dt.timedelta(minutes=minutes)):
        while outbox.deliver():
            pass


def write(events):
    rows = [[type(event).__name__, asdict(event)] for event in events]
    return json.dumps(rows, default=str)


def read(raw):
    return [_event(kind, values) for kind, values in json.loads(raw)]


def _event(kind, values):
    values["at"] = dt.datetime.fromisoformat(values["at"]) if "at" in values else None
    if kind == "Moved":
        values.pop("at")
        return Moved(**values)
    if kind == "Status":
        return Status(**values | {"fate": Fate(values["fate"])})
    media = Media(**values["media"]) if values["media"] else None
    return Inbound(**values | {"kind": Kind(values["kind"]), "media": media})
