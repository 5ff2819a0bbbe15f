"""Why somebody is not heard: what the machine can tell of it, which is little.

Reading is taking part too. And a phone without signal, bundle or owner is no silence at all.
"""

import datetime as dt
import enum
from dataclasses import dataclass

#: Whoever wrote, helped or thanked within so many days is heard.
HEARD = dt.timedelta(days=21)
#: A phone that was here within so many days reaches us.
REACHED = dt.timedelta(days=10)
#: Whoever has read up to so long before the newest word reads along.
READS = dt.timedelta(days=14)


class Silence(enum.StrEnum):
    """From the most technical to none."""

    NEVER = "never"  # has not come in yet
    UNREACHED = "unreached"  # the phone has not been here for a while, or was lost
    ABSENT = "absent"  # uses Staffroom, and has not opened this community
    READING = "reading"  # reads along


@dataclass(frozen=True)
class Signs:
    """What is known of one member. Days, never hours."""

    joined: dt.date
    came_in: bool
    last_used: dt.date | None
    lost_phone: bool
    undelivered: bool
    heard: dt.date | None
    read_until: dt.date | None


def silence(signs: Signs, *, newest: dt.date | None, today: dt.date) -> Silence | None:
    """Which silence it is; None for whoever is heard, or came a short while ago.

    `newest` is the day of the community's newest word: nobody can have read what was not written.
    """
    if today - (signs.heard or signs.joined) < HEARD or today - signs.joined < HEARD:
        return None
    if not signs.came_in:
        return Silence.NEVER
    away = signs.last_used is None or today - signs.last_used > REACHED
    if away or signs.lost_phone or signs.undelivered:
        return Silence.UNREACHED
    if newest is None:
        return None
    read = signs.read_until is not None and newest - signs.read_until <= READS
    return Silence.READING if read else Silence.ABSENT


def weeks_away(signs: Signs, today: dt.date) -> int:
    """For how many weeks the phone has not been here; 0 where the day is not known."""
    return (today - signs.last_used).days // 7 if signs.last_used else 0
