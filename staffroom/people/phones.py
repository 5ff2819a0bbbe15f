"""Phone numbers as people write them: with country code, or as one dials at home."""

import phonenumbers
from django.conf import settings
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber
from phonenumbers import ValidationResult

from staffroom.core import hooks
from staffroom.core.errors import Refused
from staffroom.core.words import listed
from staffroom.people.models import Person

_TOO_SHORT = {ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY}


def region(person: Person | None = None) -> str | None:
    """The country whose numbers one may write without its code."""
    for part in hooks.phone_region:
        if found := part(person=person):
            return found
    return settings.PHONENUMBER_DEFAULT_REGION


def parse(text: str, home: str | None = None, *, field: str = "phone") -> PhoneNumber:
    """The number that `text` means, at home in `home`; `Refused` says what a right one looks like."""
    home = home or region()
    text = (text or "").strip()
    if text.startswith("00"):
        text = "+" + text[2:]
    if not text:
        raise Refused(_("Please write your phone number.") + " " + _like(home), field)
    try:
        number = phonenumbers.parse(text, home)
    except phonenumbers.NumberParseException as error:
        raise Refused(_unread(error, text, home), field) from error
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason in _TOO_SHORT:
        raise Refused(_("This number has too few digits.") + " " + _like(home), field)
    if reason == ValidationResult.TOO_LONG:
        raise Refused(_("This number has too many digits.") + " " + _like(home), field)
    if reason != ValidationResult.IS_POSSIBLE:
        raise Refused(_("No phone has this number.") + " " + _like(home), field)
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return PhoneNumber.from_string(e164)


def e164(phone: PhoneNumber) -> str:
    """The one spelling of a number, "+254712345678"."""
    return phone.as_e164


def spoken(phone: PhoneNumber) -> str:
    """As people read it aloud, "+254 712 345678"; never broken over two lines."""
    return phone.as_international.replace(" ", "\u00a0")


def masked(phone: PhoneNumber | None) -> str:
    """Enough for its owner to know it again: "+254 ••• ••• 001"."""
    if phone is None:
        return ""
    kept = phone.as_e164[-3:]
    return f"+{phone.country_code}\u00a0•••\u00a0•••\u00a0{kept}"


def _unread(error: phonenumbers.NumberParseException, text: str, home: str | None) -> str:
    if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
        if not text.startswith("+") and home is None:
            return _("Please begin with + and the country code, like %(number)s.") % {
                "number": _examples_abroad()
            }
        return _("No country has this code.") + " " + _like(home)
    return _("This is not a phone number.") + " " + _like(home)


def _like(home: str | None) -> str:
    example = home and _example(home)
    if not example:
        return _("A number looks like this: %(number)s.") % {"number": _examples_abroad()}
    return _("A number looks like this: %(home)s or %(abroad)s.") % {
        "home": _ltr(phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)),
        "abroad": _abroad(example),
    }


def _examples_abroad() -> str:
    """Where several countries teach together, one number of each."""
    regions = [region for part in hooks.phone_regions for region in part()] or ["KE"]
    return listed(_abroad(example) for region in regions if (example := _example(region)))


def _example(region: str) -> phonenumbers.PhoneNumber | None:
    return phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)


def _abroad(number: phonenumbers.PhoneNumber) -> str:
    return _ltr(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def _ltr(number: str) -> str:
    """Inside a text from right to left, a number keeps its own direction."""
    return f"\u2066{number}\u2069" if get_language_bidi() else number
