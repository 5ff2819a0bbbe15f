"""iCalendar (RFC 5545), as much of it as a school calendar needs: entries of whole days.

Read: VEVENT with SUMMARY, DTSTART, DTEND or DURATION in days and weeks; folded lines, quoted parameters,
escapes; Outlook's whole days from midnight to midnight. Not read, and said so: hours, repeated entries.
"""

import datetime as dt
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from staffroom.core.errors import Refused
from staffroom.core.forms import one_line
from staffroom.places.imports import text as texts
from staffroom.places.imports.days import MOST, Days, Listed, Wrong
from staffroom.places.imports.kinds import kind_of

DATE = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T000000)?")
#: Name, parameters (their values perhaps in quotation marks), value.
LINE = re.compile(
    r'([A-Za-z0-9-]+)((?:;[^=;:"]+=(?:"[^"]*"|[^",;:]*)(?:,"[^"]*"|,[^",;:]*)*)*):(.*)', re.S
)
DURATION = re.compile(r"\+?P(?:(\d{1,3})W|(\d{1,3})D)")
REPEATS = {"RRULE", "RDATE"}
Entry = dict[str, tuple[int, str]]


def looks_like(data: bytes) -> bool:
    return b"BEGIN:VCALENDAR" in data[:400].upper()


def read(data: bytes) -> Days:
    """Every entry of the file; `Refused` where the file itself is broken."""
    days = Days()
    for at, entry in _entries(data):
        if len(days.listed) + len(days.wrong) >= MOST:
            raise Refused(
                _("This calendar has more than %(n)s entries. Please send one year.") % {"n": MOST},
                "file",
            )
        if entry.get("STATUS", (0, ""))[1].upper() == "CANCELLED":
            continue
        found = _read(at, entry)
        (days.listed if isinstance(found, Listed) else days.wrong).append(found)  # type: ignore[arg-type]
    return days


def _entries(data: bytes) -> Iterator[tuple[int, Entry]]:
    """Each VEVENT with the line where it begins; what stands in parts inside it (alarms) is not its own."""
    open_parts: list[tuple[str, int]] = []
    entry: Entry = {}
    ended = False
    for at, name, value in _lines(data):
        if name == "BEGIN":
            open_parts.append((value.strip().upper(), at))
            entry = {} if open_parts[-1][0] == "VEVENT" else entry
        elif name == "END":
            if not open_parts or open_parts[-1][0] != value.strip().upper():
                raise Refused(
                    _("This calendar is damaged: in line %(n)s something ends that did not begin.")
                    % {"n": at},
                    "file",
                )
            part, began = open_parts.pop()
            ended = not open_parts
            if part == "VEVENT":
                yield began, entry
        elif open_parts and open_parts[-1][0] == "VEVENT":
            entry.setdefault(name, (at, value))
    if open_parts or not ended:
        raise Refused(
            _("This calendar is cut off: its end is missing. Please save it again."), "file"
        )


def _lines(data: bytes) -> Iterator[tuple[int, str, str]]:
    """(line, NAME, value). Lines are put together as bytes: a fold may stand inside a letter."""
    whole: list[tuple[int, bytes]] = []
    for number, line in enumerate(re.split(rb"\r\n|\n|\r", data), start=1):
        if line[:1] in (b" ", b"\t") and whole:
            whole[-1] = (whole[-1][0], whole[-1][1] + line[1:])
        elif line.strip():
            whole.append((number, line))
    encoding = texts.decode(b"\n".join(line for _at, line in whole))[1]
    for number, line in whole:
        written = texts.decode(line, encoding)[0].lstrip("\ufeff")
        match = LINE.fullmatch(written)
        if match is None:
            raise Refused(
                _("This calendar is damaged: line %(n)s cannot be read.") % {"n": number}, "file"
            )
        yield number, match[1].upper(), match[3]


def _read(at: int, entry: Entry) -> Listed | Wrong:
    name = one_line(_unescaped(entry.get("SUMMARY", (at, ""))[1]))[:80]
    if not name:
        return Wrong(at, "SUMMARY", _("This entry has no name."))
    for repeated in sorted(REPEATS & entry.keys()):
        return Wrong(
            entry[repeated][0],
            repeated,
            _("“%(name)s” repeats by a rule. Please write each of its days as an entry of its own.")
            % {"name": name},
        )
    if "DTSTART" not in entry:
        return Wrong(at, "DTSTART", _("“%(name)s” has no first day.") % {"name": name})
    line, value = entry["DTSTART"]
    first = _day(value)
    if first is None:
        return Wrong(line, "DTSTART", _not_a_day(name, value))
    last = _last(name, first, entry)
    return (
        last
        if isinstance(last, Wrong)
        else Listed(at, name, first, last, kind_of(name, first, last))
    )


def _last(name: str, first: dt.date, entry: Entry) -> dt.date | Wrong:
    """DTEND is the first day after. Without an end it is one day."""
    one = dt.timedelta(days=1)
    if "DTEND" in entry:
        line, value = entry["DTEND"]
        end = _day(value)
        if end is None:
            return Wrong(line, "DTEND", _not_a_day(name, value))
        if end < first:
            return Wrong(line, "DTEND", _("“%(name)s” ends before it begins.") % {"name": name})
        return max(end - one, first)
    if "DURATION" in entry:
        line, value = entry["DURATION"]
        match = DURATION.fullmatch(value.strip().upper())
        days = (int(match[1] or 0) * 7 + int(match[2] or 0)) if match else 0
        if not days:
            return Wrong(line, "DURATION", _not_a_day(name, value))
        return first + dt.timedelta(days=days) - one
    return first


def _day(value: str) -> dt.date | None:
    match = DATE.fullmatch(value.strip())
    try:
        return dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _not_a_day(name: str, value: str) -> str:
    return _(
        "“%(name)s”: %(value)s is not a whole day. A school calendar needs days without hours, like 20270104."
    ) % {"name": name, "value": value.strip()[:40]}


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda match: " " if match[1] in "nN" else match[1], value)
