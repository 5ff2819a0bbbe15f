"""The way out that stands in every letter: signed, without signing in, and it opens nothing else."""

import uuid

from django.core import signing
from django.urls import reverse

from staffroom.core import ids
from staffroom.notices.links import whole
from staffroom.people.models import Person

_SIGNER = "email.stop"


def stop_link(person: Person, what: str) -> str:
    """`what`: "letters" or "digests"."""
    token = signing.Signer(salt=_SIGNER).sign(f"{what}.{ids.short(person.pk)}")
    return whole(reverse("letter_stop", args=[token]))


def stopped_by(token: str) -> tuple[str, uuid.UUID] | None:
    """What it ends, and whose; None where it is not ours."""
    try:
        what, _dot, whose = signing.Signer(salt=_SIGNER).unsign(token).partition(".")
        return what, ids.from_short(whose)
    except (signing.BadSignature, ValueError):
        return None
