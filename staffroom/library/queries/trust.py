"""What stands beside a thing about its being right: for many things in as many queries as for one."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Prefetch

from staffroom.library.models import Capacity, Correction, Dispute, Side, Trust, Voice

State = Trust.State
Marked = TypeVar("Marked")


@dataclass(frozen=True)
class Who:
    """One who judged: a name where the viewer may read it; as what in any case."""

    name: str
    capacity: str


@dataclass(frozen=True)
class Mark:
    """Everything that is shown of it in place. Hashable: it is part of the keys of kept pieces."""

    kind: str
    thing: uuid.UUID
    state: str
    who: tuple[Who, ...] = ()
    at: dt.datetime | None = None
    text: str = ""
    source: str = ""
    accepted: bool = False
    proposed: bool = False
    sides: int = 0
    earlier: bool = False  # somebody said so of words that were changed since


def marks(kind: str, ids: Collection[uuid.UUID], *, named: bool = False) -> dict[uuid.UUID, Mark]:
    """The marks of those of the things that have one. `named`: the viewer may read who judged."""
    if not ids:
        return {}
    rows = list(
        Trust.objects.filter(kind=kind, thing__in=ids).prefetch_related(
            Prefetch("voices", _with_names(Voice.objects.filter(correction=None))),
            Prefetch("corrections", _open_corrections(), to_attr="open_corrections"),
            Prefetch("disputes", _open_disputes(), to_attr="open_disputes"),
        )
    )
    found = {row.thing: _mark(row, named) for row in rows}
    return {thing: mark for thing, mark in found.items() if mark is not None}


def _open_corrections() -> Any:
    voices = Prefetch("voices", _with_names(Voice.objects.all()))
    return Correction.objects.filter(closed_at=None).prefetch_related(voices)


def _open_disputes() -> Any:
    return Dispute.objects.filter(resolved_at=None).prefetch_related(
        Prefetch("sides", Side.objects.only("id", "dispute", "by", "author"))
    )


def _with_names(rows: Any) -> Any:
    return (
        rows.select_related("by")
        .only("id", "capacity", "at", "version", "correction", "trust", "by__name")
        .order_by("at", "id")
    )


def with_marks(kind: str, things: Iterable[Marked], *, named: bool = False) -> list[Marked]:
    """The things, each with its `mark` (None where nothing was said)."""
    listed = list(things)
    found = marks(kind, [thing.pk for thing in listed], named=named)  # type: ignore[attr-defined]
    for thing in listed:
        thing.mark = found.get(thing.pk)  # type: ignore[attr-defined]
    return listed


def _mark(row: Any, named: bool) -> Mark | None:
    correction = next(iter(row.open_corrections), None)
    dispute = next(iter(row.open_disputes), None)
    voices = [voice for voice in row.voices.all() if voice.version == row.version]
    earlier = len(voices) < len(row.voices.all())
    if not voices and not earlier and correction is None and dispute is None:
        return None
    common = {"kind": row.kind, "thing": row.thing, "state": row.state}
    if row.state == State.DISPUTED and dispute is not None:
        return Mark(
            **common, sides=len({(side.by_id, side.author) for side in dispute.sides.all()})
        )
    if row.state == State.CORRECTED and correction is not None:
        return Mark(
            **common,
            who=who(correction.voices.all(), named),
            at=correction.stood_at,
            text=correction.text,
            source=correction.source,
            accepted=correction.accepted_at is not None,
        )
    if row.state == State.VERIFIED:
        return Mark(**common, who=who(voices, named), at=voices[-1].at if voices else None)
    return Mark(**common, proposed=correction is not None, earlier=earlier)


def who(voices: Iterable[Any], named: bool) -> tuple[Who, ...]:
    """Advisers first. Where names are not told, each capacity once."""
    ordered = sorted(voices, key=lambda voice: voice.capacity != Capacity.ADVISER)
    found = [Who(voice.by.name if named and voice.by else "", voice.capacity) for voice in ordered]
    return tuple(dict.fromkeys(found))


def mark_of(kind: str, thing: uuid.UUID, *, named: bool = False) -> Mark | None:
    return marks(kind, [thing], named=named).get(thing)


def state_of(kind: str, thing: uuid.UUID) -> str:
    found = Trust.objects.filter(kind=kind, thing=thing).values_list("state", flat=True).first()
    return found or State.UNVERIFIED
