"""Another phone number: a code to the new one, a word to the old one."""

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber

from staffroom.core import audit, hooks, limits, outbox
from staffroom.core.errors import Refused
from staffroom.people import phones
from staffroom.people.actions import codes
from staffroom.people.actions.sign_in import (
    CODES_A_NUMBER,
    CODES_AN_ADDRESS,
    CODES_IN_ALL,
    HOUR,
    TRIES_A_NUMBER,
    TRIES_AN_ADDRESS,
    Begun,
    Purpose,
    send_code,
)
from staffroom.people.models import Person


def begin_new_number(*, person: Person, phone: str) -> Begun:
    """Send a code to the new number. One that is taken gets the same answer and no message."""
    home = phones.region(person)
    number = phones.parse(phone, home)
    if number == person.phone:
        raise Refused(_("This is your number already."), "phone")
    limits.take("code-number", phones.e164(number), limit=CODES_A_NUMBER, seconds=HOUR)
    limits.take("new-number", str(person.pk), limit=CODES_A_NUMBER, seconds=24 * HOUR)
    taken = Person.objects.filter(phone=number).exists()
    with transaction.atomic():
        code = codes.make(phone=number, purpose=Purpose.NEW_NUMBER, person=person)
        if taken:
            outbox.put("sms.nobody")
            return Begun(number)
        send_code(number, code, language=person.language)
    return Begun(number, shown_code=code if settings.DEMO else None)


@dataclass(frozen=True)
class Moving(Begun):
    """`old`: the number that is gone, as written in the session of whoever says it was theirs."""

    old: str = ""


def begin_moving(*, old: str, phone: str, address: str) -> Moving:
    """Nobody is signed in: a code to the new number. What is known of the old one is told to nobody."""
    number, gone = phones.parse(phone), phones.parse(old, field="old")
    if number == gone:
        raise Refused(_("These are the same number. Simply sign in with it."), "phone")
    limits.take("code-number", phones.e164(number), limit=CODES_A_NUMBER, seconds=HOUR)
    limits.take("code-address", address, limit=CODES_AN_ADDRESS, seconds=HOUR)
    limits.take("code-all", "", limit=CODES_IN_ALL, seconds=HOUR)
    taken = Person.objects.filter(phone=number).exists()
    with transaction.atomic():
        code = codes.make(phone=number, purpose=Purpose.NEW_NUMBER)
        if taken:
            outbox.put("sms.nobody")
            return Moving(number, old=phones.e164(gone))
        send_code(number, code, language=None)
    return Moving(number, code if settings.DEMO else None, old=phones.e164(gone))


def confirm_moving(*, old: str, phone: str, code: str, address: str) -> Person | None:
    """Whose number the old one was, once the code to the new one is right. Proves nothing yet."""
    number = phones.parse(phone)
    codes.six_digits(code)
    limits.take("try-number", phones.e164(number), limit=TRIES_A_NUMBER, seconds=HOUR)
    limits.take("try-address", address, limit=TRIES_AN_ADDRESS, seconds=HOUR)
    row = codes.check(phone=number, code=code, purposes=[Purpose.NEW_NUMBER])
    if row.person_id is not None:  # asked for by somebody who is signed in
        raise Refused(
            _("This is not the code. Please look at the latest message and try again."), "code"
        )
    return Person.objects.filter(phone=old, is_active=True, is_staff=False).first()


def begin_by_desk(*, person: Person, phone: str) -> Begun:
    """The help desk starts it: a code to the new number. The owner ends it (`confirm_by_desk`)."""
    number = phones.parse(phone, phones.region(person))
    if number == person.phone:
        raise Refused(_("This is the number already."), "phone")
    limits.take("code-number", phones.e164(number), limit=CODES_A_NUMBER, seconds=HOUR)
    if Person.objects.filter(phone=number).exists():
        raise Refused(_("Another account has this number."), "phone")
    with transaction.atomic():
        code = codes.make(phone=number, purpose=Purpose.NEW_NUMBER, person=person)
        send_code(number, code, language=person.language)
    return Begun(number)


def confirm_by_desk(*, phone: str, code: str, text: str, address: str) -> Person:
    """The owner, by the code that the help desk had sent and the payroll number."""
    number = phones.parse(phone)
    codes.six_digits(code)
    limits.take("try-number", phones.e164(number), limit=TRIES_A_NUMBER, seconds=HOUR)
    limits.take("try-address", address, limit=TRIES_AN_ADDRESS, seconds=HOUR)
    row = codes.check(phone=number, code=code, purposes=[Purpose.NEW_NUMBER])
    person = row.person
    if (
        person is None
        or person.is_staff
        or not person.is_active
        or not any(part(person=person, text=text) for part in hooks.knows_number)
    ):
        raise Refused(
            _("Code and payroll number do not belong together. Ask the help desk once more."),
            "text",
        )
    take_number(person=person, number=number, by=person)
    return person


def confirm_new_number(*, person: Person, phone: str, code: str) -> None:
    """The number changes; the old one is told; other sessions end."""
    number = phones.parse(phone)
    codes.six_digits(code)
    limits.take("try-number", phones.e164(number), limit=TRIES_A_NUMBER, seconds=HOUR)
    row = codes.check(phone=number, code=code, purposes=[Purpose.NEW_NUMBER])
    if row.person_id != person.pk:
        raise Refused(
            _("This is not the code. Please look at the latest message and try again."), "code"
        )
    take_number(person=person, number=number, by=person)


def take_number(*, person: Person, number: PhoneNumber, by: Person) -> None:
    """Write the number, whose code was right. A lost phone's freeze ends with the lost number."""
    old, frozen = person.phone, person.frozen_at
    try:
        with transaction.atomic():
            person.phone, person.frozen_at = number, None
            if not person.is_staff:
                person.set_unusable_password()  # sessions are tied to it
            person.save(update_fields=["phone", "password", "frozen_at"])
            audit.write("person.number_changed", actor=by, on=person)
            if old is not None:
                _tell_old_number(person, phones.e164(old))
    except IntegrityError as error:
        person.phone, person.frozen_at = old, frozen
        raise Refused(
            _("This number belongs to another account. Sign in with it, or choose another."), "code"
        ) from error


def _tell_old_number(person: Person, old: str) -> None:
    with translation.override(person.language):
        text = _(
            "Staffroom: your account now has another phone number. If this was not you, "
            "tell your moderator or the programme office at once."
        )
    outbox.put("sms.send", to=old, text=text)
