"""From a list of schools to clusters, circles and blocks: what is asked, cut into separate parts."""

import argparse
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from staffroom.cli import BadInput
from staffroom.cli._school_sheet import SchoolSheet
from staffroom.methods.formation import above as method_above
from staffroom.methods.formation import clusters as method
from staffroom.methods.formation import sizes
from staffroom.methods.formation.earth import Points, points

Key = tuple[str, str]


@dataclass
class Asked:
    """The list made ready: `at` are the rows that can be placed, the rest stands beside by row."""

    sheet: SchoolSheet
    at: np.ndarray
    points: Points
    parts: list[method.Part]
    keys: list[Key]
    notes: list[str] = field(default_factory=list)


@dataclass
class Formed:
    """`circle`, `block`: (K,) of each cluster, -1 where it has none."""

    clusters: method.Clusters
    circle: np.ndarray
    block: np.ndarray
    notes: list[str]


def make_ready(sheet: SchoolSheet, options: argparse.Namespace) -> Asked:
    at = np.array([i for i, why in enumerate(sheet.why) if not why], np.int64)
    if not len(at):
        raise BadInput("no school of this list has coordinates that can be used.")
    factor = None
    if options.terrain:
        every = np.array(sheet.numbers(options.terrain, "--terrain", 0.1))
        factor = every[at]
    fixed = _marked(sheet, options.centres)
    where = [[float(place[i] or 0.0) for i in at] for place in (sheet.latitude, sheet.longitude)]
    placed = points(np.array(where[0]), np.array(where[1]), factor)
    by_key = _apart(sheet, at, options)
    notes = _cannot(sheet, at, placed, by_key, options)
    keys = sorted(by_key)
    share = _shares([len(by_key[key]) for key in keys], options)
    parts = []
    for key, clusters in zip(keys, share, strict=True):
        which = by_key[key]
        own = which[[int(at[i]) in fixed for i in which]]
        if len(own) > clusters:
            raise BadInput(
                f"{_called(key, options)}: {len(own)} fixed centres are more than {clusters} "
                "clusters. Fix fewer centres, or ask for more clusters with --clusters."
            )
        parts.append(method.Part(which, clusters, own))
    return Asked(sheet, at, placed, parts, keys, notes)


def _marked(sheet: SchoolSheet, column: str | None) -> set[int]:
    if not column:
        return set()
    no = {"", "0", "no", "false", "n"}
    cells = sheet.column(column, "--centres")
    return {i for i, text in enumerate(cells) if text.strip().casefold() not in no}


def _apart(
    sheet: SchoolSheet, at: np.ndarray, options: argparse.Namespace
) -> dict[Key, np.ndarray]:
    """Rows (places in `at`) by what keeps them apart; a school without an area waits, told why."""
    from staffroom.places.imports.names import fold

    said: list[list[str]] = []
    for name, option in ((options.within, "--within"), (options.apart, "--apart")):
        said.append(sheet.column(name, option) if name else [""] * len(sheet))
    by_key: dict[Key, list[int]] = defaultdict(list)
    for place, i in enumerate(at):
        if options.within and not said[0][i]:
            sheet.why[i] = f"no {options.within} is given"
            continue
        by_key[fold(said[0][i]), fold(said[1][i])].append(place)
    return {key: np.array(which) for key, which in by_key.items()}


def _called(key: Key, options: argparse.Namespace) -> str:
    names = [
        f"{column} {value.title() or '(none)'}"
        for column, value in zip((options.within, options.apart), key, strict=True)
        if column
    ]
    return ", ".join(names) or "the list"


def could(n: int, low: int, high: int) -> str:
    """ "18 or 25 could"."""
    numbers = [str(number) for number in sizes.nearest_numbers(n, low, high) if number]
    return f"{' or '.join(numbers)} could"


def _cannot(
    sheet: SchoolSheet, at: np.ndarray, placed: Points, by_key: dict[Key, np.ndarray],
    options: argparse.Namespace,
) -> list[str]:  # fmt: skip
    """Take out the parts whose number cannot be cut within bounds; say what would help."""
    low, high = options.min, options.max
    bad = [key for key in sorted(by_key) if not sizes.possible(len(by_key[key]), low, high)]
    notes = []
    middle = {key: placed.vector[which].mean(axis=0) for key, which in by_key.items()}
    for key in bad:
        n = len(by_key[key])
        text = f"{n} schools cannot be cut into clusters of {low} to {high}; {could(n, low, high)}"
        if len(by_key) == 1:
            raise BadInput(f"{text}. Choose other bounds with --min and --max, or more schools.")
        near = sorted(
            (key2 for key2 in by_key if key2 != key and key2[1] == key[1]),
            key=lambda key2: float(((middle[key2] - middle[key]) ** 2).sum()),
        )
        for other in near[:10]:
            both = n + len(by_key[other])
            if sizes.possible(both, low, high):
                text += f"; together with {_called(other, options)} the {both} can"
                break
        for place in by_key[key]:
            sheet.why[at[place]] = f"{_called(key, options)}: {text}"
        notes.append(f"{_called(key, options)}: {text}.")
    if len(bad) == len(by_key):
        raise BadInput(
            f"none of the {len(bad)} areas can be cut into clusters of {low} to {high}. {notes[0]} "
            "Choose other bounds, or a wider area with --within."
        )
    for key in bad:
        del by_key[key]
    return notes


def _shares(counts: list[int], options: argparse.Namespace) -> list[int]:
    low, high = options.min, options.max
    try:
        return method.share_out(counts, low, high, options.clusters)
    except ValueError:
        least = sum(sizes.possible(n, low, high)[0] for n in counts)
        most = sum(sizes.possible(n, low, high)[-1] for n in counts)
        raise BadInput(
            f"{sum(counts)} schools cannot be cut into {options.clusters} clusters of {low} to "
            f"{high}; {least} to {most} clusters could. Change --clusters, --min or --max."
        ) from None


def form(asked: Asked, options: argparse.Namespace, told: Any) -> Formed:
    rng = np.random.default_rng(options.seed)
    found = method.form_clusters(
        asked.points, asked.parts, options.min, options.max,
        rng=rng, iterations=options.iterations,
        seconds=None if options.iterations is not None else options.seconds, told=told,
    )  # fmt: skip
    return above(asked, found, options, rng)


def above(
    asked: Asked, found: method.Clusters, options: argparse.Namespace, rng: np.random.Generator
) -> Formed:
    """Circles of clusters and blocks of circles, by their centres; levels kept apart stay apart."""
    level = np.full(len(asked.points), -1)
    levels = sorted({key[1] for key in asked.keys})
    for part, key in zip(asked.parts, asked.keys, strict=True):
        level[part.which] = levels.index(key[1])
    made = method_above.above(
        asked.points, found.centre, level[found.centre],
        circle=options.circle, blocks=options.blocks, rng=rng,
    )  # fmt: skip
    notes = [_short(short, levels[short.level], options) for short in made.short]
    return Formed(found, made.circle, made.block, notes)


def _short(short: method_above.Short, level: str, options: argparse.Namespace) -> str:
    called = f" of {options.apart} {level.title()}" if options.apart else ""
    if short.what == "circles":
        return (
            f"no circles: {short.n} clusters{called} cannot be cut into circles of {short.low} to "
            f"{short.high}; {could(short.n, short.low, short.high)}."
        )
    return f"no blocks: {short.n} {short.of}{called} are fewer than {short.low} blocks."
