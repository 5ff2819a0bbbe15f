"""People on a phone: kept, opened by PIN, forgotten."""

import uuid

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffroom.core import audit, limits
from staffroom.core.clock import today
from staffroom.core.errors import NotYours, Refused
from staffroom.people import cookie, pins
from staffroom.people.models import OpenSession, Person, Phone, Profile

MAX_TRIES = 5
HOUR = 3600
TRIES_A_PHONE, TRIES_AN_ADDRESS = 30, 300


@transaction.atomic
def keep_profile(
    *, person: Person, phone: Phone | None, kind: str, words: str = ""
) -> tuple[Profile, str]:
    """The person belongs to this phone from now on; a new phone's token, told once, here.

    Only after a sign-in: whoever gave a code may choose a new PIN, so a closed profile opens.
    """
    if kind not in Profile.Kind.values or person.is_staff:
        raise NotYours
    token = ""
    if phone is None:
        token = cookie.new_token()
        phone = Phone.objects.create(token_hash=cookie.digest(token), words=words)
    note_person(phone=phone, person=person)
    profile, _new = Profile.objects.get_or_create(
        phone=phone, person=person, defaults={"kind": kind}
    )
    if profile.tries >= MAX_TRIES or kind == Profile.Kind.OWN:
        profile.pin_hash = profile.pin_salt = ""
    profile.kind, profile.tries, profile.last_used_on = kind, 0, today()
    profile.save()
    audit.write("phone.profile_kept", actor=person, on=phone, kind=kind)
    return profile, token


def note_person(*, phone: Phone, person: Person) -> None:
    """Who came in last on this phone."""
    Phone.objects.filter(pk=phone.pk).update(last_person=person)


@transaction.atomic
def set_pin(*, person: Person, profile: Profile, pin: str, again: str) -> None:
    """A PIN of one's own on this phone."""
    if profile.person_id != person.pk:
        raise NotYours
    digits = pins.read(pin)
    pins.check_not_trivial(digits)
    if digits != pins.read(again):
        raise Refused(_("The two differ. Please write the same PIN twice."), "again")
    _scramble(profile, digits)
    profile.tries, profile.kind = 0, Profile.Kind.SHARED
    profile.save(update_fields=["pin_salt", "pin_hash", "pin_key", "tries", "kind"])
    audit.write("phone.pin_set", actor=person, on=profile)


def _scramble(profile: Profile, digits: str) -> None:
    profile.pin_salt = pins.new_salt()
    profile.pin_hash = pins.scrambled(digits, profile.pin_salt)
    profile.pin_key = pins.mark()


def enter_by_pin(*, phone: Phone, profile_id: uuid.UUID, pin: str, address: str) -> Profile:
    """The profile, if the PIN is right. Each try is counted before it is looked at.

    Not in one transaction: a wrong try must stay counted.
    """
    profile = profile_on(phone, profile_id)
    digits = pins.read(pin)
    if not profile.pin_hash:
        raise Refused(_("There is no PIN here yet. Please have a code sent."), "pin")
    if profile.tries >= MAX_TRIES:
        raise Refused(closed_words(), "pin")
    limits.take("pin-phone", str(phone.pk), limit=TRIES_A_PHONE, seconds=HOUR)
    limits.take("pin-address", address, limit=TRIES_AN_ADDRESS, seconds=HOUR)
    # One statement: of many tries at once, five alone are looked at.
    if not Profile.objects.filter(pk=profile.pk, tries__lt=MAX_TRIES).update(tries=F("tries") + 1):
        raise Refused(closed_words(), "pin")
    if not pins.fits(digits, profile.pin_salt, profile.pin_hash, profile.pin_key):
        audit.write("person.pin_failed", actor=None, on=profile.person)
        raise Refused(_wrong(profile), "pin")
    if profile.pin_key != pins.mark():  # the key is a new one: now the digits are here to go along
        _scramble(profile, digits)
        profile.save(update_fields=["pin_salt", "pin_hash", "pin_key"])
    Profile.objects.filter(pk=profile.pk).update(tries=0, last_used_on=today())
    return profile


def profile_on(phone: Phone, profile_id: uuid.UUID) -> Profile:
    """Of this phone and of somebody who may still come in."""
    found = profiles_on(phone).filter(pk=profile_id).first()
    if found is None:
        raise NotYours
    return found


def profiles_on(phone: Phone | None) -> QuerySet[Profile]:
    """Who belongs to this phone, the latest first."""
    return (
        Profile.objects.filter(
            phone=phone, person__is_active=True, person__is_staff=False, person__erased_at=None
        )
        .exclude(person__name="")
        .select_related("person")
        .order_by("-last_used_on", "-pk")
    )


@transaction.atomic
def forget_profile(*, person: Person, phone: Phone) -> None:
    """This phone no longer knows the person; a phone that knows nobody is forgotten too."""
    OpenSession.objects.filter(person=person, phone=phone).update(phone=None)
    if Profile.objects.filter(person=person, phone=phone).delete()[0]:
        audit.write("phone.profile_forgotten", actor=person, on=phone)
    if not Profile.objects.filter(phone=phone).exists():
        Phone.objects.filter(pk=phone.pk).delete()


def closed_words() -> str:
    return _(
        "Five tries were wrong, so this PIN is closed. Have a code sent to your number; "
        "then you choose a new PIN."
    )


def _wrong(profile: Profile) -> str:
    left = MAX_TRIES - Profile.objects.values_list("tries", flat=True).get(pk=profile.pk)
    if left <= 0:
        audit.write("phone.pin_closed", actor=None, on=profile)
        return closed_words()
    return ngettext(
        "This is not the PIN. One more try is left.",
        "This is not the PIN. %(n)s more tries are left.",
        left,
    ) % {"n": left}
