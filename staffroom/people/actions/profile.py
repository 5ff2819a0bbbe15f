"""What a person says about themselves."""

import secrets
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.clock import today
from staffroom.core.errors import Refused
from staffroom.core.pictures import shrink
from staffroom.people import vocabulary
from staffroom.people.actions.accounts import clean_name
from staffroom.people.letters import FACES
from staffroom.people.models import Person

PHOTO_SIDE, PHOTO_BYTES = 480, 40_000
_CHOICES: dict[str, dict[Any, Any]] = {
    "subjects": vocabulary.SUBJECTS,
    "grades": vocabulary.GRADES,
    "languages": vocabulary.LANGUAGES,
}


@transaction.atomic
def write_profile(
    *,
    person: Person,
    name: str,
    gender: str = "",
    show_phone: bool = False,
    print_phone: bool = False,
) -> None:
    """Name as shown, gender if the person likes, number shown or not."""
    if gender not in vocabulary.GENDERS:
        raise Refused(_("Please choose one of the answers."), "gender")
    person.name = clean_name(name)
    person.gender = gender
    person.show_phone, person.print_phone = show_phone, print_phone
    fields = ["name", "gender", "show_phone", "print_phone"]
    person.save(update_fields=fields)
    audit.write("profile.written", actor=person, what=fields)


@transaction.atomic
def write_teaching(
    *,
    person: Person,
    subjects: list[str],
    grades: list[int],
    languages: list[str],
    years: int | None,
) -> None:
    """What one teaches and for how long: kept as the year of beginning, so that it grows by itself."""
    given: dict[str, Any] = {"subjects": subjects, "grades": grades, "languages": languages}
    for field, chosen in given.items():
        known = _CHOICES[field]
        if set(chosen) - set(known):
            raise Refused(_("Please choose from the list."), field)
        setattr(person, field, [code for code in known if code in chosen])
    if years is not None and not 0 <= years <= 60:
        raise Refused(_("Between 0 and 60 years, please."), "years")
    person.teaching_since = None if years is None else today().year - years
    person.save(update_fields=[*given, "teaching_since"])
    audit.write("profile.written", actor=person, what=[*given, "teaching_since"])


@transaction.atomic
def write_settings(
    *,
    person: Person,
    language: str,
    text_only: bool,
    quiet_from: Any = None,
    quiet_until: Any = None,
    letters: str | None = None,
) -> None:
    """How Staffroom speaks to this person, and when it keeps silent. `letters`: None for as before."""
    if letters is not None and letters not in FACES:
        raise Refused(_("Please choose one of the answers."), "letters")
    if (quiet_from is None) != (quiet_until is None):
        raise Refused(
            _("Quiet hours need both a beginning and an end, or neither."),
            "quiet_from" if quiet_from is None else "quiet_until",
        )
    if quiet_from is not None and quiet_from == quiet_until:
        raise Refused(_("The quiet hours end when they begin."), "quiet_until")
    person.text_only = text_only
    person.quiet_from, person.quiet_until = quiet_from, quiet_until
    person.language = _offered(language)
    if letters is not None:
        person.letters = letters
    person.save(update_fields=["language", "letters", "text_only", "quiet_from", "quiet_until"])
    audit.write("profile.written", actor=person, what=["settings"])


@transaction.atomic
def choose_text_only(*, person: Person, text_only: bool) -> None:
    """Words alone, or with pictures."""
    person.text_only = text_only
    person.save(update_fields=["text_only"])
    audit.write("profile.written", actor=person, what=["text_only"])


@transaction.atomic
def choose_language(*, person: Person, language: str) -> None:
    person.language = _offered(language)
    person.save(update_fields=["language"])


def _offered(language: str) -> str:
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("Staffroom does not speak this language yet."), "language")
    return language


def write_photo(*, person: Person, file: IO[bytes]) -> None:
    """A photo of oneself, shrunk and without anything it knew besides."""
    shrunk = shrink(file, max_side=PHOTO_SIDE, max_bytes=PHOTO_BYTES)
    old = person.photo.name
    with transaction.atomic():
        # Written before the row: a file without a row is swept, a row without a file is a fault.
        person.photo.save(f"{secrets.token_hex(16)}.webp", ContentFile(shrunk.data), save=False)
        person.save(update_fields=["photo"])
        audit.write("profile.photo_written", actor=person)
    _forget_file(person, old)


def remove_photo(*, person: Person) -> None:
    """Harmless when there is none."""
    old = person.photo.name
    with transaction.atomic():
        person.photo = ""
        person.save(update_fields=["photo"])
        audit.write("profile.photo_removed", actor=person)
    _forget_file(person, old)


def _forget_file(person: Person, name: str | None) -> None:
    if name:
        storage = person.photo.storage
        transaction.on_commit(lambda: storage.delete(name))
