"""One-time codes: made, and checked once."""

import datetime as dt
import secrets

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from phonenumber_field.phonenumber import PhoneNumber

from staffroom.core.clock import ASTRAY, now
from staffroom.core.errors import Refused
from staffroom.people.digits import plain_digits
from staffroom.people.models import Person, SignInCode
from staffroom.people.phones import e164

DIGITS = 6
MAX_ATTEMPTS = 5
Purpose = SignInCode.Purpose
LIFE = {
    Purpose.SIGN_IN: dt.timedelta(minutes=10),
    Purpose.NEW_NUMBER: dt.timedelta(minutes=10),
    Purpose.HAND_OVER: dt.timedelta(hours=24),
    Purpose.MERGE: dt.timedelta(hours=48),
}


@transaction.atomic
def make(
    *,
    phone: PhoneNumber,
    purpose: Purpose,
    person: Person | None = None,
    enrols: bool = False,
    by: Person | None = None,
) -> str:
    """A new code in the place of the older ones of the same number and purpose. Told once, here."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    number_hash = _number_hash(phone)
    SignInCode.objects.filter(number_hash=number_hash, purpose=purpose, used_at=None).delete()
    row = SignInCode(
        person=person,
        purpose=purpose,
        number_hash=number_hash,
        enrols=enrols,
        expires_at=now() + LIFE[purpose],
        handed_over_by=by,
    )
    row.code_hash = _code_hash(row, code)
    row.save(force_insert=True)
    return code


def check(*, phone: PhoneNumber, code: str, purposes: list[Purpose]) -> SignInCode:
    """Use up the code; `Refused` if it is wrong, old, used or tried too often.

    Not in one transaction: a wrong try must stay counted when the caller gives up.
    """
    digits = six_digits(code)
    rows = [row for purpose in purposes if (row := _latest(phone, purpose)) is not None]
    found = None
    for row in rows:
        may_try = _count_try(row)
        if constant_time_compare(row.code_hash, _code_hash(row, digits)):
            found = (row, may_try)
    if found is None:
        raise Refused(_wrong(rows), "code")
    row, may_try = found
    if row.used_at is not None:
        raise Refused(_used(), "code")
    if row.expires_at <= now():
        raise Refused(_("This code is too old by now. Please ask for a new one."), "code")
    if not may_try:
        raise Refused(_too_often(), "code")
    # Of two tries at the same moment one alone finds the row unused.
    if not SignInCode.objects.filter(pk=row.pk, used_at=None).update(used_at=now()):
        raise Refused(_used(), "code")
    return row


def six_digits(text: str) -> str:
    """The digits, in whatever script they were typed; spaces and hyphens between them do not matter."""
    digits = plain_digits(text)
    if digits is None:
        raise Refused(
            _("The code has six digits and nothing else. Look at the message again."), "code"
        )
    if len(digits) != DIGITS:
        raise Refused(
            ngettext(
                "The code has six digits. This is %(n)s.",
                "The code has six digits. These are %(n)s.",
                len(digits),
            )
            % {"n": len(digits)},
            "code",
        )
    return digits


def _latest(phone: PhoneNumber, purpose: Purpose) -> SignInCode | None:
    """Codes made while the clock was ahead are none: they would hide newer ones, and never end."""
    return (
        SignInCode.objects.filter(
            number_hash=_number_hash(phone), purpose=purpose, created_at__lte=now() + ASTRAY
        )
        .select_related("person", "handed_over_by")
        .order_by("-created_at", "-id")
        .first()
    )


def _count_try(row: SignInCode) -> bool:
    """Count one try; whether there was one left. One statement: parallel guesses count too."""
    return bool(
        SignInCode.objects.filter(pk=row.pk, attempts__lt=MAX_ATTEMPTS).update(
            attempts=F("attempts") + 1
        )
    )


def _wrong(rows: list[SignInCode]) -> str:
    if rows and all(row.attempts >= MAX_ATTEMPTS - 1 for row in rows):
        return _too_often()
    return _("This is not the code. Please look at the latest message and try again.")


def _used() -> str:
    return _("This code was used before; each works once. Please ask for a new one.")


def _too_often() -> str:
    return _("Five tries went wrong, so this code no longer works. Please ask for a new one.")


def _number_hash(phone: PhoneNumber) -> str:
    return salted_hmac("staffroom.number", e164(phone), algorithm="sha256").hexdigest()


def _code_hash(row: SignInCode, code: str) -> str:
    return salted_hmac("staffroom.code", f"{row.pk}|{code}", algorithm="sha256").hexdigest()
