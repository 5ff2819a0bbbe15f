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
from staffroom.methods.formation.again import reform_parts


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
    found, names, told = _named(asked, options, home, heart, before)
    notes = {int(asked.at[i]): text for i, text in told.items()}
    return Again(
        found, names, notes, int(((home < 0) & (found.label >= 0)).sum()), len(cluster.keys() - at.keys())
    )  # fmt: skip


def _named(
    asked: Asked, options: argparse.Namespace, home: np.ndarray, heart: np.ndarray, before: list[str]
) -> tuple[method.Clusters, list[str], dict[int, str]]:  # fmt: skip
    made = reform_parts(
        asked.points, asked.parts, home, heart, options.min, options.max,
        fixed_number=bool(options.clusters),
    )  # fmt: skip
    fresh, label = _fresh(before), made.clusters.label
    names = [before[k] if k >= 0 else next(fresh) for k in made.was]
    told: dict[int, str] = {}
    sizes = Counter(home[label >= 0].tolist())
    for i in np.flatnonzero((label >= 0) & (home >= 0)):
        was = before[home[i]]
        if names[label[i]] != was:
            told[int(i)] = (
                f"moved from cluster {was}: {_reason(was, names, sizes[home[i]], options)}"
            )
    return made.clusters, names, told


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
