"""The days of a cascade: from, until, weekdays, terms, closed days, from options and a calendar file."""

import argparse
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from staffroom.cli import BadInput

Span = tuple[dt.date, dt.date]
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: A holiday of more days than this is a break between terms, in which training may be held.
PUBLIC = 4


@dataclass(frozen=True)
class Days:
    """`open`: ordinals; `later`: those that could be added after `--until`, for two years."""

    open: tuple[int, ...]
    later: tuple[int, ...]


def day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is not a day like 2027-01-11') from None


def span(text: str) -> Span:
    first, dots, last = text.partition("..")
    found = day(first), day(last if dots else first)
    if found[1] < found[0]:
        raise argparse.ArgumentTypeError(f'"{text}" ends before it begins')
    return found


def weekdays(text: str) -> tuple[int, ...]:
    """mon-fri, sat, or mon,wed."""
    out = set()
    for part in text.lower().split(","):
        first, dash, last = part.strip().partition("-")
        if first[:3] not in NAMES or (dash and last[:3] not in NAMES):
            raise argparse.ArgumentTypeError(f'"{text}" is not like mon-fri or sat')
        low = NAMES.index(first[:3])
        high = NAMES.index(last[:3]) if dash else low
        out |= set(range(low, high + 1)) if low <= high else {*range(low, 7), *range(high + 1)}
    return tuple(sorted(out))


def days(options: argparse.Namespace) -> Days:
    from staffroom.methods.cascade.calendar import open_days

    if options.until < options.from_:
        raise BadInput(f"--until {options.until} is before --from {options.from_}.")
    terms, holidays = list(options.term), list(options.closed)
    if options.calendar:
        more, breaks = _calendar(options.calendar, options.when)
        terms, holidays = terms + more, holidays + breaks
    if options.when == "holidays":
        if not terms:
            raise BadInput(
                "--when holidays needs the terms: --calendar FILE, or --term A..B for each."
            )
        holidays, terms = holidays + terms, []
    elif options.when == "any":
        terms = []
    found = open_days(
        options.from_, options.until, weekdays=options.weekdays, terms=terms, closed=holidays
    )
    if not found:
        raise BadInput(
            f"no day is open from {options.from_} to {options.until} on {_said(options.weekdays)}"
            f"{' within the terms' if terms else ''}. Look at --term, --closed, --calendar and --weekdays, "
            "or choose a later --until."
        )
    end = options.until + dt.timedelta(days=731)
    later = open_days(
        options.until + dt.timedelta(days=1), end, weekdays=options.weekdays, closed=holidays
    )
    return Days(found, later)


def _said(numbers: tuple[int, ...]) -> str:
    return ", ".join(NAMES[number].title() for number in numbers)


def _calendar(path: Path, when: str) -> tuple[list[Span], list[Span]]:
    """Terms, and the days closed: all holidays, or the short ones where breaks are wanted."""
    from staffroom.cli._sheets import read_bytes
    from staffroom.places.imports import day_list, ical

    data = read_bytes(path)
    read = ical.read(data) if ical.looks_like(data) else day_list.read(data)
    if read.wrong:
        bad = read.wrong[0]
        raise BadInput(f"{path.name}, row {bad.row}, {bad.column}: {bad.what}")
    terms = [(each.first_day, each.last_day) for each in read.listed if each.kind == "term"]
    holidays = [(each.first_day, each.last_day) for each in read.listed if each.kind != "term"]
    if when == "holidays":
        holidays = [each for each in holidays if (each[1] - each[0]).days < PUBLIC]
    return terms, holidays
