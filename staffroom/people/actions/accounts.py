"""Accounts: made, signed in, signed out."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, login
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber

from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.people import phones
from staffroom.people.models import OpenSession, Person

BACKEND = "staffroom.people.backends.Backend"
MEMBER_SESSION = dt.timedelta(days=90)
STAFF_SESSION = dt.timedelta(hours=12)
SHARED_SESSION = dt.timedelta(hours=12)  # then the PIN again
#: A passkey is two factors at once: the device, and the lock that opens it. Else staff sign in by
#: password and second factor.
BOTH_FACTORS = {"demo", "passkey"}
LENT_IDLE = dt.timedelta(minutes=30)  # on a phone that is not one's own
NAME_MAX = 80
AT_ONCE = 500  # accounts written by one statement


def clean_name(text: str, *, field: str = "name") -> str:
    """A name as shown: one line, no direction marks, at least one letter."""
    name = one_line(text)
    if not any(char.isalpha() for char in name):
        raise Refused(_("Please write the name by which colleagues know you."), field)
    if len(name) > NAME_MAX:
        raise Refused(
            _("This name has %(have)s characters; at most %(most)s can be shown.")
            % {"have": len(name), "most": NAME_MAX},
            field,
        )
    return name


@transaction.atomic
def make_account(
    *,
    name: str = "",
    phone: PhoneNumber | str | None = None,
    by: Person | None = None,
    language: str | None = None,
    **profile: Any,
) -> Person:
    """An account that nobody has used yet; `Refused` when the number has one already.

    `profile` may hold gender, subjects, grades, languages, teaching_since. Without a name the
    person is asked for it at first sign-in.
    """
    person = _unused(name, phone, language, **profile)
    _insert([person])
    audit.write("account.made", actor=by, on=person)
    return person


@transaction.atomic
def make_accounts(
    accounts: list[dict[str, Any]],
    *,
    by: Person | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Person]:
    """The same for a whole list, each as `make_account` takes it; all of them or none."""
    people: list[Person] = []
    for start in range(0, len(accounts), AT_ONCE):
        made = [_unused(**account) for account in accounts[start : start + AT_ONCE]]
        _insert(made)
        audit.write_each("account.made", actor=by, on=made)
        people += made
        progress(len(people))
    return people


def _unused(
    name: str = "",
    phone: PhoneNumber | str | None = None,
    language: str | None = None,
    **profile: Any,
) -> Person:
    """An account as it will be written."""
    if isinstance(phone, str):
        phone = phones.parse(phone)
    unknown = set(profile) - {"gender", "subjects", "grades", "languages", "teaching_since"}
    if unknown:
        raise TypeError(f"make_account takes no {', '.join(sorted(unknown))}")
    person = Person(
        name=clean_name(name) if name else "",
        phone=phone,
        language=language or translation.get_language() or "en",
        **profile,
    )
    person.set_unusable_password()
    return person


def _insert(people: list[Person]) -> None:
    try:
        with transaction.atomic():
            Person.objects.bulk_create(people)
    except IntegrityError as error:
        raise Refused(_("Someone here has this number already."), "phone") from error


def sign_in_as(
    request: HttpRequest,
    person: Person,
    *,
    how: Literal["code", "pin", "proof", "passkey", "demo"] = "code",
    whose: str = "own",
) -> None:
    """Every way in for members ends here: a new session, its length, the mark of the first time.

    What a stranger's session held besides (an invitation, a language) comes along. `whose` is
    the phone: own, shared, lent (the session ends with the browser, and after half an hour without
    a page), or staff's.
    """
    if not person.is_active or (how == "demo" and not settings.DEMO):
        raise NotYours
    if person.is_staff and how not in BOTH_FACTORS:
        raise NotYours
    first = person.enrolled_at is None
    login(request, person, backend=BACKEND)
    for begun in ("sign_in", "proving", "idle", "seen"):
        request.session.pop(begun, None)
    request.session["second_factor"] = how in BOTH_FACTORS and person.is_staff
    _set_length(request, person, whose)
    with transaction.atomic():
        if first:
            person.enrolled_at = now()
            person.language = _offered(translation.get_language()) or person.language
            person.save(update_fields=["enrolled_at", "language"])
        audit.write("person.signed_in", actor=person, how=how, first=first)


def _set_length(request: HttpRequest, person: Person, whose: str) -> None:
    request.session["whose"] = whose
    if whose == "lent":
        request.session["idle"] = int(now().timestamp())
        request.session.set_expiry(0)
    elif person.is_staff:
        request.session.set_expiry(STAFF_SESSION)
    else:
        request.session.set_expiry(SHARED_SESSION if whose == "shared" else MEMBER_SESSION)


def sign_out(request: HttpRequest) -> None:
    """End this session and forget everything in it."""
    if request.user.is_authenticated:
        audit.write("person.signed_out", actor=request.user)
        OpenSession.objects.filter(session_key=request.session.session_key).delete()
    request.session.flush()


def sign_out_elsewhere(request: HttpRequest, person: Person) -> None:
    """End the sessions of all other phones and computers; this one stays."""
    with transaction.atomic():
        if person.is_staff:
            raise Refused(_("Staff end other sessions by changing their password."))
        OpenSession.objects.filter(person=person).exclude(
            session_key=request.session.session_key
        ).delete()
        person.set_unusable_password()  # a new random one: sessions are tied to it
        person.save(update_fields=["password"])
        audit.write("person.signed_out_elsewhere", actor=person)
    stay_signed_in(request, person)


def stay_signed_in(request: HttpRequest, person: Person) -> None:
    """Tie this session to the person as they are now (after what ended all sessions)."""
    from django.contrib.auth import HASH_SESSION_KEY

    OpenSession.objects.filter(session_key=request.session.session_key).delete()
    request.session.cycle_key()
    request.session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    request.session.setdefault(BACKEND_SESSION_KEY, BACKEND)


def _offered(language: str | None) -> str | None:
    return language if language in dict(settings.LANGUAGES) else None
