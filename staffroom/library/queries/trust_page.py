"""Everything about the trust in one thing, for one viewer: what was said, and what they can do."""

import datetime as dt
from dataclasses import dataclass, field

from staffroom.core.errors import NotYours, Refused
from staffroom.library.hooks import trust as hook
from staffroom.library.hooks.trust import Thing
from staffroom.library.models import Capacity, Correction, Dispute, Side, Trust, Voice
from staffroom.library.queries.trust import Mark, Who, mark_of, who
from staffroom.library.queries.trust_desk import waits
from staffroom.people.models import Person

State = Trust.State


@dataclass(frozen=True)
class Spoken:
    """One side of a dispute, or a correction, with who said it."""

    who: Who
    author: bool
    text: str
    source: str
    at: dt.datetime


@dataclass(frozen=True)
class Page:
    thing: Thing
    mark: Mark | None
    state: str
    right: tuple[Who, ...] = ()
    correction: Correction | None = None
    correctors: tuple[Who, ...] = ()
    wrong: list[Spoken] = field(default_factory=list)
    holds: list[Spoken] = field(default_factory=list)
    closed: Dispute | None = None
    closer: Who | None = None
    disputed: bool = False
    said_right: bool = False
    agreed: bool = False
    waits: bool = False
    why_not: str = ""

    @property
    def judges(self) -> bool:
        return bool(self.thing.capacity) and not self.thing.own and not self.why_not

    @property
    def may_verify(self) -> bool:
        current = self.correction is None or self.correction.version != self.thing.version
        return self.judges and not self.disputed and not self.said_right and current

    @property
    def may_withdraw(self) -> bool:
        return self.judges and self.said_right

    @property
    def may_agree(self) -> bool:
        return self.judges and not self.disputed and self.correction is not None and not self.agreed

    @property
    def may_correct(self) -> bool:
        if not self.judges or self.disputed:
            return False
        if self.thing.capacity == Capacity.ADVISER:
            advised = any(each.capacity == Capacity.ADVISER for each in self.correctors)
            return self.correction is None or self.agreed or not advised
        return self.correction is None and self.state != State.VERIFIED

    @property
    def may_dispute(self) -> bool:
        """Others open one or add to it; the author adds to what others opened."""
        if self.thing.own:
            return self.disputed and not self.why_not
        return self.judges

    @property
    def may_resolve(self) -> bool:
        return self.judges and self.disputed and self.thing.capacity == Capacity.ADVISER

    @property
    def may_answer(self) -> bool:
        return self.thing.own and self.correction is not None and not self.why_not


def page_of(viewer: Person, thing: Thing) -> Page:
    trust = Trust.objects.filter(kind=thing.kind, thing=thing.id).first()
    reason = _why_not(viewer, thing)
    if trust is None:
        return Page(thing, None, State.UNVERIFIED, why_not=reason)
    voices = list(Voice.objects.filter(trust=trust).select_related("by").order_by("at", "id"))
    right = [
        voice for voice in voices if voice.correction_id is None and voice.version == thing.version
    ]
    correction = trust.corrections.filter(closed_at=None).first()
    theirs = [voice for voice in voices if correction and voice.correction_id == correction.pk]
    open = trust.disputes.filter(resolved_at=None).first()
    closed = (
        trust.disputes.filter(resolved_at__isnull=False)
        .select_related("resolved_by")
        .order_by("-resolved_at")
        .first()
    )
    sides = _sides(open or closed, thing)
    return Page(
        thing=thing,
        mark=mark_of(thing.kind, thing.id, named=thing.named),
        state=trust.state,
        right=who(right, thing.named),
        correction=correction,
        correctors=who(theirs, thing.named),
        wrong=[said for holds, said in sides if holds == Side.Holds.WRONG],
        holds=[said for holds, said in sides if holds == Side.Holds.RIGHT],
        closed=None if open else closed,
        closer=_closer(closed, thing),
        disputed=open is not None,
        said_right=any(voice.by_id == viewer.pk for voice in right),
        agreed=any(voice.by_id == viewer.pk for voice in theirs),
        waits=waits(viewer, thing),
        why_not=reason,
    )


def _why_not(viewer: Person, thing: Thing) -> str:
    """The sentence that says why nothing can be judged just now."""
    try:
        hook.keeper(thing.kind).check(viewer, thing.id)
    except Refused as refusal:
        return refusal.message
    except NotYours:
        return ""
    return ""


def _closer(closed: Dispute | None, thing: Thing) -> Who | None:
    if closed is None:
        return None
    name = closed.resolved_by.name if thing.named and closed.resolved_by else ""
    return Who(name, Capacity.ADVISER)


def _sides(dispute: Dispute | None, thing: Thing) -> list[tuple[str, Spoken]]:
    if dispute is None:
        return []
    rows = dispute.sides.select_related("by").order_by("at", "id")
    return [(side.holds, _spoken(side, thing)) for side in rows]


def _spoken(side: Side, thing: Thing) -> Spoken:
    shown = thing.named and side.by is not None and not (side.author and thing.nameless)
    name = side.by.name if shown and side.by else ""
    return Spoken(Who(name, side.capacity), side.author, side.text, side.source, side.at)
