"""What every act on trust begins and ends with: hold the thing, say the state anew."""

import datetime as dt
import uuid
from collections.abc import Collection
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from staffroom.core.clock import now
from staffroom.core.errors import NotYours
from staffroom.library.actions.trust_telling import tell
from staffroom.library.hooks import trust as hook
from staffroom.library.hooks.trust import Thing
from staffroom.library.models import Correction, Dispute, Hearing, Trust, Voice
from staffroom.library.queries.trust_state import Enough, Proposed, Said, settle, stands
from staffroom.people.models import Person


def judging(by: Person, kind: str, id: uuid.UUID) -> tuple[Thing, Trust]:
    """The thing and its trust, both held, for somebody who may judge it and did not write it.

    Whose it is comes first, so that its author is told so and nothing is left behind.
    """
    thing = held(by, kind, id)
    if not thing.capacity:
        raise NotYours
    hook.keeper(kind).check(by, id)
    return thing, trust_of(thing)


def held(by: Person, kind: str, id: uuid.UUID) -> Thing:
    """The thing as the person sees it, its row held."""
    hook.thing_for(by, kind, id)
    hook.keeper(kind).hold(id)
    return hook.thing_for(by, kind, id)


def trust_of(thing: Thing) -> Trust:
    made, _new = Trust.objects.get_or_create(kind=thing.kind, thing=thing.id)
    return Trust.objects.select_for_update().get(pk=made.pk)


def existing(thing: Thing) -> Trust:
    """The row of a thing about which somebody has said something."""
    found = Trust.objects.select_for_update().filter(kind=thing.kind, thing=thing.id).first()
    if found is None:
        raise NotYours
    return found


def open_correction(trust: Trust) -> Correction | None:
    return trust.corrections.filter(closed_at=None).select_related("by").first()


def open_dispute(trust: Trust) -> Dispute | None:
    return trust.disputes.filter(resolved_at=None).first()


def settled(trust: Trust, version: str, at: dt.datetime | None = None) -> bool:
    """Say the state anew from all that was said; whether a correction has just come to stand.

    `at` instead of now: for what an author without a name did.
    """
    keeper = hook.keeper(trust.kind)
    enough = partial(keeper.enough, trust.thing)
    correction = open_correction(trust)
    proposed = _proposed(correction)
    state = settle(
        version=version,
        voices=_voices(trust.voices.filter(correction=None)),
        correction=proposed,
        disputed=open_dispute(trust) is not None,
        enough=enough,
    )
    news = _mark_standing(correction, proposed, state, enough, at or now())
    trust.state, trust.version = state, version
    trust.save(update_fields=["state", "version"])
    keeper.changed(trust.thing, state)
    return news


def _mark_standing(
    correction: Correction | None,
    proposed: Proposed | None,
    state: str,
    enough: Enough,
    at: dt.datetime,
) -> bool:
    if correction is None:
        return False
    standing = stands(proposed, enough)
    if state == Trust.State.VERIFIED and standing:
        # The new words were verified: what was wrong is mended.
        Correction.objects.filter(pk=correction.pk).update(closed_at=at)
        return False
    news = standing and correction.stood_at is None
    if standing != (correction.stood_at is not None):
        since = (correction.accepted_at or at) if standing else None
        Correction.objects.filter(pk=correction.pk).update(stood_at=since)
    return news


def _proposed(correction: Correction | None) -> Proposed | None:
    if correction is None:
        return None
    return Proposed(
        version=correction.version,
        accepted=correction.accepted_at is not None,
        voices=_voices(correction.voices.all()),
    )


def _voices(rows: QuerySet[Voice]) -> tuple[Said, ...]:
    return tuple(Said(*row) for row in rows.values_list("by_id", "capacity", "version"))


@transaction.atomic
def words_changed(*, kind: str, thing: uuid.UUID, at: dt.datetime | None = None) -> None:
    """The words were edited (the caller holds the thing): what was verified were other words.

    Whoever had verified them hears of it, to look once more.
    """
    found = Trust.objects.select_for_update().filter(kind=kind, thing=thing).first()
    version = hook.keeper(kind).versions([thing]).get(thing)
    if found is not None and version is not None:
        verified = found.state == Trust.State.VERIFIED
        settled(found, version, at)
        if verified and found.state != Trust.State.VERIFIED:
            tell(found, Hearing.What.EDITED, at=at)


@transaction.atomic
def forget_things(*, kind: str, things: Collection[uuid.UUID]) -> None:
    """The things are gone for good: whatever was said about them goes too."""
    Trust.objects.filter(kind=kind, thing__in=list(things)).delete()
