"""Two ways to see it: opened, added to, and closed by an adviser with a reason."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.library.actions.trust_correct import (
    MAX_REPLY,
    clean_source,
    clean_text,
    new_correction,
)
from staffroom.library.actions.trust_settling import (
    existing,
    held,
    judging,
    open_correction,
    open_dispute,
    settled,
)
from staffroom.library.actions.trust_telling import What, tell
from staffroom.library.actions.trust_verify import check_not_own
from staffroom.library.hooks import trust as hook
from staffroom.library.hooks.trust import Thing
from staffroom.library.models import Capacity, Dispute, Side, Trust, Voice
from staffroom.people.models import Person

Holds, Outcome = Side.Holds, Dispute.Outcome


@transaction.atomic
def dispute(*, by: Person, kind: str, thing: uuid.UUID, holds: str, text: str, source: str) -> Side:
    """Say why it is right or wrong, with a source: this opens the dispute or adds to one of its sides.

    The author adds to it as the author, without being named anew.
    """
    found = held(by, kind, thing)
    if found.own:
        return _authors_side(by, found, holds, text, source)
    found, trust = judging(by, kind, thing)
    words, known = _said(holds, text, source)
    open, new = _opened(trust)
    side = Side.objects.create(
        dispute=open,
        holds=holds,
        by=by,
        capacity=found.capacity,
        version=found.version,
        text=words,
        source=known,
    )
    settled(trust, found.version)
    if new:
        tell(trust, What.DISPUTED, but=by)
    audit.write("trust.disputed", actor=by, on=trust)
    return side


def _authors_side(by: Person, found: Thing, holds: str, text: str, source: str) -> Side:
    """Only where others have opened one; of what has no name neither the person nor the minute."""
    keeper = hook.keeper(found.kind)
    keeper.check(by, found.id)
    trust = existing(found)
    open = open_dispute(trust)
    if open is None:
        raise Refused(_("These are your own words. Change them, or wait for what others say."))
    words, known = _said(holds, text, source)
    at = keeper.moment(found)
    side = Side(
        dispute=open,
        holds=holds,
        by=None if found.nameless else by,
        author=True,
        capacity=Capacity.PEER,
        version=found.version,
        text=words,
        source=known,
        at=at,
    )
    if found.nameless:
        side.id = uuid.uuid4()
    side.save(force_insert=True)
    settled(trust, found.version)
    actor = None if found.nameless else by
    audit.write("trust.disputed", actor=actor, on=trust, at=at if found.nameless else None)
    return side


def _said(holds: str, text: str, source: str) -> tuple[str, str]:
    if holds not in Holds.values:
        raise Refused(_("Choose one of the sides."), "holds")
    return clean_text(text), clean_source(source)


def _opened(trust: Trust) -> tuple[Dispute, bool]:
    open = open_dispute(trust)
    return (open, False) if open else (Dispute.objects.create(trust=trust), True)


@transaction.atomic
def resolve(
    *,
    by: Person,
    kind: str,
    thing: uuid.UUID,
    outcome: str,
    why: str,
    text: str = "",
    source: str = "",
) -> None:
    """An adviser closes it: right, wrong (with the correction that then stands), or both can be said."""
    found, trust = judging(by, kind, thing)
    if found.capacity != Capacity.ADVISER:
        raise NotYours
    check_not_own(found)
    open = open_dispute(trust)
    if open is None:
        raise Refused(_("This dispute is closed already."))
    if outcome not in Outcome.values:
        raise Refused(_("Choose how it ends."), "outcome")
    open.why = clean_text(why, "why", MAX_REPLY)
    open.resolved_at, open.resolved_by, open.outcome = now(), by, outcome
    open.save(update_fields=["why", "resolved_at", "resolved_by", "outcome"])
    _follow(by, found, trust, outcome, text, source)
    tell(trust, What.RESOLVED, but=by)
    audit.write("trust.resolved", actor=by, on=trust, outcome=outcome)


def _follow(by: Person, found: Thing, trust: Trust, outcome: str, text: str, source: str) -> None:
    correction = open_correction(trust)
    if outcome == Outcome.WRONG and (correction is None or text.strip()):
        new_correction(by, found, trust, text, source)
        return
    said = {"capacity": found.capacity, "version": found.version, "at": now()}
    if outcome == Outcome.WRONG:
        Voice.objects.update_or_create(trust=trust, correction=correction, by=by, defaults=said)
    else:
        trust.corrections.filter(closed_at=None).update(closed_at=now())
    if outcome == Outcome.RIGHT:
        Voice.objects.update_or_create(trust=trust, correction=None, by=by, defaults=said)
    if settled(trust, found.version):
        tell(trust, What.CORRECTED, but=by)
