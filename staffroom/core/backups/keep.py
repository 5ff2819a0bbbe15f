"""Which backups are kept: some days, some weeks, some months (grandfather, father, son)."""

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

NAME = re.compile(r"staffroom-(\d{8}T\d{6}Z)\.zip(\.age)?")
FORM = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Rule:
    """How many days, weeks and months have their last backup kept."""

    daily: int = 7
    weekly: int = 4
    monthly: int = 12


def name_at(moment: dt.datetime, *, sealed: bool) -> str:
    """The name that says when a backup was made."""
    return f"staffroom-{moment.astimezone(dt.UTC):{FORM}}.zip{'.age' if sealed else ''}"


def moment_of(name: str) -> dt.datetime | None:
    """When the backup of this name was made; None for what is none of ours."""
    match = NAME.fullmatch(name)
    try:
        return dt.datetime.strptime(match[1], FORM).replace(tzinfo=dt.UTC) if match else None
    except ValueError:
        return None


def superfluous(names: Iterable[str], rule: Rule, *, just_made: str) -> list[str]:
    """Those to forget, the oldest first. Counted by the dates in the names, never by today's date:
    so a clock that is wrong takes nothing away. The last one, and what is not ours, always stays.
    """
    ours = {name: moment for name in names if (moment := moment_of(name))}
    newest_first = sorted(ours, key=lambda name: (ours[name], name), reverse=True)
    kept = {just_made, *newest_first[:1]}
    for count, period in (
        (rule.daily, lambda at: at.date()),
        (rule.weekly, lambda at: at.isocalendar()[:2]),
        (rule.monthly, lambda at: (at.year, at.month)),
    ):
        kept |= _last_of_each(newest_first, ours, count, period)
    return [name for name in reversed(newest_first) if name not in kept]


def _last_of_each(
    newest_first: list[str],
    ours: dict[str, dt.datetime],
    count: int,
    period: Callable[[dt.datetime], Hashable],
) -> set[str]:
    found: dict[Hashable, str] = {}
    for name in newest_first:
        found.setdefault(period(ours[name]), name)
        if len(found) > count:
            found.popitem()
            break
    return set(found.values())
