"""Whose turn it is: fewest trainings first, then the longest wait, then a lot that anyone can draw again."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Waiting:
    """One who may go. `times`: trainings in this subject so far; `last`: the day of the last, or None."""

    id: str
    times: int
    last: dt.date | None


@dataclass(frozen=True)
class Turn:
    """`by_lot`: others had waited as long; only the lot put this one before them."""

    id: str
    times: int
    last: dt.date | None
    by_lot: bool


def lot(seed: str, id: str) -> bytes:
    """The lot of one: SHA-256 of `seed|id` in UTF-8; the smallest goes first."""
    return hashlib.sha256(f"{seed}|{id}".encode()).digest()


def turns(waiting: Iterable[Waiting], places: int, seed: str) -> list[Turn]:
    """The first `places` in order. Nobody is passed over who had fewer trainings, or waited longer."""
    order = sorted(waiting, key=lambda each: (*_rank(each), lot(seed, each.id)))
    chosen = order[: max(places, 0)]
    left = {_rank(each) for each in order[len(chosen) :]}
    return [Turn(each.id, each.times, each.last, _rank(each) in left) for each in chosen]


def _rank(each: Waiting) -> tuple[int, dt.date]:
    return each.times, each.last or dt.date.min
