"""What else `form-clusters` is asked: schools together, schools separate, balanced teachers."""

import argparse
from collections import defaultdict

import numpy as np

from staffroom.cli import BadInput
from staffroom.cli._clusters_form import Asked
from staffroom.methods.formation.clusters import Clusters
from staffroom.methods.formation.conditions import HARD, Conditions, hold

OPTIONS = ("together", "separate", "balance")


def wanted(options: argparse.Namespace) -> bool:
    return any(getattr(options, name) is not None for name in OPTIONS)


def check(options: argparse.Namespace) -> None:
    if not wanted(options):
        return
    if options.previous:
        raise BadInput(
            "--previous moves as few schools as possible; it does not go with --together, --separate "
            "or --balance."
        )
    if options.balance is not None and not options.teachers:
        raise BadInput("--balance needs --teachers: the column that says how many a school has.")
    if options.balance is not None and options.balance <= 0:
        raise BadInput("--balance takes a number of per cent above 0.")


def read(asked: Asked, options: argparse.Namespace) -> Conditions:
    """The columns as numbers, or what contradicts itself."""
    together = _groups(asked, options.together, "--together")
    separate = _groups(asked, options.separate, "--separate")
    n = len(asked.points)
    unit, apart = np.arange(n), np.full(n, -1)
    for number, (word, own) in enumerate(together.items()):
        unit[own] = n + number
        _check_group(asked, word, own, options)
    for number, own in enumerate(separate.values()):
        apart[own] = number
    for word, own in together.items():
        first: dict[int, int] = {}
        for place in own:
            other = first.setdefault(int(apart[place]), place)
            if apart[place] >= 0 and other != place:
                raise BadInput(
                    f'{_named(asked, other)} and {_named(asked, place)} are to stay together ("{word}" '
                    f"in {options.together}) and never to meet ({options.separate}). Choose one."
                )
    weight = np.ones(n, np.int64)
    if options.teachers:
        every = asked.sheet.numbers(options.teachers, "--teachers", 0)
        weight = np.array([round(every[row]) for row in asked.at], np.int64)
    share = None if options.balance is None else options.balance / 100
    return Conditions(unit, apart, weight, share)


def _groups(asked: Asked, column: str | None, option: str) -> dict[str, list[int]]:
    """Word of the column > places in `asked.at`, of those that are in a part."""
    found: dict[str, list[int]] = defaultdict(list)
    if column:
        cells = asked.sheet.column(column, option)
        for part in asked.parts:
            for place in part.which:
                if word := cells[asked.at[place]].strip():
                    found[word].append(int(place))
    return found


def _named(asked: Asked, place: int) -> str:
    return f"school {asked.sheet.id[asked.at[place]]}"


def _check_group(asked: Asked, word: str, own: list[int], options: argparse.Namespace) -> None:
    if len(own) > options.max:
        raise BadInput(
            f'"{word}" in {options.together}: {len(own)} schools are to stay together, and a cluster '
            f"has at most {options.max}. Raise --max, or cut the group."
        )
    inside = [part for part in asked.parts if np.isin(own, part.which).any()]
    if len(inside) > 1:
        raise BadInput(
            f'"{word}" in {options.together}: {_named(asked, own[0])} and others are to stay together '
            "and lie in areas (--within, --apart) that no cluster crosses. Take them out of one."
        )


def held(asked: Asked, found: Clusters, options: argparse.Namespace) -> Clusters:
    """The clusters with the conditions; a note where teachers are still off balance."""
    conditions = read(asked, options)
    rng = np.random.default_rng(options.seed)
    made = hold(asked.points, asked.parts, found, conditions, options.min, options.max, rng=rng)
    hard = np.flatnonzero(made.broken >= HARD)
    if len(hard):
        raise BadInput(
            f"these conditions cannot all be held with {options.min} to {options.max} schools a "
            f"cluster: {len(hard)} of {len(made.broken)} clusters break one. Take some out of "
            "--together or --separate, or ask for other bounds or more --clusters."
        )
    if made.broken.any():
        asked.notes.append(
            f"{int((made.broken > 0).sum())} clusters are more than {options.balance:g} % off the mean "
            f"number of teachers, by up to {int(made.broken.max())} teachers; nearer was not found."
        )
    return made.clusters
