"""Clusters formed again from an earlier OUT.csv: who moves, and why."""

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from staffroom.cli import BadInput
from staffroom.cli._clusters_form import Asked
from staffroom.methods.formation import clusters as method
from staffroom.methods.formation.reform import reform


@dataclass(frozen=True)
class Again:
    """`names`: (K,). `notes`: by row of the list, for schools that moved. `gone`: no more in the list."""

    clusters: method.Clusters
    names: list[str]
    notes: dict[int, str]
    new: int
    gone: int


def read_previous(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """id > cluster, cluster > id of its central school."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise BadInput(f"{path} cannot be read as a CSV file that form-clusters wrote.") from None
    lacking = [name for name in ("id", "cluster", "centre") if not rows or name not in rows[0]]
    if lacking:
        raise BadInput(
            f"{path}: no column {lacking[0]}. --previous takes the OUT.csv of an earlier form-clusters."
        )
    cluster = {row["id"]: row["cluster"] for row in rows if row["id"] and row["cluster"]}
    if not cluster:
        raise BadInput(f"{path}: no school has a cluster there.")
    return cluster, {row["cluster"]: row["centre"] for row in rows if row["cluster"]}


def form_again(asked: Asked, options: argparse.Namespace) -> Again:
    cluster, centre = read_previous(options.previous)
    ids = [asked.sheet.id[row] for row in asked.at]
    before = list(dict.fromkeys(cluster.values()))
    number = {name: k for k, name in enumerate(before)}
    home = np.array([number.get(cluster.get(code, ""), -1) for code in ids])
    if (home < 0).all():
        raise BadInput(
            f"{options.previous}: none of its ids stands in this list. Are both lists of the same schools?"
        )
    at = {code: i for i, code in enumerate(ids)}
    heart = np.array([at.get(centre[name], -1) for name in before])
    found, names, told = _parts(asked, options, home, heart, before)
    notes = {int(asked.at[i]): text for i, text in told.items()}
    return Again(
        found, names, notes, int(((home < 0) & (found.label >= 0)).sum()), len(cluster.keys() - at.keys())
    )  # fmt: skip


def _parts(
    asked: Asked, options: argparse.Namespace, home: np.ndarray, heart: np.ndarray, before: list[str]
) -> tuple[method.Clusters, list[str], dict[int, str]]:  # fmt: skip
    n = len(asked.points)
    label, metres = np.full(n, -1, np.int64), np.zeros(n, np.int64)
    centres: list[int] = []
    names: list[str] = []
    told: dict[int, str] = {}
    owner = _owners(asked, home, len(before))
    fresh = _fresh(before)
    for number, part in enumerate(asked.parts):
        own = home[part.which].copy()
        own[(own >= 0) & (owner[own] != number)] = -1  # what is left of a cluster elsewhere
        place = np.full(n + 1, -1)
        place[part.which] = np.arange(len(part.which))
        made = reform(
            asked.points.take(part.which), own, place[heart], options.min, options.max,
            part.clusters if options.clusters else None,
        )  # fmt: skip
        alive = np.unique(made.label)
        for k in alive:
            mine = part.which[made.label == k]
            label[mine] = len(centres)
            centres.append(int(part.which[made.centre[k]]))
            names.append(before[k] if k < len(before) else next(fresh))
        metres[part.which] = made.metres
    sizes = Counter(home[label >= 0].tolist())
    for i in np.flatnonzero((label >= 0) & (home >= 0)):
        was = before[home[i]]
        if names[label[i]] != was:
            told[int(i)] = (
                f"moved from cluster {was}: {_reason(was, names, sizes[home[i]], options)}"
            )
    total = int(metres.sum())
    return method.Clusters(label, np.array(centres), metres, None, 0, total, 0.0), names, told


def _owners(asked: Asked, home: np.ndarray, clusters: int) -> np.ndarray:
    """(C,) the part where most schools of each earlier cluster are now."""
    count = np.zeros((clusters, len(asked.parts)), int)
    for number, part in enumerate(asked.parts):
        own = home[part.which]
        np.add.at(count[:, number], own[own >= 0], 1)
    return count.argmax(axis=1)


def _fresh(before: list[str]) -> Iterator[str]:
    last = max((int(name) for name in before if name.isdigit()), default=0)
    while True:
        last += 1
        yield str(last)


def _reason(was: str, names: list[str], size: int, options: argparse.Namespace) -> str:
    if was not in names:
        return "it was ended, as fewer clusters are needed"
    if size > options.max:
        return f"it would have {size} schools"
    return "another cluster, or a new one, needed schools or room"
