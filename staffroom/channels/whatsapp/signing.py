"""Whether a call is Meta's: `X-Hub-Signature-256`, over the body as it came.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint
"""

import hashlib
import hmac

from django.conf import settings


def signature(body: bytes, secret: str) -> str:
    """What the header must hold."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def is_signed(body: bytes, header: str) -> bool:
    """In constant time; without our secret nothing is."""
    secret = settings.WHATSAPP_APP_SECRET
    return bool(secret) and same(signature(body, secret), header)


def same(ours: str, theirs: str) -> bool:
    return hmac.compare_digest(ours.encode(), theirs.encode("utf-8", "replace"))
