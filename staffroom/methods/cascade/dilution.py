"""Does what was taught at the top arrive? Item scores from tier to tier, minding the sessions.

People of one session learned together, so they are no independent witnesses: the variance of a
mean is that between the sessions' sums (linearisation; Binder 1983, International Statistical
Review 51, 279-292; the value of R's `survey::svymean(ids = ~session)`). The interval of a share is
that of Korn and Graubard (1998, Survey Methodology 24, 193-201; `survey::svyciprop` with
`method = "beta"`). Many items are tested at once, so p values are Holm's (1979).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
LEVEL = 0.95


@dataclass(frozen=True)
class Mean:
    """A mean share, its standard error, its interval; `df`: sessions less one (people, of one)."""

    value: float
    error: float
    low: float
    high: float
    df: int
    people: int
    sessions: int


@dataclass(frozen=True)
class Step:
    """From one tier to the next that has figures. `kept` is the later mean over the earlier."""

    change: float
    low: float
    high: float
    kept: float
    kept_low: float
    kept_high: float
    p: float
    falls: bool = False


def mean(values: Floats, sessions: Sequence[object], level: float = LEVEL) -> Mean:
    """The mean of shares in [0, 1] (n,), clustered by session (n labels).

    With one session alone nothing is known of how sessions differ: then the people are what varies.
    Raises ValueError where there is no value.
    """
    shares = np.asarray(values, dtype=np.float64)
    n = len(shares)
    if n == 0 or len(sessions) != n:
        raise ValueError("a session for every value, and at least one value")
    _, codes = np.unique([str(each) for each in sessions], return_inverse=True)
    groups = int(codes.max()) + 1
    variance, df = variance_of_mean(shares, codes if groups > 1 else np.arange(n))
    value = float(shares.mean())
    low, high = share_interval(value, variance, n, df, level)
    return Mean(value, float(np.sqrt(variance)), low, high, df, n, groups)


def variance_of_mean(values: Floats, codes: NDArray[np.intp]) -> tuple[float, int]:
    """Binder's variance, G/(G-1) of the squared sums of residuals over n²; and G-1."""
    groups = int(codes.max()) + 1
    if groups < 2:
        return 0.0, 0
    sums = np.bincount(codes, weights=values - values.mean(), minlength=groups)
    return float(groups / (groups - 1) * (sums @ sums) / len(values) ** 2), groups - 1


def share_interval(
    share: float, variance: float, n: int, df: int, level: float = LEVEL
) -> tuple[float, float]:
    """Korn and Graubard's interval of a share: Clopper and Pearson's at the effective size.

    Where nothing varies (all right, all wrong) the effective size is n; with one person anything
    may be true.
    """
    if df < 1:
        return 0.0, 1.0
    half = (1 - level) / 2
    size = float(n)
    if variance > 1e-15:
        wider = stats.t.ppf(half, max(n - 1, 1)) / stats.t.ppf(half, df)
        size = share * (1 - share) / variance * wider**2
    right, wrong = size * share, size * (1 - share)
    low = 0.0 if right <= 1e-12 else float(stats.beta.ppf(half, right, wrong + 1))
    high = 1.0 if wrong <= 1e-12 else float(stats.beta.ppf(1 - half, right + 1, wrong))
    return low, high


def step(before: Mean, after: Mean, level: float = LEVEL) -> Step:
    """The difference of two tiers (Welch and Satterthwaite) and their ratio (delta, on logs).

    The ratio is not a number where either mean is 0.
    """
    change = after.value - before.value
    one, two = before.error**2, after.error**2
    nothing = float("nan")
    if one + two <= 1e-12 or min(before.df, after.df) < 1:
        kept = after.value / before.value if before.value else nothing
        return Step(change, -1.0, 1.0, kept, nothing, nothing, 1.0)
    df = (one + two) ** 2 / (one**2 / before.df + two**2 / after.df)
    error, reach = np.sqrt(one + two), stats.t.ppf((1 + level) / 2, df)
    p = float(2 * stats.t.sf(abs(change) / error, df))
    kept, kept_low, kept_high = nothing, nothing, nothing
    if before.value > 0 and after.value > 0:
        kept = after.value / before.value
        spread = np.exp(reach * np.sqrt(one / before.value**2 + two / after.value**2))
        kept_low, kept_high = float(kept / spread), float(kept * spread)
    low, high = max(-1.0, change - reach * error), min(1.0, change + reach * error)
    return Step(change, float(low), float(high), kept, kept_low, kept_high, p)


def holm(p: Sequence[float]) -> list[float]:
    """Holm's adjusted p values (Scandinavian Journal of Statistics 6, 65-70), in the order given."""
    order = np.argsort(p, kind="stable")
    adjusted = np.empty(len(p))
    highest = 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(p) - rank) * p[place]))
        adjusted[place] = highest
    return [float(each) for each in adjusted]


