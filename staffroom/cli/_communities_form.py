"""From a list of teachers to communities: strata, groups of their own, and a sentence for each teacher."""

import argparse
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from staffroom.cli import BadInput
from staffroom.cli import _teacher_sheet as sheets
from staffroom.methods.formation import communities as method
from staffroom.methods.formation.chains import Circular, apart
from staffroom.methods.formation.sizes import nearest_numbers
from staffroom.methods.formation.strata import Key, strata

YES = {"yes", "y", "1", "x", "true", "ndiyo", "oui", "ja"}
WOMAN = {"f", "female", "woman", "w", "mwanamke", "ke", "femme"}


@dataclass
class Formed:
    """`community`: (n,) of the whole list, -1 where unplaced; `why`: a sentence each."""

    community: np.ndarray
    why: list[str]
    violations: int
    distance: float
    seconds: float
    notes: list[str] = field(default_factory=list)


@dataclass
class _Ready:
    sheet: sheets.TeacherSheet
    same: list[list[str]]
    keys: list[Key]
    x: np.ndarray
    weight: np.ndarray
    school: np.ndarray
    pairs: np.ndarray
    notes: list[str]


def form(sheet: sheets.TeacherSheet, options: argparse.Namespace) -> Formed:
    start = time.monotonic()
    ready = _make_ready(sheet, options)
    at = np.array([i for i, why in enumerate(sheet.why) if not why], np.int64)
    community, given = _own_groups(ready, at, options)
    free = at[community[at] < 0]
    stratum, joined = strata(
        [ready.keys[i] for i in free], options.min, options.max,
        [options.same.index(name) for name in options.merge],
    )  # fmt: skip
    place = np.full(len(sheet), -1)
    place[free] = np.arange(len(free))
    inside = ready.pairs[(place[ready.pairs] >= 0).all(axis=1)] if len(ready.pairs) else ready.pairs
    found = method.form(
        ready.x[free] * ready.weight, np.array(stratum, np.int64), ready.school[free], place[inside],
        low=options.min, high=options.max, most=options.max_per_school,
        rng=np.random.default_rng(options.seed), rounds=options.iterations,
    )  # fmt: skip
    community[free] = np.where(found.community >= 0, found.community + given, -1)
    why = _sentences(ready, options, community, given, free, stratum, joined, found)
    must = [_codes([key[i] for key in ready.keys]) for i, _name in enumerate(options.same)
            if _name not in options.merge]  # fmt: skip
    return Formed(
        community, why,
        method.violations(
            community, must, ready.school, ready.pairs, options.min, options.max,
            options.max_per_school,
        ),
        method.within_distance(ready.x, community), time.monotonic() - start, ready.notes,
    )  # fmt: skip


def _make_ready(sheet: sheets.TeacherSheet, options: argparse.Namespace) -> _Ready:
    notes: list[str] = []
    same = [sheet.column(name, "--same") for name in options.same]
    for name, cells in zip(options.same, same, strict=True):
        for i, text in enumerate(cells):
            if not text and not sheet.why[i]:
                sheet.why[i] = f"no {name} is given; give it and form again"
    keys: list[Key] = list(zip(*(map(str.casefold, cells) for cells in same), strict=True))
    keys = keys or [() for _ in range(len(sheet))]
    if options.women_only:
        wish = [text.casefold() in YES for text in sheet.column(options.women_only, "--women-only")]
        sex = [text.casefold() in WOMAN for text in sheet.column(options.gender, "--gender")]
        keys = [
            (*key, "women" if a and b else "") for key, a, b in zip(keys, wish, sex, strict=True)
        ]
    columns, weight = [], []
    for name, each in zip(options.near, options.weights, strict=True):
        x, empty = sheets.near(sheet, name)
        columns.append(x)
        weight += [each**0.5] * x.shape[1]
        if empty:
            notes.append(f"{empty} of column {name} are empty and stand in its middle")
    x = np.concatenate(columns, axis=1) if columns else np.zeros((len(sheet), 1))
    return _Ready(
        sheet, same, keys, x, np.array(weight or [1.0]), _codes(sheet.school),
        _pairs(sheet), notes,
    )  # fmt: skip


def _codes(cells: list[str]) -> np.ndarray:
    return np.asarray(np.unique(np.array(cells, object).astype(str), return_inverse=True)[1])


