"""How django-allauth behaves here: staff alone, by password and second factor, limits in the database."""

import hmac
import time
from base64 import urlsafe_b64encode
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt, encrypt
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.core import audit, limits
from staffroom.core.clock import ASTRAY
from staffroom.core.errors import Refused, TooMany
from staffroom.people import address
from staffroom.people.models import AccountNote, Person

QUARTER = 900
LOCKED = "f1:"


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up, no mails, no messages of its own; tries are counted for all web processes."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy(
            "E-mail and password do not belong together. Please try again."
        ),
        "incorrect_password": gettext_lazy("This is not your password."),
        "account_inactive": gettext_lazy("This account is closed."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        return None

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        who = str(credentials.get("email", "")).strip().lower()
        _take("password", who, limit=10)
        _take("password-address", address.of(request), limit=60)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        who = Person.objects.filter(email__iexact=str(credentials.get("email", "")).strip()).first()
        audit.write("staff.password_failed", actor=None, on=who)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever gave the password a moment ago is not asked again."""
        records = get_authentication_records(context.request, context.request.user)
        if any(record["at"] - time.time() > ASTRAY.total_seconds() for record in records):
            return True  # the clock went back: nobody knows how long ago that was
        fresh = any(
            record.get("method") == "password" and time.time() - record["at"] < QUARTER
            for record in records
        )
        return not fresh and super().is_reauthentication_required(app=app, **kwargs)

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        _take("password", str(user.pk), limit=10)
        return user.check_password(password)


class MfaAdapter(DefaultMFAAdapter):
    """The name in the authenticator app, and a QR code that our content policy allows."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This is not the code. Is it the newest one, and is the clock of your phone right?"
        ),
    }

    def encrypt(self, text: str) -> str:
        """Secrets of second factors are closed with a key that is not in the database."""
        return LOCKED + _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        if not encrypted_text.startswith(LOCKED):
            return encrypted_text  # from before they were closed; see `_is_new`
        try:
            return _lock().decrypt(encrypted_text.removeprefix(LOCKED).encode()).decode()
        except InvalidToken as error:  # restored without its keys
            raise Refused(
                _(
                    "Your second factor cannot be read. Ask your administrator to let you start again."
                )
            ) from error

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Staffroom"}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        """The name alone; no number and no address is told to the phone's maker."""
        name = str(user)
        return super().get_public_key_credential_user_entity(user) | {
            "name": name,
            "display_name": name,
        }

    def get_totp_issuer(self) -> str:
        return "Staffroom"

    def build_totp_svg(self, url: str) -> str:
        return segno.make(url).svg_inline(scale=5, light="white", border=3)


def _lock() -> MultiFernet:
    """Closes with the key of today, opens with the earlier ones too."""
    return MultiFernet([lock_of(key) for key in (settings.ACCOUNT_KEY, *settings.ACCOUNT_OLD_KEYS)])


def lock_of(key: str) -> Fernet:
    return Fernet(urlsafe_b64encode(hmac.new(key.encode(), b"second factor", "sha256").digest()))


def _take(name: str, who: str, *, limit: int) -> None:
    try:
        limits.take(name, who, limit=limit, seconds=QUARTER)
    except TooMany as error:
        raise ValidationError(error.message) from error


def _clean_code(form: Any, clean: Any) -> str:
    """Count the try, let allauth check, then make sure that no process ever takes it again."""
    _take("second-factor", str(form.user.pk), limit=10)
    try:
        code: str = clean()
    except ValidationError:
        _note_failure(form.user, str(form.data.get("code", "")))
        raise
    if form.authenticator.type == Authenticator.Type.TOTP and not _is_new(form.authenticator, code):
        _note_failure(form.user, code)
        raise ValidationError(
            _("This code was used before. Please wait for the next one in your app.")
        )
    return code


@transaction.atomic
def _note_failure(person: Any, code: str) -> None:
    """A wrong code is written down; a right one that came a second time is told to its owner too."""
    row = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if row is None or not _counters(decrypt(row.data["secret"]), code):
        audit.write("staff.second_factor_failed", actor=None, on=person)
        return
    audit.write("staff.second_factor_again", actor=None, on=person)
    AccountNote.objects.create(person=person, act="code_again")


def _counters(secret: str, code: str) -> list[int]:
    """The half minutes, of those that count now, whose code this is."""
    digits = "".join(filter(str.isdigit, code))
    return [
        counter
        for counter in yield_hotp_counters_from_time()
        if constant_time_compare(format_hotp_value(hotp_value(secret, counter)), digits)
    ]


@transaction.atomic
def _is_new(authenticator: Authenticator, code: str) -> bool:
    """Each half minute counts once (RFC 6238, section 5.2), whatever process asks.

    allauth remembers used codes too, but in the memory of one process.
    """
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = decrypt(row.data["secret"])
    used = _counters(secret, code)
    if not used or max(used) <= row.data.get("last_counter", 0):
        return False
    row.data["last_counter"] = max(used)
    if not row.data["secret"].startswith(LOCKED):
        row.data["secret"] = encrypt(secret)
    row.save(update_fields=["data"])
    return True


class SecondFactorForm(AuthenticateForm):
    def clean_code(self) -> str:
        return _clean_code(self, super().clean_code)


class SecondFactorAgainForm(ReauthenticateForm):
    def clean_code(self) -> str:
        return _clean_code(self, super().clean_code)


def second_factor_used(request: HttpRequest, user: Any, **signal: Any) -> None:
    """From now on this session may do what staff may do."""
    request.session.cycle_key()
    request.session["second_factor"] = True
    audit.write("staff.second_factor_used", actor=user)


def second_factor_added(
    request: HttpRequest, user: Any, authenticator: Authenticator, **signal: Any
) -> None:
    if authenticator.type == Authenticator.Type.TOTP:  # its code was right a moment ago
        request.session.cycle_key()  # whoever knew the session before it could do more does not now
        request.session["second_factor"] = True
        _is_new(authenticator, request.POST.get("code", ""))  # and is not right a second time
        audit.write("staff.second_factor_added", actor=user)


def second_factor_removed(
    request: HttpRequest, user: Any, authenticator: Authenticator, **signal: Any
) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        request.session["second_factor"] = False
        audit.write("staff.second_factor_removed", actor=user)
