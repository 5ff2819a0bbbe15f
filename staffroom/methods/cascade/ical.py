"""A plan as iCalendar (RFC 5545): an event a day of a group, with a UID that a second plan keeps."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Of half-days, in the local time of whoever looks (RFC 5545, 3.3.5, form 1: floating).
HALF = ("083000", "123000")
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://staffroom.invalid/cascade")


@dataclass(frozen=True)
class Event:
    """`key` says which day of which group it is, whenever it is held. `hours`: in UTC, else all day; `status`: RFC 5545, 3.8.1.11."""

    key: str
    day: dt.date
    summary: str
    location: str
    description: str
    hours: tuple[dt.datetime, dt.datetime] | None = None
    status: str = ""


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
    if event.hours:
        begins, ends = (f"{each:%Y%m%dT%H%M%SZ}" for each in event.hours)
        when = (f"DTSTART:{begins}", f"DTEND:{ends}")
    status = (f"STATUS:{event.status}",) if event.status else ()
    return (
        "BEGIN:VEVENT", f"UID:{uuid.uuid5(SPACE, event.key)}", f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}", *when, *status,
        f"SUMMARY:{escape(event.summary)}", f"LOCATION:{escape(event.location)}",
        f"DESCRIPTION:{escape(event.description)}", "END:VEVENT",
    )  # fmt: skip


def escape(text: str) -> str:
    """TEXT (3.3.11): backslash, semicolon, comma and new line are written with a backslash."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n")


def fold(line: str) -> bytes:
    """At most 75 octets a line without its end, the next beginning with a space (3.1); no letter cut."""
    out, size = [], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > 75:
            out.append("\r\n ")
            size = 1
        out.append(letter)
        size += octets
    return ("".join(out) + "\r\n").encode()
