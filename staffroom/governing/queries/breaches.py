"""How a breach stands: until when the authority must be told, and whether it was."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch

from staffroom.core.clock import now
from staffroom.governing.models import Breach, BreachEntry
from staffroom.places.models import Programme

#: From the hour it was noticed (GDPR art. 33; Kenya's Data Protection Act s. 43; and others alike).
TO_TELL = dt.timedelta(hours=72)
Kind = BreachEntry.Kind


@dataclass(frozen=True)
class Standing:
    breach: Breach
    entries: list[BreachEntry]
    due: dt.datetime
    told: BreachEntry | None  # the authority was told, or need not be
    people: BreachEntry | None
    closed: bool

    @property
    def overdue(self) -> bool:
        return self.told is None and now() > self.due

    @property
    def late(self) -> bool:
        """It was told, after the due hour; the law then wants the reason for the delay."""
        return (
            self.told is not None
            and self.told.kind == Kind.AUTHORITY
            and self.told.done_at > self.due
        )

    @property
    def hours_left(self) -> int:
        return max(0, int((self.due - now()).total_seconds() // 3600))


def breaches_of(programme: Programme) -> list[Standing]:
    rows = Breach.objects.filter(programme=programme).select_related("written_by")
    entries = BreachEntry.objects.select_related("written_by")
    return [standing(row) for row in rows.prefetch_related(Prefetch("entries", entries))]


def standing(breach: Breach) -> Standing:
    entries = list(breach.entries.all())
    first = dict.fromkeys(Kind.values) | {entry.kind: entry for entry in reversed(entries)}
    return Standing(
        breach=breach,
        entries=entries,
        due=breach.noticed_at + TO_TELL,
        told=first[Kind.AUTHORITY] or first[Kind.NO_AUTHORITY],
        people=first[Kind.PEOPLE],
        closed=bool(entries) and entries[-1].kind == Kind.CLOSED,
    )
