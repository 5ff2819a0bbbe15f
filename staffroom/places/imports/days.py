"""What a calendar file says: periods of whole days, each with the line or row where it stands."""

import datetime as dt
from dataclasses import dataclass, field

MOST = 400


@dataclass(frozen=True)
class Listed:
    """A period as the file has it, the last day included. `row`: of the sheet, or line of the file."""

    row: int
    name: str
    first_day: dt.date
    last_day: dt.date
    kind: str  # "term" or "holiday", as guessed


@dataclass(frozen=True)
class Wrong:
    """What could not be taken, where, and why."""

    row: int
    column: str
    what: str


@dataclass
class Days:
    listed: list[Listed] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
