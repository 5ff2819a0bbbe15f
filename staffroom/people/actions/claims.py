"""A number alone may have changed hands: one more proof before an account opens again.

Until the proof is given, nothing of the account is shown, not even that there is one.
"""

import datetime as dt
import secrets
import uuid
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber

from staffroom.core import audit, hooks, limits
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.people import phones, pins, queries
from staffroom.people.actions.accounts import make_account
from staffroom.people.digits import plain_digits
from staffroom.people.models import AccountNote, Claim, Person, Phone, Profile

LIFE = dt.timedelta(hours=48)
DAY = 24 * 3600
PROOFS_AN_ACCOUNT, PROOFS_AN_ADDRESS, VOUCHES = 5, 60, 10
CODE_DIGITS = 8

How = Literal["pin", "number"]


def needs_proof(person: Person, phone: Phone | None) -> bool:
    """The account rested so long that its number may be another person's by now, or it is frozen.

    A phone that knows the person is proof enough; what nobody has used yet holds nothing.
    """
    if person.enrolled_at is None:
        return False
    if phone is not None and Profile.objects.filter(phone=phone, person=person).exists():
        return False
    if person.frozen_at is not None:
        return True
    last = person.last_used_on or (person.last_login or person.enrolled_at).date()
    return (today() - last).days > settings.STALE_DAYS


@transaction.atomic
def begin_claim(person: Person | None, *, moves: bool = False) -> tuple[Claim, str]:
    """A claim and the code that a colleague is read; told once, here."""
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    claim = Claim.objects.create(
        person=person, code_hash=_hash(code), moves=moves, expires_at=now() + LIFE
    )
    audit.write("person.claim_begun", actor=None, on=person, moves=moves)
    return claim, code


def living(claim_id: uuid.UUID | str) -> Claim:
    found = (
        Claim.objects.filter(pk=claim_id, used_at=None, expires_at__gt=now())
        .select_related("person", "vouched_by")
        .first()
    )
    if found is None:
        raise NotYours
    return found


def prove(*, claim: Claim, how: str, text: str, address: str) -> Person:
    """The account, if the PIN or the payroll number is right. Five tries a day, however many claims."""
    if claim.moves or claim.person is None:
        raise Refused(_("Only a colleague or the help desk can do this."), "text")
    if not text.strip():
        raise Refused(_("Please write it here."), "text")
    limits.take("proof", str(claim.person_id), limit=PROOFS_AN_ACCOUNT, seconds=DAY)
    limits.take("proof-address", address, limit=PROOFS_AN_ADDRESS, seconds=3600)
    right = _pin_fits(claim.person, text) if how == "pin" else knows_number(claim.person, text)
    if not right:
        audit.write("person.proof_failed", actor=None, on=claim.person, how=how)
        raise Refused(_("This does not open it. Please look again, or choose another way."), "text")
    return _open(claim, how)


def collect(claim: Claim) -> Person | None:
    """The account, once a colleague or the help desk has said yes."""
    return _open(claim, "vouch") if claim.vouched_at is not None else None


def by_passkey(claim: Claim, person: Person) -> None:
    """The person came in with a passkey meanwhile: the claim is no longer needed."""
    if claim.person_id == person.pk:
        _open(claim, "passkey")


def find_to_vouch(*, by: Person, code: str) -> Claim:
    """The claim of a colleague whom `by` meets in a community."""
    limits.take("vouch", str(by.pk), limit=VOUCHES, seconds=3600)
    found = (
        Claim.objects.filter(
            code_hash=_hash(plain_digits(code) or ""), used_at=None, expires_at__gt=now()
        )
        .select_related("person")
        .first()
    )
    if found is None or not can_vouch(by, found):
        raise Refused(
            _("No colleague of yours waits with this code. Have it read to you once more."), "code"
        )
    return found


def find_of(*, person: Person, code: str) -> Claim:
    """The claim on this account whose code was read aloud; for the help desk."""
    found = (
        Claim.objects.filter(
            person=person,
            code_hash=_hash(plain_digits(code) or ""),
            used_at=None,
            expires_at__gt=now(),
        )
        .select_related("person")
        .first()
    )
    if found is None:
        raise Refused(_("This person does not wait with this code."), "code")
    return found


def can_vouch(by: Person, claim: Claim) -> bool:
    """Members who meet in a community; nobody for themselves."""
    return (
        claim.person is not None
        and claim.person_id != by.pk
        and by.is_active
        and queries.may_see(by, claim.person)
    )


@transaction.atomic
def vouch(*, by: Person, claim: Claim) -> None:
    """`by` has spoken with the person and knows them."""
    if not can_vouch(by, claim):
        raise NotYours
    record_vouch(by=by, claim=claim)


def record_vouch(*, by: Person, claim: Claim) -> None:
    """Write the word down; the caller has checked that `by` may give it."""
    claim = Claim.objects.select_for_update(of=("self",)).select_related("person").get(pk=claim.pk)
    if claim.used_at is not None or claim.expires_at <= now() or claim.person is None:
        raise NotYours
    if claim.vouched_at is not None:
        return
    claim.vouched_by, claim.vouched_at = by, now()
    claim.save(update_fields=["vouched_by", "vouched_at"])
    AccountNote.objects.create(person=claim.person, act="vouched", by=by)
    audit.write("person.vouched", actor=by, on=claim.person)


@transaction.atomic
def begin_anew(*, claim: Claim, number: PhoneNumber) -> Person:
    """The holder of the number is somebody else: a new account has it, the old one goes without.

    Not while the owner has said that a phone is lost: then the holder may be a thief.
    """
    claim = Claim.objects.select_for_update(of=("self",)).select_related("person").get(pk=claim.pk)
    old = claim.person
    if claim.used_at is not None or claim.moves or old is None or old.phone != number:
        raise NotYours
    if old.frozen_at is not None:
        raise Refused(
            _(
                "Its owner has said that this phone is lost. "
                "The help desk of the programme can tell you more."
            )
        )
    old.phone = None
    old.save(update_fields=["phone"])
    AccountNote.objects.create(person=old, act="number_gone")
    audit.write("person.number_released", actor=None, on=old)
    _use(claim)
    return make_account(phone=number)


def knows_number(person: Person, text: str) -> bool:
    return any(part(person=person, text=text) for part in hooks.knows_number)


@transaction.atomic
def _open(claim: Claim, how: str) -> Person:
    if claim.person_id is None:
        raise NotYours
    _use(claim)
    person = Person.objects.select_for_update().get(pk=claim.person_id)
    if not person.is_active or person.is_staff or person.erased_at is not None:
        raise NotYours
    person.frozen_at = None
    person.save(update_fields=["frozen_at"])
    audit.write("person.proved", actor=person, how=how)
    return person


def _use(claim: Claim) -> None:
    if not Claim.objects.filter(pk=claim.pk, used_at=None).update(used_at=now()):
        raise NotYours


def _pin_fits(person: Person, text: str) -> bool:
    """The PIN of any phone that knows the person: the three used last."""
    digits = pins.read(text.strip())
    kept = Profile.objects.filter(person=person).exclude(pin_hash="").order_by("-last_used_on")[:3]
    return any(pins.fits(digits, one.pin_salt, one.pin_hash, one.pin_key) for one in kept)


def _hash(code: str) -> str:
    return salted_hmac("staffroom.claim", code, algorithm="sha256").hexdigest()


def move_number(*, person: Person, number: PhoneNumber) -> None:
    """After the proof of a claim that moves: the new number, whose code was right before."""
    from staffroom.people.actions.number import take_number

    take_number(person=person, number=phones.parse(phones.e164(number)), by=person)
