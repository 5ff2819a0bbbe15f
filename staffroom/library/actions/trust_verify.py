"""It is right: said by peers and advisers, taken back, or left for later."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.library.actions.trust_settling import (
    existing,
    held,
    judging,
    open_correction,
    open_dispute,
    settled,
)
from staffroom.library.hooks import trust as hook
from staffroom.library.hooks.trust import Thing
from staffroom.library.models import Skipped, Voice
from staffroom.people.models import Person


def check_not_own(thing: Thing) -> None:
    if thing.own:
        raise Refused(_("These are your own words. The others say whether they are right."))


@transaction.atomic
def verify(*, by: Person, kind: str, thing: uuid.UUID, version: str = "") -> None:
    """Say that the words are right. Twice is once; after an edit it is said of the new words.

    `version` is what the person had before their eyes.
    """
    found, trust = judging(by, kind, thing)
    check_not_own(found)
    if version and version != found.version:
        raise Refused(_("The words were changed meanwhile. Please read them once more."))
    if open_dispute(trust) is not None:
        raise Refused(_("This is disputed just now. Add what you know to one of the sides."))
    correction = open_correction(trust)
    if correction is not None and correction.version == found.version:
        raise Refused(_("There is a correction of this. If you see it otherwise, say why."))
    said = {"capacity": found.capacity, "version": found.version, "at": now()}
    Voice.objects.update_or_create(trust=trust, by=by, correction=None, defaults=said)
    settled(trust, found.version)
    audit.write("trust.verified", actor=by, on=trust)


@transaction.atomic
def withdraw(*, by: Person, kind: str, thing: uuid.UUID) -> None:
    """Take back that it is right."""
    found = held(by, kind, thing)
    trust = existing(found)
    gone, _kinds = trust.voices.filter(by=by, correction=None).delete()
    if gone:
        settled(trust, found.version)
        audit.write("trust.withdrawn", actor=by, on=trust)


@transaction.atomic
def skip(*, by: Person, kind: str, thing: uuid.UUID) -> None:
    """Leave it for later: it does not stand on this person's desk until its words change."""
    found = hook.thing_for(by, kind, thing)
    if not found.capacity or found.own:
        raise NotYours
    Skipped.objects.update_or_create(
        person=by, kind=kind, thing=thing, defaults={"version": found.version, "at": now()}
    )


@transaction.atomic
def unskip(*, by: Person) -> None:
    """Everything left for later stands on the desk again."""
    Skipped.objects.filter(person=by).delete()
