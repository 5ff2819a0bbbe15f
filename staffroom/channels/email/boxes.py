"""Whether a person's address takes letters; a new address is a new beginning."""

from django.utils.crypto import salted_hmac

from staffroom.channels.email.models import Box
from staffroom.people.models import Person


def box_of(person: Person) -> Box:
    return Box.objects.filter(person=person).first() or Box(person=person)


def mark_of(address: str) -> str:
    """By which a refused address is known again, without keeping a second copy of it."""
    digest = salted_hmac("email.box", address.strip().lower(), algorithm="sha256")
    return digest.hexdigest()


def is_refused(person: Person, box: Box | None = None) -> bool:
    box = box or box_of(person)
    return box.bounced_at is not None and box.address == mark_of(person.email or "")


def address(person: Person) -> str:
    """Where letters go; empty where none does."""
    if not person.email or not person.is_active or is_refused(person):
        return ""
    return person.email
