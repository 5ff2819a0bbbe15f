"""What everyone agrees to at first sign-in. The words: templates/people/consent.html."""

from staffroom.people.models import Person

#: Changes when the words of the consent page change in meaning; then everyone is asked again.
VERSION = "2026-11"


def has_agreed(person: Person) -> bool:
    """To the words as they are today."""
    return person.consents.filter(version=VERSION).exists()
