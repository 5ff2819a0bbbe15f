"""Where the lines of the picture of dilution lie: tiers from left to right, 0 to 100 right upwards."""

from dataclasses import dataclass

from staffroom.methods.cascade.dilution import Dilution, Line

WIDTH, HEIGHT, TOP = 250, 200, 10
LEFT, APART = 50, 62


@dataclass(frozen=True)
class Mark:
    """A mean with its interval, in the picture's units."""

    x: float
    y: float
    high: float
    low: float


@dataclass(frozen=True)
class Drawn:
    """One line; `label_y` is where its number stands at the end, none above another."""

    number: int
    path: str
    marks: tuple[Mark, ...]
    label_x: float
    label_y: float


@dataclass(frozen=True)
class Picture:
    overall: Drawn
    items: tuple[Drawn, ...]
    grid: tuple[tuple[int, float], ...]
    columns: tuple[float, ...]
    width: int
    height: int


def picture(found: Dilution) -> Picture:
    items = [_drawn(n, line, len(found.items)) for n, line in enumerate(found.items, 1)]
    placed = _apart([each for each in items if each.marks])
    height = max([HEIGHT + TOP + 22, *(int(each.label_y) + 8 for each in placed)])
    return Picture(
        _drawn(0, found.overall, 0),
        tuple(placed),
        tuple((share, _y(share / 100)) for share in (0, 25, 50, 75, 100)),
        tuple(LEFT + APART * at for at in range(len(found.tiers))),
        LEFT + APART * (len(found.tiers) - 1) + 42,
        height,
    )


def _y(share: float) -> float:
    return round(TOP + HEIGHT * (1 - share), 1)


def _drawn(number: int, line: Line, of: int) -> Drawn:
    """Items stand a little beside each other, so that no interval hides another."""
    beside = 0.0 if not number or of < 2 else -9 + 18 * (number - 1) / (of - 1)
    marks = tuple(
        Mark(round(LEFT + APART * at + beside, 1), _y(m.value), _y(m.high), _y(m.low))
        for at, m in enumerate(line.after)
        if m is not None
    )
    path = " ".join(f"{mark.x},{mark.y}" for mark in marks)
    end = marks[-1] if marks else Mark(0, 0, 0, 0)
    return Drawn(number, path, marks, end.x, end.y)


def _apart(lines: list[Drawn]) -> list[Drawn]:
    """The numbers at the ends at least a line's height apart, each as near to its end as it goes."""
    placed, last = [], 0.0
    for each in sorted(lines, key=lambda line: line.label_y):
        last = max(each.label_y + 5, last + 15)
        x = LEFT + APART * 3 + 20 if each.label_x > LEFT + APART * 2.5 else each.label_x + 14
        placed.append(Drawn(each.number, each.path, each.marks, x, last))
    return placed
