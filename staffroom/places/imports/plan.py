"""What an import would change: the list beside what is kept, compared by code. Writes nothing."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from staffroom.places.imports.records import Path, SchoolRecord, parent_of, with_parents

#: Fields of a school that a list may change; an empty cell says nothing and changes nothing.
FIELDS = ("name", "level", "sector", "latitude", "longitude", "opened", "closed")


@dataclass(slots=True)
class Kept:
    """A school as it is kept, with the area it lies in on the import's day."""

    id: uuid.UUID
    code: str
    name: str
    level: str
    sector: str
    latitude: float | None
    longitude: float | None
    opened: dt.date | None
    closed: dt.date | None
    merged_into: str
    path: Path


@dataclass
class Plan:
    """Everything that would be written; counts for the report."""

    new_areas: list[Path] = field(default_factory=list)
    moved_areas: list[tuple[Path, Path]] = field(default_factory=list)
    merged_areas: list[tuple[Path, Path]] = field(default_factory=list)
    create: list[SchoolRecord] = field(default_factory=list)
    change: list[tuple[Kept, dict[str, Any]]] = field(default_factory=list)
    move: list[tuple[Kept, Path]] = field(default_factory=list)
    merge: list[tuple[str, str]] = field(default_factory=list)  # code > code
    missing: list[Kept] = field(default_factory=list)
    unchanged: int = 0

    def counts(self, close_missing: bool = False) -> dict[str, int]:
        changed = {kept.id for kept, _values in self.change} | {kept.id for kept, _p in self.move}
        closed = sum(1 for _kept, values in self.change if values.get("closed"))
        return {
            "created": len(self.create),
            "changed": len(changed),
            "moved": len(self.move),
            "unchanged": self.unchanged,
            "closed": closed + (len(self.missing) if close_missing else 0),
            "missing": len(self.missing),
            "areas_created": len(self.new_areas),
            "areas_moved": len(self.moved_areas),
            "areas_merged": len(self.merged_areas),
        }


def make_plan(
    records: Iterable[SchoolRecord],
    kept: dict[str, Kept],
    areas: set[Path],
    merged_names: dict[str, str],
) -> Plan:
    """Compare. `areas` are the paths that are kept; `merged_names` folded spelling > folded name."""
    records = list(records)
    plan = Plan()
    plan.moved_areas = _moved_areas(records, kept, areas)
    moved = dict(plan.moved_areas)
    wanted = {line for record in records for line in with_parents(record.path)}
    standing = {_after(path, moved) for path in areas}
    plan.new_areas = sorted(wanted - standing, key=lambda path: (len(path), path))
    plan.merged_areas = _merged_areas(areas, wanted | areas, merged_names)
    for record in records:
        old = kept.get(record.code)
        if old is None:
            plan.create.append(record)
            _merge(plan, record, "")
            continue
        values = _differences(record, old)
        goes = _goes(record.path, _after(old.path, moved))
        if values:
            plan.change.append((old, values))
        if goes:
            plan.move.append((old, record.path))
        merges = _merge(plan, record, old.merged_into)
        plan.unchanged += not (values or goes or merges)
    listed = {record.code for record in records}
    plan.missing = [old for code, old in kept.items() if code not in listed and old.closed is None]
    return plan


def _merge(plan: Plan, record: SchoolRecord, before: str) -> bool:
    if record.merged_into and record.merged_into != before:
        plan.merge.append((record.code, record.merged_into))
        return True
    return False


def _differences(record: SchoolRecord, old: Kept) -> dict[str, Any]:
    return {
        name: value
        for name in FIELDS
        if (value := getattr(record, name)) not in ("", None) and value != getattr(old, name)
    }


def _goes(path: Path, old: Path) -> bool:
    """Whether the list says another area; naming only a wider area around it says nothing new."""
    return path != old and bool(path) and path not in with_parents(old)


def _after(path: Path, moved: dict[Path, Path]) -> Path:
    """Where a path stands once areas have moved."""
    for old, new in moved.items():
        if path[: len(old)] == old:
            return new + path[len(old) :]
    return path


def _moved_areas(
    records: list[SchoolRecord], kept: dict[str, Kept], areas: set[Path]
) -> list[tuple[Path, Path]]:
    """Areas whose every listed school went together to the same name under another parent."""
    goals: dict[Path, set[Path]] = defaultdict(set)
    arrivals: dict[Path, set[Path]] = defaultdict(set)
    for record in records:
        old = kept.get(record.code)
        if old is not None and record.path:
            goals[old.path].add(record.path)
            arrivals[record.path].add(old.path)
    moved = {
        path: goal
        for path, reached in goals.items()
        for goal in reached
        if len(reached) == 1
        and goal != path
        and goal not in areas
        and path in areas
        and len(arrivals[goal]) == 1
        and len(goal) == len(path)
        and goal[-1] == path[-1]
        and parent_of(goal) != parent_of(path)
    }
    return sorted(_lifted(moved, areas).items())


def _lifted(moved: dict[Path, Path], areas: set[Path]) -> dict[Path, Path]:
    """When all parts of an area moved with it (zones of a sub-county), the area itself moved."""
    for path, goal in list(moved.items()):
        while True:
            old, new = parent_of(path), parent_of(goal)
            if not old or not new or old[-1] != new[-1] or new in areas or old == new:
                break
            parts = [area for area in areas if area[: len(old)] == old and area != old]
            if any(moved.get(part) != new + part[len(old) :] for part in parts):
                break
            for part in parts:
                del moved[part]
            moved[old] = new
            path, goal = old, new
    return moved


def _merged_areas(
    areas: set[Path], reachable: set[Path], merged_names: dict[str, str]
) -> list[tuple[Path, Path]]:
    """Kept areas whose name the person said means another one beside it."""
    found = []
    for path in sorted(areas):
        meant = merged_names.get(path[-1]) if path else None
        if meant and (*path[:-1], meant) in reachable:
            found.append((path, (*path[:-1], meant)))
    return found