def _pairs(sheet: sheets.TeacherSheet) -> np.ndarray:
    below, together = sheets.below(sheet)
    try:
        chains = apart(below, np.zeros(len(sheet), np.int64))
    except Circular as error:
        chain = " supervises ".join(sheet.id[i] for i in error.people)
        raise BadInput(
            f"row {sheet.row[error.people[0]]}, column supervises: a chain leads back to its beginning: "
            f"{chain}. Mend one of them."
        ) from None
    both = np.array(together, np.int64).reshape(-1, 2)
    return np.unique(np.concatenate([chains, both]), axis=0)


def _own_groups(
    ready: _Ready, at: np.ndarray, options: argparse.Namespace
) -> tuple[np.ndarray, int]:
    """Groups that chose themselves stay whole where they keep the rules. > communities, how many."""
    community = np.full(len(ready.sheet), -1)
    if not options.groups:
        return community, 0
    names = ready.sheet.column(options.groups, "--groups")
    given = 0
    for name in sorted({names[i] for i in at} - {""}):
        who = np.array([i for i in at if names[i] == name])
        alone = np.full(len(ready.sheet), -1)
        alone[who] = 0
        must = [_codes([str(key) for key in ready.keys])]
        broken = method.violations(
            alone, must, ready.school, ready.pairs, options.min, options.max, options.max_per_school
        )
        if broken:
            ready.notes.append(
                f'the group "{name}" of {len(who)} is placed like others: as it is, it breaks a rule '
                f"(size {options.min} to {options.max}, {', '.join(options.same)}, schools, supervision)"
            )
            continue
        community[who] = given
        given += 1
    return community, given


def _sentences(
    ready: _Ready, options: argparse.Namespace, community: np.ndarray, given: int,
    free: np.ndarray, stratum: list[int], joined: dict[int, list[Key]], found: method.Communities,
) -> list[str]:  # fmt: skip
    size = np.bincount(community[community >= 0], minlength=1)
    out = list(ready.sheet.why)
    for i in np.flatnonzero(community >= 0):
        if community[i] < given:
            out[i] = f"The group you formed yourselves, of {size[community[i]]}."
    many = Counter(stratum)
    for place, i in enumerate(free):
        if community[i] >= 0:
            cells, key = [each[i] for each in ready.same], ready.keys[i]
            women = len(key) > len(cells) and bool(key[-1])
            many_here = int(size[community[i]])
            out[i] = _placed(cells, women, options, many_here, joined.get(stratum[place]))
        else:
            out[i] = _left(int(found.why[place]), many[stratum[place]], options)
    return out


def _placed(
    cells: list[str], women: bool, options: argparse.Namespace, size: int, parts: list[Key] | None
) -> str:
    mixed = [
        name
        for place, name in enumerate(options.same)
        if len({part[place] for part in parts or ()}) > 1
    ]
    alike = [
        f"{name} ({text})"
        for name, text in zip(options.same, cells, strict=True)
        if name not in mixed
    ]
    text = f"With {size - 1} others"
    text += f" of the same {_and(alike)}" if alike else ""
    text += ", women only as you asked" if women else ""
    text += f", near you in {_and(options.near)}" if options.near else ""
    if mixed:
        text += f"; joined with others in {_and(mixed)}, as you would have been too few"
    schools = "one comes" if options.max_per_school == 1 else f"{options.max_per_school} come"
    return f"{text}. Nobody is above or below anybody, and at most {schools} from one school."


def _and(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _left(why: int, many: int, options: argparse.Namespace) -> str:
    bounds = f"{options.min} to {options.max}"
    if why == method.FEW:
        return (
            f"Only {many} teachers have this in common; a community has {bounds}. Smaller bounds or "
            "--merge would place you."
        )
    if why == method.UNEVEN:
        under, over = nearest_numbers(many, options.min, options.max)
        return f"{many} teachers cannot be cut into communities of {bounds}; {under} or {over} can."
    return (
        "Every community of your kind has somebody above or below you, or enough from your school."
    )


def figures(sheet: sheets.TeacherSheet, formed: Formed) -> dict[str, Any]:
    placed = int((formed.community >= 0).sum())
    unplaced = [why for why, c in zip(formed.why, formed.community, strict=True) if c < 0]
    return {
        "teachers": len(sheet),
        "placed": placed,
        "unplaced": len(sheet) - placed,
        "communities": len(np.unique(formed.community[formed.community >= 0])),
        "violations": formed.violations,
        "within_distance": round(formed.distance, 6) if placed else None,
        "seconds": round(formed.seconds, 3),
        "unplaced_why": dict(Counter(unplaced).most_common()),
        "notes": formed.notes,
    }
