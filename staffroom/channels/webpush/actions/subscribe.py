"""A person wants to be told in this browser, or no more."""

import hashlib
import uuid

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.channels.webpush import doors, keys
from staffroom.channels.webpush.models import Subscription
from staffroom.core import audit
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import OpenSession, Person

#: Browsers of one person; the oldest goes.
MOST = 8


@transaction.atomic
def subscribe(
    *, by: Person, session_key: str, endpoint: str, p256dh: str, auth: str, made_for: str
) -> Subscription:
    """This browser belongs to whoever is signed in here now, and to nobody who was before."""
    session = OpenSession.objects.filter(person=by, session_key=session_key).first()
    if session is None:
        raise NotYours
    if not (doors.is_one(endpoint) and _is_key(p256dh) and _is_secret(auth)):
        raise Refused(_("This browser cannot be told. Please try again, or use another browser."))
    if made_for != keys.current().public:
        raise Refused(_("Our key has changed. Please open this page again and try once more."))
    digest = hashlib.sha256(endpoint.encode()).hexdigest()
    Subscription.objects.filter(session=session).exclude(endpoint_hash=digest).delete()
    made, _new = Subscription.objects.update_or_create(
        endpoint_hash=digest,
        defaults={
            "person": by,
            "session": session,
            "endpoint": endpoint,
            "p256dh": p256dh,
            "auth": auth,
            "key": keys.current().name,
        },
    )
    kept = Subscription.objects.filter(person=by).order_by("-made_at", "-id")[:MOST]
    Subscription.objects.filter(person=by).exclude(pk__in=[each.pk for each in kept]).delete()
    audit.write("webpush.on", actor=by)
    return made


@transaction.atomic
def unsubscribe(*, by: Person, subscription: uuid.UUID) -> None:
    if not Subscription.objects.filter(pk=subscription, person=by).delete()[0]:
        raise NotYours
    audit.write("webpush.off", actor=by)


@transaction.atomic
def choose(*, by: Person, at_once: bool) -> None:
    """Whether what concerns the person comes as it happens, in each of their browsers."""
    Subscription.objects.filter(person=by).update(at_once=at_once)
    audit.write("webpush.chosen", actor=by, at_once=at_once)


def _is_key(text: str) -> bool:
    """A point of the curve, as the browser writes it."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), keys.bytes_of(text))
    except (ValueError, TypeError):
        return False
    return len(text) <= 100


def _is_secret(text: str) -> bool:
    try:
        return len(keys.bytes_of(text)) == 16
    except ValueError:
        return False
