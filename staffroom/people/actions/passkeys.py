"""Passkeys: kept, used, removed."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person

MOST = 10


def keys_of(person: Person) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(
        user_id=person.pk, type=Authenticator.Type.WEBAUTHN
    ).order_by("created_at")


@transaction.atomic
def add(
    *, person: Person, credential: dict[str, Any], verified: bool, name: str, own: bool = True
) -> None:
    """Keep a key whose answer was checked, if its phone is the person's own and has a lock.

    Whoever finds a shared phone signed in must not make themselves a way in that stays.
    """
    if not own:
        raise Refused(not_here())
    if not verified:
        raise Refused(_("Please lock this phone with a PIN or a finger first."))
    if keys_of(person).count() >= MOST:
        raise Refused(_("There are ten passkeys already. Remove one first."))
    WebAuthn.add(person, name or _("A phone or computer"), credential)
    audit.write("person.passkey_added", actor=person)


def not_here() -> str:
    return _("A passkey is for a phone that is yours alone. This one is shared or not yours.")


@transaction.atomic
def remove(*, person: Person, key_id: int) -> None:
    if not keys_of(person).filter(pk=key_id).delete()[0]:
        raise NotYours
    audit.write("person.passkey_removed", actor=person)


@transaction.atomic
def use(*, key: Authenticator) -> Person:
    """Whose key it is, if they may come in."""
    person = Person.objects.get(pk=key.user_id)
    if not person.is_active or person.erased_at is not None:
        raise Refused(_("This account is closed."))
    Authenticator.objects.filter(pk=key.pk).update(last_used_at=now())
    return person
