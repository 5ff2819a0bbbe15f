"""What the account key closes, for a new key: second factors anew; PINs when their owners come in."""

from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db.models import QuerySet

from staffroom.core import rekey
from staffroom.core.errors import Refused
from staffroom.people import pins
from staffroom.people.models import Profile
from staffroom.people.staff import LOCKED, lock_of


def boxes() -> list[rekey.Boxes | rekey.Rest]:
    return [
        rekey.Boxes("account", "second factors", _closed_rows, _state, _renew),
        rekey.Rest(
            "account",
            "PINs were chosen under an older key; each goes along when its owner next comes in.",
            lambda: _older_pins().count(),
            _forget_pins,
        ),
    ]


def _closed_rows() -> "QuerySet[Authenticator]":
    """Passkeys hold no secret."""
    return Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)


def _texts(data: dict[str, Any]) -> Iterator[str]:
    for value in data.values():
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and text.startswith(LOCKED):
                yield text


def _state(row: Authenticator) -> str:
    texts = list(_texts(row.data))
    if all(_fits(text) for text in texts):
        return rekey.NEW
    try:
        for text in texts:
            decrypt(text)
    except Refused:
        return rekey.LOST
    return rekey.OLD


def _fits(text: str) -> bool:
    try:
        lock_of(settings.ACCOUNT_KEY).decrypt(text.removeprefix(LOCKED).encode())
    except InvalidToken:
        return False
    return True


def _renew(row: Authenticator) -> list[str]:
    row.data = {name: _anew(value) for name, value in row.data.items()}
    return ["data"]


def _anew(value: Any) -> Any:
    if isinstance(value, list):
        return [_anew(one) for one in value]
    if isinstance(value, str) and value.startswith(LOCKED):
        return encrypt(decrypt(value))
    return value


def _older_pins() -> "QuerySet[Profile]":
    return Profile.objects.exclude(pin_hash="").exclude(pin_key=pins.mark())


def _forget_pins() -> None:
    """Their owners come in with a code and choose a PIN anew."""
    _older_pins().update(pin_hash="", pin_salt="", pin_key="")
