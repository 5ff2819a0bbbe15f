"""What form-clusters hands back: a row a school, the JSON, and some lines for a person."""

import csv
import os
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from staffroom.cli import BadInput
from staffroom.cli._clusters_form import Asked, Formed

OUT = ("id", "cluster", "circle", "block", "centre", "km_to_centre", "why", "note")


def rows_of(
    asked: Asked, formed: Formed, names: list[str], notes: dict[int, str]
) -> list[list[str]]:
    """One row a row of the list, in its order. `names`: (K,) what each cluster is called."""
    sheet, found = asked.sheet, formed.clusters
    place = {int(row): i for i, row in enumerate(asked.at)}
    out = []
    for row in range(len(sheet)):
        i = place.get(row)
        if i is None or found.label[i] < 0:
            out.append([sheet.id[row], *[""] * 5, sheet.why[row], notes.get(row, "")])
            continue
        k = int(found.label[i])
        out.append([
            sheet.id[row], names[k], _number(formed.circle[k]), _number(formed.block[k]),
            sheet.id[int(asked.at[found.centre[k]])], f"{found.metres[i] / 1000:.3f}", "",
            notes.get(row, ""),
        ])  # fmt: skip
    return out


def _number(value: int) -> str:
    return str(int(value) + 1) if value >= 0 else ""


def write(path: Path, rows: list[list[str]], head: tuple[str, ...] = OUT) -> None:
    """Whole or not at all: beside the file first, then in its place."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(head)
            out.writerows(rows)
        part.replace(path)
    except OSError as error:
        raise BadInput(
            f"{path} cannot be written: {(error.strerror or 'error').lower()}."
        ) from None
    finally:
        part.unlink(missing_ok=True)


def figures(asked: Asked, formed: Formed, seconds: float, teachers: float | None) -> dict[str, Any]:
    found = formed.clusters
    placed = int((found.label >= 0).sum())
    km = found.total / 1000
    waiting = [why for why in asked.sheet.why if why]
    return {
        "schools": len(asked.sheet),
        "placed": placed,
        "unplaced": len(asked.sheet) - placed,
        "clusters": len(found.centre),
        "circles": int(formed.circle.max(initial=-1)) + 1,
        "blocks": int(formed.block.max(initial=-1)) + 1,
        "km_total": round(km, 3),
        "km_bound": None if found.bound is None else round(found.bound / 1000, 3),
        "gap": None if found.gap is None else round(found.gap, 6),
        "km_per_school": round(km / placed, 3) if placed else None,
        "km_per_teacher": round(teachers, 3) if teachers is not None else None,
        "km_worst": round(int(found.metres.max(initial=0)) / 1000, 3),
        "iterations": found.steps,
        "seconds": round(seconds, 3),
        "first_answer": {
            "km_total": round(found.first / 1000, 3), "seconds": round(found.first_seconds, 3)
        },
        "unplaced_why": dict(Counter(waiting).most_common()),
        "notes": [*asked.notes, *formed.notes],
    }  # fmt: skip


def print_figures(told: dict[str, Any], asked: Asked, formed: Formed) -> None:
    found = formed.clusters
    print(f"{told['schools']:,} schools, {told['placed']:,} placed, {told['unplaced']:,} not")
    for why, count in list(told["unplaced_why"].items())[:8]:
        print(f"  {count:>6,}  {why}")
    if len(told["unplaced_why"]) > 8:
        print("          … and more: see the column why")
    if told["located_by_area"]:
        print(
            f"  {told['located_by_area']:>6,}  placed by their area, as their coordinates cannot be used"
        )
    sizes = np.bincount(found.label[found.label >= 0], minlength=len(found.centre))
    counts = ", ".join(f"{n} of {size}" for size, n in sorted(Counter(sizes.tolist()).items()))
    print(f"{told['clusters']:,} clusters: {counts}")
    for word in ("circles", "blocks"):
        if told[word]:
            print(f"{told[word]:,} {word}")
    _print_km(told, asked, formed)
    for note in told["notes"]:
        print(f"  {note}")


def _print_km(told: dict[str, Any], asked: Asked, formed: Formed) -> None:
    found = formed.clusters
    mean = f"{told['km_per_school']:.2f} a school"
    if told["km_per_teacher"] is not None:
        mean += f", {told['km_per_teacher']:.2f} a teacher"
    print(f"{told['km_total']:,.0f} km to the central schools in all, {mean}")
    if len(found.metres):
        far = int(np.argmax(found.metres))
        row, centre = int(asked.at[far]), int(asked.at[found.centre[found.label[far]]])
        ids, names = asked.sheet.id, asked.sheet.name
        print(
            f"the worst trip: {told['km_worst']:.1f} km, {ids[row]} {names[row]} to "
            f"{ids[centre]} {names[centre]}"
        )
    if "moved" in told:
        print(
            f"{told['moved']} schools changed their cluster, {told['new']} are new, {told['gone']} of "
            "before are not in the list; the column note says who moved and why"
        )
        return
    if told["gap"] is None:
        print("how near this is to the best possible is not proven; give it more --seconds")
    elif told["gap"] == 0:
        print("proven: no clusters of this number and these sizes have fewer km")
    else:
        print(
            f"within {told['gap']:.1%} of the best possible for this number of clusters".replace(
                "%", " %"
            )
        )
    print(f"{told['iterations']:,} iterations in {told['seconds']:.1f} s")
