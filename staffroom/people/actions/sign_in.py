"""Sign-in by phone and one-time code. A number that nobody has gets the same answer in the same time."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber

from staffroom.core import audit, limits, outbox
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.people import phones
from staffroom.people.actions import codes
from staffroom.people.actions.accounts import make_account
from staffroom.people.models import Person, SignInCode

Purpose = SignInCode.Purpose
HOUR = 3600
#: Many phones share one address of a mobile network, so that limit is wide; the overall one caps
#: what a flood of messages can cost.
CODES_A_NUMBER, CODES_AN_ADDRESS, CODES_IN_ALL = 5, 120, 3000
TRIES_A_NUMBER, TRIES_AN_ADDRESS = 20, 300


@dataclass(frozen=True)
class Begun:
    """A sign-in that waits for its code. `shown_code` is set in demo mode alone."""

    phone: PhoneNumber
    shown_code: str | None = None


@dataclass(frozen=True)
class Confirmed:
    """Who gave the right code, and who had handed it over, if someone did."""

    person: Person
    handed_over_by: Person | None = None


def begin_sign_in(phone: str, *, address: str, may_enrol: bool = False) -> Begun:
    """Send a code to the number, if it is known or `may_enrol` (a valid invitation)."""
    number = phones.parse(phone)
    limits.take("code-number", phones.e164(number), limit=CODES_A_NUMBER, seconds=HOUR)
    limits.take("code-address", address, limit=CODES_AN_ADDRESS, seconds=HOUR)
    limits.take("code-all", "", limit=CODES_IN_ALL, seconds=HOUR)
    return _send_code(number, may_enrol)


@transaction.atomic
def _send_code(number: PhoneNumber, may_enrol: bool) -> Begun:
    person = _who_may_enter(number)
    enrols = may_enrol and not Person.objects.filter(phone=number).exists()
    code = codes.make(phone=number, purpose=Purpose.SIGN_IN, person=person, enrols=enrols)
    if person is None and not enrols:
        outbox.put("sms.nobody")  # as much work as for a number that is known
        return Begun(number)
    send_code(number, code, language=person.language if person else None)
    return Begun(number, shown_code=code if settings.DEMO else None)


def send_code(number: PhoneNumber, code: str, *, language: str | None) -> None:
    """Put the message with the code into the outbox; useless after ten minutes, so not sent then."""
    with translation.override(language or translation.get_language()):
        text = _(
            "Staffroom: your code is %(code)s. It works once, for 10 minutes. "
            "Nobody from Staffroom will ever ask you for it."
        ) % {"code": code}
    outbox.put(
        "sms.send",
        to=phones.e164(number),
        text=text,
        until=(now() + codes.LIFE[Purpose.SIGN_IN]).isoformat(),
    )


def confirm_sign_in(*, phone: PhoneNumber | str, code: str, address: str) -> Confirmed:
    """Who this is, once the code is right. An invited number gets its account here."""
    number = phones.parse(phone) if isinstance(phone, str) else phone
    codes.six_digits(code)  # a slip of the finger does not count as a try
    limits.take("try-number", phones.e164(number), limit=TRIES_A_NUMBER, seconds=HOUR)
    limits.take("try-address", address, limit=TRIES_AN_ADDRESS, seconds=HOUR)
    try:
        row = codes.check(phone=number, code=code, purposes=[Purpose.SIGN_IN, Purpose.HAND_OVER])
    except Refused:
        holder = Person.objects.filter(phone=number).first()
        audit.write("person.code_failed", actor=None, on=holder)
        raise
    person = row.person or _who_may_enter(number)
    if person is None and row.enrols:
        person = make_account(phone=number)
    if person is None or not _may_enter(person) or person.phone != number:
        raise Refused(_("This is not the code. Please look at the latest message and try again."))
    if row.purpose == Purpose.HAND_OVER and person.enrolled_at is not None:
        raise Refused(
            _("This code was only for your first visit. Please have one sent to your phone."),
            "code",
        )
    return Confirmed(person, row.handed_over_by)


def can_hand_over_code(to: Person) -> bool:
    """Only to someone who has never signed in, and never to staff."""
    return to.enrolled_at is None and to.phone is not None and not to.is_staff and _may_enter(to)


def hand_over_code(*, by: Person, to: Person) -> str:
    """A code that `by` tells `to` where no message arrives; works once, within 24 hours.

    The caller has checked that `by` moderates a community to which `to` belongs or is invited.
    Returned here and never again; `to` is told at sign-in whose code it was.
    """
    limits.take("hand-over", str(by.pk), limit=20, seconds=24 * HOUR)
    return _hand_over(by, to)


@transaction.atomic
def _hand_over(by: Person, to: Person) -> str:
    to = Person.objects.select_for_update().get(pk=to.pk)
    if by.pk == to.pk or not _may_enter(to) or to.is_staff:
        raise NotYours
    if to.enrolled_at is not None:
        raise Refused(
            _(
                "%(name)s has signed in before. A code can be handed over only for the very first "
                "time; after that it goes to the phone."
            )
            % {"name": to.name or _("This colleague")}
        )
    if to.phone is None:
        raise Refused(_("Without a phone number nobody can sign in. Please add the number first."))
    code = codes.make(phone=to.phone, purpose=Purpose.HAND_OVER, person=to, by=by)
    audit.write("person.code_handed_over", actor=by, on=to)
    return code


def _who_may_enter(number: PhoneNumber) -> Person | None:
    person = Person.objects.filter(phone=number).first()
    return person if person is not None and _may_enter(person) else None


def _may_enter(person: Person) -> bool:
    """By code: members. Staff have a password and a second factor."""
    return person.is_active and person.erased_at is None and not person.is_staff
