"""What everyone agrees to at first sign-in. The words: templates/people/consent.html."""

import datetime as dt

from staffroom.people.models import Person

#: Changes when the words of the consent page change in meaning; then everyone is asked again.
VERSION = "2026-11"


def has_agreed(person: Person) -> bool:
    """To the words as they are today."""
    return agreed_at(person) is not None


def agreed_at(person: Person) -> dt.datetime | None:
    """When, if to the words as they are today."""
    given = person.consents.filter(version=VERSION).order_by("agreed_at").first()
    return given.agreed_at if given else None
