"""One person's part in a community over terms: newcomer, periphery, active, core.

The degrees are those of Wenger, E., McDermott, R. & Snyder, W. M. (2002). Cultivating Communities
of Practice, ch. 3: a core that carries the community, active members who take part now and then,
and a periphery that mostly reads and learns by it. There they are shares of a group; here they are
derived from the person's own acts alone, so that nobody is compared with anybody. Where one degree
passes into the next is our choice, and says nothing of anybody's teaching. Reading is taking part
(Lave, J. & Wenger, E. (1991). Situated Learning: *legitimate* peripheral participation).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

#: In at least every second week, or a turn as moderator: core. In at least one week of six: active.
CORE, ACTIVE = 1 / 2, 1 / 6
#: So many weeks everybody is a newcomer.
NEW = 4


class Level(StrEnum):
    NEWCOMER = "newcomer"
    PERIPHERY = "periphery"
    ACTIVE = "active"
    CORE = "core"
    AWAY = "away"


@dataclass(frozen=True)
class Acts:
    """One term: weeks there in it, weeks since coming at its end, and in how many of them what was done.

    `wrote` counts weeks with words of one's own, `marked` weeks with thanks or "this helped",
    `read` weeks with reading; `served`: a turn as moderator fell into the term.
    """

    weeks: int
    since: int
    wrote: int = 0
    marked: int = 0
    read: int = 0
    served: bool = False


def level(acts: Acts) -> Level:
    """The degree in one term."""
    weeks = max(acts.weeks, 1)
    if acts.served or (acts.since > NEW and acts.wrote >= CORE * weeks):
        return Level.CORE
    if acts.since <= NEW:
        return Level.NEWCOMER
    if acts.wrote and acts.wrote >= ACTIVE * weeks:
        return Level.ACTIVE
    if acts.wrote or acts.marked or acts.read:
        return Level.PERIPHERY
    return Level.AWAY


def journey(terms: Sequence[Acts]) -> tuple[Level, ...]:
    """The degrees, term after term."""
    return tuple(level(acts) for acts in terms)
