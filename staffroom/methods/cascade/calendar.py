"""The days on which training may be held, and the sittings that fit into them.

Days are proleptic ordinals (`datetime.date.toordinal`): whole numbers, in order.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Sequence

Span = tuple[dt.date, dt.date]
#: Monday to Sunday.
WEEK = 7


def open_days(
    first: dt.date,
    last: dt.date,
    *,
    weekdays: Collection[int] = range(5),
    terms: Sequence[Span] = (),
    closed: Sequence[Span] = (),
) -> tuple[int, ...]:
    """Ordinals of the days from `first` to `last`, both included, that are of `weekdays` (0 = Monday),
    within a term where there are terms, and in no closed span."""
    out = []
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = dt.date.fromordinal(number)
        if day.weekday() not in weekdays:
            continue
        if terms and not any(start <= day <= end for start, end in terms):
            continue
        if not any(start <= day <= end for start, end in closed):
            out.append(number)
    return tuple(out)


def sittings(days: Sequence[int], length: int, after: int = 0) -> list[tuple[int, ...]]:
    """As many spans of `length` open days as fit one after the other, all later than the day `after`.

    A span stays within one week, Monday to Sunday, where some week has so many open days; else it runs
    over the open days as they come (three Saturdays). Taking the earliest span each time fits the most:
    any other choice of the first span ends no earlier (interval scheduling, exchange argument).
    """
    if length < 1:
        raise ValueError("a training lasts at least one day")
    one_week = max(_a_week(days).values(), default=0) >= length
    out, at = [], bisect_left(days, after + 1)
    while at + length <= len(days):
        span = tuple(days[at : at + length])
        if one_week and _week(span[0]) != _week(span[-1]):
            at += 1
            continue
        out.append(span)
        at += length
    return out


def _week(day: int) -> int:
    return (day - 1) // WEEK  # ordinal 1 is a Monday


def _a_week(days: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for day in days:
        found[_week(day)] = found.get(_week(day), 0) + 1
    return found
