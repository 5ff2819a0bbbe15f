"""A plan as iCalendar (RFC 5545): an event a day of a group, with a UID that a second plan keeps."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from staffroom.core.ical import escape, fold

#: Of half-days, in the local time of whoever looks (RFC 5545, 3.3.5, form 1: floating).
HALF = ("083000", "123000")
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://staffroom.invalid/cascade")


@dataclass(frozen=True)
class Event:
    """`key` says which day of which group it is, whenever it is held."""

    key: str
    day: dt.date
    summary: str
    location: str
    description: str


def calendar(
    name: str, events: Iterable[Event], stamp: dt.datetime, *, half: bool = False
) -> bytes:
    """`stamp`: when the plan was made, UTC; an importer takes the later of two events of one UID."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Staffroom//plan-cascade//EN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape(name)}",
    ]  # fmt: skip
    for event in events:
        lines += _event(event, stamp, half)
    lines.append("END:VCALENDAR")
    return b"".join(fold(line) for line in lines)


def _event(event: Event, stamp: dt.datetime, half: bool) -> Sequence[str]:
    day = f"{event.day:%Y%m%d}"
    after = f"{event.day + dt.timedelta(days=1):%Y%m%d}"  # DTEND is the first day after (3.6.1)
    when = (
        (f"DTSTART:{day}T{HALF[0]}", f"DTEND:{day}T{HALF[1]}")
        if half
        else (f"DTSTART;VALUE=DATE:{day}", f"DTEND;VALUE=DATE:{after}")
    )
    return (
        "BEGIN:VEVENT", f"UID:{uuid.uuid5(SPACE, event.key)}", f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}", *when,
        f"SUMMARY:{escape(event.summary)}", f"LOCATION:{escape(event.location)}",
        f"DESCRIPTION:{escape(event.description)}", "END:VEVENT",
    )  # fmt: skip
