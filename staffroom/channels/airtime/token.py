"""The provider signs nothing, so the address it calls is itself the secret."""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac


def token() -> str:
    return salted_hmac(
        "staffroom.airtime", "callback", settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()[:32]


def is_right(given: str) -> bool:
    return constant_time_compare(given, token())
