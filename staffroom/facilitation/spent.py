"""How long a term takes, estimated from the moments at which its pages were asked for."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: Somebody who asks for the next page within this time was at it meanwhile.
GAP = dt.timedelta(minutes=5)
#: After a longer pause: the page itself was looked at for so long.
A_LOOK = dt.timedelta(minutes=1)
#: From so many communities a mean is told; one alone is one moderator.
FEWEST = 10
#: A mean over communities of which fewer than so many changed would tell of them.
CHANGED = 3
#: Shorter terms tell little of a day.
A_WEEK = dt.timedelta(days=7)


def seconds_between(last: dt.datetime | None, now: dt.datetime) -> int:
    """What one more page adds to the sum."""
    pause = now - last if last is not None else None
    if pause is None or pause > GAP or pause < dt.timedelta():
        return int(A_LOOK.total_seconds())
    return int(pause.total_seconds())


def minutes_a_day(seconds: int, days: float) -> float:
    """Over at least one day."""
    return seconds / 60 / max(days, 1.0)


@dataclass(frozen=True)
class Mean:
    minutes: int
    over: frozenset[Any]


def mean_to_tell(of: Mapping[Any, float], last: Mean | None) -> Mean | None:
    """The mean of each community's minutes a day, if it tells of nobody; else None: the last stands.

    At least `FEWEST` communities; none with more than half of the minutes, no two with more than
    three quarters; and either the same communities as last time, or `CHANGED` of them new or gone.
    """
    if len(of) < FEWEST:
        return None
    sizes = sorted(of.values(), reverse=True)
    whole = sum(sizes)
    if whole > 0 and (sizes[0] > whole / 2 or sizes[0] + sizes[1] > whole * 3 / 4):
        return None
    over = frozenset(of)
    if last is not None and 0 < len(over ^ last.over) < CHANGED:
        return None
    return Mean(round(whole / len(sizes)), over)
