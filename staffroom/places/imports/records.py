"""What a good row becomes."""

import datetime as dt
from dataclasses import dataclass, field

#: Folded names from the widest area to the narrowest; "" where a level is not given.
Path = tuple[str, ...]


@dataclass(slots=True)
class SchoolRecord:
    row: int
    code: str
    name: str
    level: str
    sector: str
    latitude: float | None
    longitude: float | None
    opened: dt.date | None
    closed: dt.date | None
    merged_into: str
    path: Path

    def content(self) -> tuple[object, ...]:
        """Everything but the row."""
        return (
            self.code, self.name, self.level, self.sector, self.latitude, self.longitude,
            self.opened, self.closed, self.merged_into, self.path,
        )  # fmt: skip


def parent_of(path: Path) -> Path:
    """The path of the area around: `("kitui", "", "mwingi")` lies in `("kitui",)`."""
    wider = path[:-1]
    while wider and not wider[-1]:
        wider = wider[:-1]
    return wider


def with_parents(path: Path) -> list[Path]:
    """The path and all around it, widest first; none for no area."""
    line: list[Path] = []
    while path:
        line.append(path)
        path = parent_of(path)
    return line[::-1]


@dataclass(frozen=True)
class Fixes:
    """What the person asked to have mended."""

    swapped: bool = False
    drop_coordinates: bool = False
    fill_merged: bool = False
    merge: dict[str, str] = field(default_factory=dict)  # a spelling > the name meant
