"""Addresses that stand in messages: whole, and signed where they work without signing in."""

import base64
import hmac
import uuid

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from staffroom.core import ids
from staffroom.notices.models import Preference

SIGN = 12  # bytes; with the id a link stays short enough for a text message
_SALT = "notices.stop"


def whole(path: str) -> str:
    """The address as a phone opens it."""
    host = settings.HOSTS[0] if settings.HOSTS else "localhost:8000"
    return f"{'https' if settings.HTTPS else 'http'}://{host}{path}"


def stop_link(preference: Preference) -> str:
    """By which whoever holds the phone ends the digests: no sign-in, and it opens nothing else."""
    sign = _sign(preference.pk, settings.SECRET_KEY)
    return whole(reverse("stop_digests", args=[ids.short(preference.pk) + sign]))


def stopped_by(token: str) -> Preference | None:
    """Whose digests this link ends; None where it is not ours."""
    try:
        id = ids.from_short(token[:22])
    except ValueError:
        return None
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(hmac.compare_digest(_sign(id, key).encode(), token[22:].encode()) for key in keys):
        return None
    return Preference.objects.filter(pk=id).first()


def _sign(id: uuid.UUID, key: str) -> str:
    digest = salted_hmac(_SALT, id.bytes, secret=key, algorithm="sha256").digest()[:SIGN]
    return base64.urlsafe_b64encode(digest).decode()
