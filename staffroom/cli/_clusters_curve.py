"""Fewer clusters cost travel, more cost venues and trainers: km and cost for some numbers of clusters."""

import argparse
from typing import Any

import numpy as np

from staffroom.cli._clusters_form import Asked
from staffroom.methods.formation import clusters as method
from staffroom.methods.formation import sizes

POINTS = 7


def costs(options: argparse.Namespace) -> bool:
    return bool(options.cost_km or options.cost_venue or options.cost_trainer)


def curve(asked: Asked, options: argparse.Namespace) -> list[dict[str, Any]]:
    """A row a number of clusters, from the fewest to the most; each gets its share of the time."""
    counts = [len(part.which) for part in asked.parts]
    ranges = [sizes.possible(n, options.min, options.max) for n in counts]
    least, most = sum(r[0] for r in ranges), sum(r[-1] for r in ranges)
    out = []
    for clusters in sorted({round(k) for k in np.linspace(least, most, POINTS)}):
        share = method.share_out(counts, options.min, options.max, clusters)
        if any(len(p.fixed) > k for p, k in zip(asked.parts, share, strict=True)):
            continue
        parts = [method.Part(p.which, k, p.fixed) for p, k in zip(asked.parts, share, strict=True)]
        found = method.form_clusters(
            asked.points, parts, options.min, options.max,
            rng=np.random.default_rng(options.seed),
            iterations=None if options.iterations is None else options.iterations // POINTS,
            seconds=options.seconds / POINTS if options.iterations is None else None,
        )  # fmt: skip
        out.append(_row(found, options))
    return out


def _row(found: method.Clusters, options: argparse.Namespace) -> dict[str, Any]:
    km, many = found.total / 1000, len(found.centre)
    row: dict[str, Any] = {"clusters": many, "km_total": round(km, 3), "gap": found.gap}
    if costs(options):
        each = (options.cost_venue or 0) + (options.cost_trainer or 0)
        row["cost"] = round(km * (options.cost_km or 0) + many * each, 2)
    return row


def cheapest(rows: list[dict[str, Any]]) -> int:
    return int(min(rows, key=lambda row: (row["cost"], row["clusters"]))["clusters"])


def print_curve(rows: list[dict[str, Any]]) -> None:
    print(f"{'clusters':>9} {'km in all':>12}" + (f" {'cost':>14}" if "cost" in rows[0] else ""))
    for row in rows:
        cost = f" {row['cost']:>14,.0f}" if "cost" in row else ""
        print(f"{row['clusters']:>9,} {row['km_total']:>12,.0f}{cost}")
    print()
