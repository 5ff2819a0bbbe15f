"""Two plans of clusters side by side: which cluster of one is which of the other, and who changes.

Clusters have no name that lasts, so they are matched by the schools they share: the pair that shares
most first, each cluster once.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Key = Any  # whatever tells one school or cluster from another


@dataclass(frozen=True)
class Change:
    """What becomes of a school: `was` and `becomes` are clusters, None where it has none.

    `moved`: into a cluster that is not its own's match. `kind`: "new" (only in the second plan),
    "gone" (only in the first), "placed", "unplaced", "moved".
    """

    school: Key
    kind: str
    was: Key | None
    becomes: Key | None


@dataclass(frozen=True)
class Comparison:
    """`match`: cluster of the second plan for each of the first that has one. `changes` by school in
    the order of the first plan, then of the second; `centres`: matched clusters whose centre differs."""

    match: dict[Key, Key]
    changes: list[Change]
    centres: list[tuple[Key, Key]]
    same: int


def compare(
    first: Mapping[Key, Key | None],
    second: Mapping[Key, Key | None],
    centre_first: Mapping[Key, Key],
    centre_second: Mapping[Key, Key],
) -> Comparison:
    """`first`, `second`: the cluster of each school, None where it has none. `centre_…`: the central
    school of each cluster. `same` counts the schools whose cluster is the match of the one they had."""
    match = matched(first, second, centre_first, centre_second)
    changes, same = [], 0
    for school, was in first.items():
        if school not in second:
            changes.append(Change(school, "gone", was, None))
            continue
        becomes = second[school]
        kind = _kind(was, becomes, match)
        if kind:
            changes.append(Change(school, kind, was, becomes))
        elif was is not None:
            same += 1
    changes += [
        Change(school, "new", None, becomes)
        for school, becomes in second.items()
        if school not in first
    ]
    centres = [
        (one, other) for one, other in match.items() if centre_first[one] != centre_second[other]
    ]
    return Comparison(match, changes, centres, same)


def _kind(was: Key | None, becomes: Key | None, match: Mapping[Key, Key]) -> str:
    if was is None:
        return "" if becomes is None else "placed"
    if becomes is None:
        return "unplaced"
    return "" if match.get(was) == becomes else "moved"


def matched(
    first: Mapping[Key, Key | None],
    second: Mapping[Key, Key | None],
    centre_first: Mapping[Key, Key],
    centre_second: Mapping[Key, Key],
) -> dict[Key, Key]:
    """Pairs by most shared schools; among equals those with the same centre, then as they stand."""
    shared: Counter[tuple[Key, Key]] = Counter()
    for school, one in first.items():
        other = second.get(school)
        if one is not None and other is not None:
            shared[one, other] += 1
    order = sorted(
        shared, key=lambda pair: (-shared[pair], centre_first[pair[0]] != centre_second[pair[1]])
    )
    match: dict[Key, Key] = {}
    taken = set()
    for one, other in order:
        if one not in match and other not in taken:
            match[one] = other
            taken.add(other)
    return match