@dataclass(frozen=True)
class Score:
    """One person's share right of one item, before and after; None where it was not answered."""

    tier: str
    session: str
    person: str
    item: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Line:
    """An item, or all together: by tier, None where too few answered; `steps[t]` leads to tier t."""

    item: str
    before: tuple[Mean | None, ...]
    after: tuple[Mean | None, ...]
    steps: tuple[Step | None, ...]


@dataclass(frozen=True)
class Spread:
    """How far the sessions of a tier lie apart: their quarter, middle and three-quarter marks."""

    sessions: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Dilution:
    tiers: tuple[str, ...]
    overall: Line
    items: tuple[Line, ...]
    spread: tuple[Spread | None, ...]

    @property
    def falling(self) -> list[tuple[str, str]]:
        """Item and tier, wherever a step falls by more than chance."""
        return [
            (line.item, tier)
            for line in self.items
            for tier, each in zip(self.tiers, line.steps, strict=True)
            if each is not None and each.falls
        ]


def dilution(
    scores: Sequence[Score],
    tiers: Sequence[str],
    items: Sequence[str],
    least: int = 10,
    level: float = LEVEL,
) -> Dilution:
    """All figures. `tiers` from the top down; fewer than `least` people give no figure.

    An item falls at a step where its difference is negative and Holm's p over all items of that
    step is below 1 - level.
    """
    chosen = {item: [each for each in scores if each.item == item] for item in items}
    lines = [_line(item, chosen[item], tiers, least, level) for item in items]
    people = [each for each in _by_person(scores) if each.tier in tiers]
    overall = _line("", people, tiers, least, level)
    return Dilution(
        tuple(tiers),
        overall,
        tuple(_flagged(lines, len(tiers), level)),
        tuple(_spread([each for each in people if each.tier == tier], least) for tier in tiers),
    )


def _by_person(scores: Sequence[Score]) -> list[Score]:
    """A person's share of all items, in every session they sat."""
    rows: dict[tuple[str, str, str], list[Score]] = {}
    for each in scores:
        rows.setdefault((each.tier, each.session, each.person), []).append(each)
    return [
        Score(*key, "", _share([s.before for s in own]), _share([s.after for s in own]))
        for key, own in rows.items()
    ]


def _share(values: Sequence[float | None]) -> float | None:
    known = [each for each in values if each is not None]
    return sum(known) / len(known) if known else None


def _line(
    item: str, scores: Sequence[Score], tiers: Sequence[str], least: int, level: float
) -> Line:
    before: list[Mean | None] = []
    after: list[Mean | None] = []
    for tier in tiers:
        own = [each for each in scores if each.tier == tier]
        before.append(_mean([(e.before, e.session) for e in own], least, level))
        after.append(_mean([(e.after, e.session) for e in own], least, level))
    return Line(item, tuple(before), tuple(after), tuple(_steps(after, level)))


def _mean(pairs: Sequence[tuple[float | None, str]], least: int, level: float) -> Mean | None:
    known = [(value, session) for value, session in pairs if value is not None]
    if len(known) < least:
        return None
    return mean(np.array([v for v, _ in known]), [s for _, s in known], level)


def _steps(means: Sequence[Mean | None], level: float) -> list[Step | None]:
    steps: list[Step | None] = []
    last: Mean | None = None
    for each in means:
        steps.append(step(last, each, level) if last and each else None)
        last = each or last
    return steps


def _flagged(lines: list[Line], tiers: int, level: float) -> list[Line]:
    steps = [list(line.steps) for line in lines]
    for tier in range(tiers):
        known = [(row, own) for row in steps if (own := row[tier]) is not None]
        for (row, own), p in zip(known, holm([own.p for _, own in known]), strict=True):
            row[tier] = Step(
                own.change, own.low, own.high, own.kept, own.kept_low, own.kept_high, p,
                falls=own.change < 0 and p < 1 - level,
            )  # fmt: skip
    return [
        Line(line.item, line.before, line.after, tuple(row))
        for line, row in zip(lines, steps, strict=True)
    ]


def _spread(people: Sequence[Score], least: int) -> Spread | None:
    """Of sessions with enough people alone, and of five sessions at least: none is told apart."""
    rows: dict[str, list[float]] = {}
    for each in people:
        if each.after is not None:
            rows.setdefault(each.session, []).append(each.after)
    means = [sum(own) / len(own) for own in rows.values() if len(own) >= least]
    if len(means) < 5:
        return None
    low, middle, high = np.quantile(means, [0.25, 0.5, 0.75])
    return Spread(len(means), float(low), float(middle), float(high))
