"""What is right instead: proposed, agreed to, taken back; accepted or answered by the author."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.core import audit, texts
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
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
from staffroom.library.models import Capacity, Correction, Trust, Voice
from staffroom.people.models import Person

MAX_TEXT = 2_000
MAX_SOURCE = 300
MAX_REPLY = 600


def clean_text(text: str, field: str = "text", most: int = MAX_TEXT) -> str:
    """The words with one kind of line end; `Refused` when there are none or too many."""
    return texts.clean(text, most=most, field=field)


def clean_source(text: str) -> str:
    text = one_line(text)
    if not text:
        raise Refused(
            _("Say how you know: a book and its page, a link, or what you saw in class."), "source"
        )
    return texts.bounded(text, MAX_SOURCE, "source")


@transaction.atomic
def correct(*, by: Person, kind: str, thing: uuid.UUID, text: str, source: str) -> Correction:
    """Say what is right instead, and how one knows.

    An adviser's stands at once; a peer's once a second peer, an adviser or the author agrees.
    """
    found, trust = judging(by, kind, thing)
    check_not_own(found)
    if open_dispute(trust) is not None:
        raise Refused(_("This is disputed just now. Add what you know to one of the sides."))
    _check_first(trust, by, found)
    if trust.state == Trust.State.VERIFIED and found.capacity != Capacity.ADVISER:
        raise Refused(_("Others say that this is right. Dispute it: then both sides are heard."))
    return new_correction(by, found, trust, text, source)


def _check_first(trust: Trust, by: Person, found: Thing) -> None:
    """One correction at a time; an adviser may write it better, unless another adviser agreed to it."""
    earlier = open_correction(trust)
    if earlier is None:
        return
    advised = earlier.voices.filter(capacity=Capacity.ADVISER).exclude(by=by).exists()
    if advised or found.capacity != Capacity.ADVISER:
        raise Refused(_("Somebody has written a correction already. Agree to it, or dispute it."))


def new_correction(by: Person, found: Thing, trust: Trust, text: str, source: str) -> Correction:
    """Written for somebody who may; an open one gives way."""
    text, source = clean_text(text), clean_source(source)
    trust.corrections.filter(closed_at=None).update(closed_at=now())
    made = Correction.objects.create(
        trust=trust,
        text=text,
        source=source,
        by=by,
        capacity=found.capacity,
        version=found.version,
    )
    _voice(trust, made, found, by)
    _settle_and_tell(trust, found, by)
    audit.write("trust.corrected", actor=by, on=trust)
    return made


def _voice(trust: Trust, correction: Correction, found: Thing, by: Person) -> None:
    """For the correction, and so no more for the words."""
    trust.voices.filter(by=by, correction=None).delete()
    said = {"capacity": found.capacity, "version": found.version, "at": now()}
    Voice.objects.update_or_create(trust=trust, correction=correction, by=by, defaults=said)


def _settle_and_tell(trust: Trust, found: Thing, by: Person) -> None:
    if settled(trust, found.version):
        tell(trust, What.CORRECTED, but=by)


@transaction.atomic
def agree(*, by: Person, kind: str, thing: uuid.UUID) -> None:
    """Say that the correction is right. Twice is once."""
    found, trust = judging(by, kind, thing)
    check_not_own(found)
    correction = _current(trust)
    _voice(trust, correction, found, by)
    _settle_and_tell(trust, found, by)
    audit.write("trust.agreed", actor=by, on=trust)


@transaction.atomic
def disagree(*, by: Person, kind: str, thing: uuid.UUID) -> None:
    """Take one's voice for the correction back. Without any it is gone, unless its author took it up."""
    found = held(by, kind, thing)
    trust = existing(found)
    correction = _current(trust)
    gone, _kinds = correction.voices.filter(by=by).delete()
    if not gone:
        return
    if not correction.voices.exists() and correction.accepted_at is None:
        Correction.objects.filter(pk=correction.pk).update(closed_at=now())
    settled(trust, found.version)
    audit.write("trust.disagreed", actor=by, on=trust)


def _current(trust: Trust) -> Correction:
    correction = open_correction(trust)
    if correction is None:
        raise Refused(_("There is no correction of this any more."))
    return correction


@transaction.atomic
def accept(*, by: Person, kind: str, thing: uuid.UUID) -> None:
    """The author agrees with the correction: it stands, and says so."""
    found, trust, correction = _for_author(by, kind, thing)
    if correction.accepted_at is None:
        at = hook.keeper(kind).moment(found)
        Correction.objects.filter(pk=correction.pk).update(accepted_at=at)
        if settled(trust, found.version, _at(found)):
            tell(trust, What.CORRECTED, but=None if found.nameless else by, at=_at(found))
        _trace("trust.accepted", by, trust, found)


@transaction.atomic
def reply(*, by: Person, kind: str, thing: uuid.UUID, text: str) -> None:
    """The author says a word about the correction. Writing again replaces it."""
    found, trust, correction = _for_author(by, kind, thing)
    words = clean_text(text, "text", MAX_REPLY)
    Correction.objects.filter(pk=correction.pk).update(reply=words)
    settled(trust, found.version, _at(found))
    _trace("trust.replied", by, trust, found)


def _for_author(by: Person, kind: str, id: uuid.UUID) -> tuple[Thing, Trust, Correction]:
    found = held(by, kind, id)
    if not found.own:
        raise NotYours
    hook.keeper(kind).check(by, id)
    trust = existing(found)
    return found, trust, _current(trust)


def _at(found: Thing) -> dt.datetime | None:
    return hook.keeper(found.kind).moment(found) if found.nameless else None


def _trace(act: str, by: Person, trust: Trust, found: Thing) -> None:
    """Of what has no name neither who nor the minute."""
    actor = None if found.nameless else by
    audit.write(act, actor=actor, on=trust, at=_at(found))
