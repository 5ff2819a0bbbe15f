"""A programme's office adds prompts, puts ours into its own words, and switches off what does not fit."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities import offices
from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.core.texts import bounded
from staffroom.people.models import Person
from staffroom.places.models import Programme
from staffroom.rhythm.models import Prompt
from staffroom.rhythm.prompt_words import SUBJECTS, TONGUES, Words, ours
from staffroom.rhythm.queries.prompts import library

MAX_WORDS = 600
#: So many prompts of its own a programme has at most: a page and a suggestion look through them all.
MOST = 1000


def check_office(by: Person, programme: Programme) -> None:
    """Gardeners and administrators of the whole programme."""
    roles = (offices.GARDENER, offices.ADMINISTRATOR)
    if not offices.appointments(by, *roles).filter(area=None, programme=programme).exists():
        raise NotYours


@transaction.atomic
def write_prompt(
    *, by: Person, programme: Programme, subject: str, texts: Mapping[str, str], key: str = ""
) -> Prompt:
    """A new prompt, or new words for the one of this key; ours stay as they are for others."""
    check_office(by, programme)
    if key and key not in library(programme, also_off=True):
        raise NotYours
    return keep(by=by, programme=programme, key=key, subject=subject, texts=texts)


@transaction.atomic
def switch_prompt(*, by: Person, programme: Programme, key: str, off: bool) -> Prompt:
    """It is no longer offered to the programme's communities, or is offered again."""
    check_office(by, programme)
    words = library(programme, also_off=True).get(key)
    if words is None:
        raise NotYours
    row, _new = Prompt.objects.update_or_create(
        programme=programme,
        key=key,
        defaults={"off": off, "changed_by": by, "changed_at": now()},
        create_defaults=_row(words) | {"off": off, "changed_by": by},
    )
    audit.write("prompt.switched", actor=by, on=row, off=off)
    return row


@transaction.atomic
def restore_prompt(*, by: Person, programme: Programme, key: str) -> None:
    """Ours in our own words again; a programme's own prompt goes."""
    check_office(by, programme)
    row = Prompt.objects.filter(programme=programme, key=key).first()
    if row is None:
        raise NotYours
    audit.write("prompt.restored", actor=by, on=row)
    row.delete()


def keep(
    *,
    by: Person,
    programme: Programme,
    key: str,
    subject: str,
    texts: Mapping[str, str],
    off: bool = False,
) -> Prompt:
    """Write it; the caller has checked `by`."""
    words = cleaned(texts)
    if subject not in SUBJECTS:
        raise Refused(_("Please choose one."), "subject")
    if not key and Prompt.objects.filter(programme=programme).count() >= MOST:
        raise Refused(_("There are %(n)s already. Switch some off, or change one.") % {"n": MOST})
    row, new = Prompt.objects.update_or_create(
        programme=programme,
        key=key or f"own-{uuid7().hex[-12:]}",
        defaults={
            "subject": subject,
            "texts": words,
            "off": off,
            "changed_by": by,
            "changed_at": now(),
        },
    )
    audit.write("prompt.added" if new else "prompt.changed", actor=by, on=row, key=row.key)
    return row


def cleaned(texts: Mapping[str, str]) -> dict[str, str]:
    """Language -> words, without empty ones; `Refused` at the language where something is wrong."""
    found = {}
    for code in TONGUES:
        text = " ".join(texts.get(code, "").replace("\x00", "").split())
        if bounded(text, MAX_WORDS, code):
            found[code] = text
    if not found:
        raise Refused(_("Please write it in at least one language."), TONGUES[0])
    return found


def _row(words: Words) -> dict[str, object]:
    return {"subject": words.subject, "texts": words.texts}


def is_ours(key: str) -> bool:
    return key in ours()
