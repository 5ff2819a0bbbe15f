"""Places on the globe as unit vectors, and what lies between them in whole metres.

Whole metres, because sums of integers are the same on every machine, in any order.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Mean radius of the earth in km (IUGG 1980, Moritz, Geodetic Reference System).
RADIUS = 6371.0088

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Points:
    """`vector`: (n, 3) on the unit sphere. `factor`: (n,) ≥ 0.1, how slow the ground is."""

    vector: Floats
    factor: Floats

    def __len__(self) -> int:
        return len(self.vector)

    def take(self, which: Ints) -> "Points":
        return Points(self.vector[which], self.factor[which])


def points(latitude: Floats, longitude: Floats, factor: Floats | None = None) -> Points:
    """(n,) degrees each; ValueError where one is no place on the globe."""
    latitude, longitude = np.asarray(latitude, float), np.asarray(longitude, float)
    if not (np.all(np.abs(latitude) <= 90) and np.all(np.abs(longitude) <= 180)):
        raise ValueError("a latitude lies within ±90, a longitude within ±180 degrees")
    factor = np.ones(len(latitude)) if factor is None else np.asarray(factor, float)
    if not np.all(factor >= 0.1):
        raise ValueError("a factor is a number of at least 0.1")
    y, x = np.radians(latitude), np.radians(longitude)
    vector = np.stack([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)], axis=1)
    return Points(vector, factor)


def of_chord(chord: Floats) -> Floats:
    """Great-circle metres of chords of the unit sphere: 2R·asin(c/2), exact also when short."""
    return 2000 * RADIUS * np.arcsin(np.minimum(chord / 2, 1.0))


def between(one: Points, other: Points) -> NDArray[np.int32]:
    """(a, b) whole metres, times the mean of both factors."""
    square = np.zeros((len(one), len(other)))
    for axis in range(3):
        square += (one.vector[:, axis, None] - other.vector[None, :, axis]) ** 2
    metres = of_chord(np.sqrt(square))
    metres *= (one.factor[:, None] + other.factor[None, :]) / 2
    return np.rint(metres).astype(np.int32)


def pairwise(one: Points, other: Points) -> NDArray[np.int32]:
    """(a,) whole metres from each of `one` to the same of `other`."""
    chord = np.sqrt(((one.vector - other.vector) ** 2).sum(axis=1))
    metres = of_chord(chord) * (one.factor + other.factor) / 2
    return np.rint(metres).astype(np.int32)
