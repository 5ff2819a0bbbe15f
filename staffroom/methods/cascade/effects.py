"""A trainer's own effect, drawn towards the mean of all as far as little is known of it.

The gains of sessions are a one-way random model y = mean + trainer + session; its variances are
those of the analysis of variance for unequal groups (Searle, Casella, McCulloch 1992, Variance
Components, section 3.6), the effect is the empirical Bayes estimate (Morris 1983, JASA 78, 47-55;
Robinson 1991, Statistical Science 6, 15-32), its error minds that the mean of all is estimated too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats


@dataclass(frozen=True)
class Effect:
    """`weight`: how much of the own figure counts, 0 to 1; `raw` is the own mean as it was."""

    value: float
    low: float
    high: float
    raw: float
    weight: float
    all: float
    sessions: int
    trainers: int


def effect(
    gains: Mapping[str, Sequence[float]], trainer: str, level: float = 0.95
) -> Effect | None:
    """`gains`: each trainer's session means. None where the variances cannot be told apart:

    fewer than two trainers, or nobody with two sessions.
    """
    own = {key: np.asarray(each, dtype=np.float64) for key, each in gains.items() if len(each)}
    counts = np.array([len(each) for each in own.values()], dtype=np.float64)
    total, groups = counts.sum(), len(own)
    if trainer not in own or groups < 2 or total <= groups:
        return None
    means = np.array([each.mean() for each in own.values()])
    within = sum(float(((each - each.mean()) ** 2).sum()) for each in own.values())
    within /= total - groups
    grand = float(counts @ means / total)
    between = float(counts @ (means - grand) ** 2) / (groups - 1)
    size = (total - float(counts @ counts) / total) / (groups - 1)
    trainers = max(0.0, (between - within) / size)
    spread = trainers + within / counts
    if not spread.all():
        return None
    middle = float((means / spread).sum() / (1 / spread).sum())
    place = list(own).index(trainer)
    weight = float(trainers / spread[place])
    error = trainers * (1 - weight) + (1 - weight) ** 2 / float((1 / spread).sum())
    value = middle + weight * (float(means[place]) - middle)
    reach = float(stats.t.ppf((1 + level) / 2, total - groups)) * float(np.sqrt(error))
    return Effect(
        value, value - reach, value + reach, float(means[place]), weight, middle,
        int(counts[place]), groups,
    )  # fmt: skip
