"""What is odd about the areas of a list: spellings, names alike, borders crossed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from staffroom.places.imports.known import Known
from staffroom.places.imports.names import extends, near
from staffroom.places.imports.problems import Problem
from staffroom.places.imports.read_schools import Spellings
from staffroom.places.imports.records import Path, SchoolRecord, parent_of


def area_problems(
    records: Sequence[SchoolRecord],
    spellings: Spellings,
    levels: Sequence[str],
    given: Sequence[bool],
    problems: list[Problem],
    known: Known,
) -> None:
    """Add what is found to `problems`; `given` says which levels have a column."""
    names = spellings.chosen()
    first: dict[Path, int] = {}
    for record in records:
        path: Path = record.path
        while path:
            first.setdefault(path, record.row)
            path = parent_of(path)
        _missing(record, levels, given, names, problems)
    counts = {path: counter.total() for path, counter in spellings.counts.items() if path[-1]}
    for path, counter in spellings.counts.items():
        if len(counter) > 1:
            common, *others = [name for name, _n in counter.most_common()]
            problems.append(
                Problem(first.get(path, 0), levels[len(path) - 1], common, "area_spelled",
                        {"level": levels[len(path) - 1], "name": common, "others": ", ".join(others)})
            )  # fmt: skip
    _alike(counts, names, levels, first, problems, known)
    _several_parents(counts, names, levels, first, problems)


def _missing(
    record: SchoolRecord,
    levels: Sequence[str],
    given: Sequence[bool],
    names: dict[Path, str],
    problems: list[Problem],
) -> None:
    if not record.path:
        if any(given):
            problems.append(Problem(record.row, levels[list(given).index(True)], "", "no_area"))
        return
    gone = [
        level
        for depth, level in enumerate(levels)
        if given[depth] and (depth >= len(record.path) or not record.path[depth])
    ]
    if gone:
        problems.append(
            Problem(record.row, gone[0], "", "missing_levels",
                    {"levels": ", ".join(gone), "area": names[record.path]})
        )  # fmt: skip


def _alike(
    counts: dict[Path, int],
    names: dict[Path, str],
    levels: Sequence[str],
    first: dict[Path, int],
    problems: list[Problem],
    known: Known,
) -> None:
    """Names of the list that may be one with another of the list, or with one that is known."""
    counts = counts | {path: counts.get(path, 0) + n for path, n in known.counts.items()}
    names = known.names | names
    siblings: dict[tuple[Path, int], list[Path]] = defaultdict(list)
    for path in counts:
        siblings[(parent_of(path), len(path))].append(path)
    for (_parent, depth), paths in siblings.items():
        for one, other in _pairs(paths, first, known):
            kind = _likeness(one[-1], other[-1], depth)
            if not kind:
                continue
            small, big = sorted((one, other), key=lambda p: (p in known.counts, counts[p], p))
            if kind == "area_extends" and len(small[-1]) < len(big[-1]):
                small, big = big, small
            problems.append(
                Problem(first.get(small, 0), levels[depth - 1], names[small], kind,
                        {"level": levels[depth - 1], "name": names[small], "n": counts[small],
                         "other": names[big], "m": counts[big]})
            )  # fmt: skip


def _pairs(paths: list[Path], first: dict[Path, int], known: Known) -> Iterator[tuple[Path, Path]]:
    """Pairs that the list brings up: of two known areas only when it names both."""
    listed = [path for path in paths if path in first]
    for i, one in enumerate(listed):
        for other in listed[i + 1 :]:
            yield one, other
        if one not in known.counts:
            for other in paths:
                if other not in first:
                    yield one, other


def _likeness(one: str, other: str, depth: int) -> str:
    if near(one, other):
        return "area_alike"
    if depth == 1 and (extends(one, other) or extends(other, one)):
        return "area_extends"
    return ""


def _several_parents(
    counts: dict[Path, int],
    names: dict[Path, str],
    levels: Sequence[str],
    first: dict[Path, int],
    problems: list[Problem],
) -> None:
    """One name at one level under several parents: a slip (few rows), or a border crossed."""
    same: dict[tuple[int, str], list[Path]] = defaultdict(list)
    for path in counts:
        if len(path) > 1:
            same[(len(path), path[-1])].append(path)
    for (depth, _name), paths in same.items():
        if len(paths) < 2:
            continue
        level = levels[depth - 1]
        main = max(paths, key=lambda path: counts[path])
        total = sum(counts[path] for path in paths)
        if depth == 2:
            problems.extend(
                        Problem(first.get(path, 0), level, names[path], "area_elsewhere",
                                {"level": level, "name": names[path], "n": counts[path],
                                 "here": names[parent_of(path)], "m": counts[main],
                                 "parent": names[parent_of(main)]})
                for path in paths
                if path is not main and counts[path] * 20 < total and counts[main] * 10 > total * 9
            )  # fmt: skip
            continue
        _split(paths, counts, names, level, first, problems)


def _split(
    paths: list[Path],
    counts: dict[Path, int],
    names: dict[Path, str],
    level: str,
    first: dict[Path, int],
    problems: list[Problem],
) -> None:
    """Within one widest area, a name under several parents is one area across a border."""
    for root in {path[0] for path in paths}:
        here = [path for path in paths if path[0] == root and len(parent_of(path)) > 1]
        if len(here) > 1:
            here.sort(key=lambda path: -counts[path])
            told = ", ".join(f"{names[parent_of(path)]} ({counts[path]})" for path in here)
            problems.append(
                Problem(min(first.get(path, 0) for path in here), level, names[here[0]], "area_split",
                        {"level": level, "name": names[here[0]], "parents": told})
            )  # fmt: skip
