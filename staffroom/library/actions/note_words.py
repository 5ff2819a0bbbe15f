"""The words of a note: cleaned, bounded, and kept version by version."""

from typing import Any

from django.utils.translation import gettext as _

from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.core.forms import one_line
from staffroom.core.texts import bounded, plain
from staffroom.library.actions.trust_settling import words_changed
from staffroom.library.finding import remember
from staffroom.library.models import Note, NoteVersion
from staffroom.people.models import Person

MOST = {"title": 100, "problem": 5000, "worked": 5000, "tried_where": 500, "failed": 3000}
NEEDED = ("title", "problem", "worked")


def clean(words: dict[str, str]) -> dict[str, str]:
    """Each part without stray characters; `Refused` at the part that is missing or too long."""
    cleaned = {
        part: one_line(words.get(part, "")) if part == "title" else plain(words.get(part, ""))
        for part in MOST
    }
    for part in NEEDED:
        if not cleaned[part]:
            raise Refused(_("Write a few words first."), part)
    for part, text in cleaned.items():
        bounded(text, MOST[part], part)
    return cleaned


def hold(note: Note) -> Note:
    """The note, its row held: one change after the other."""
    return Note.objects.select_for_update(of=("self",)).select_related("community").get(pk=note.pk)


def write_version(
    note: Note, *, why: str, by: Person | None, origin: str = "", **fields: Any
) -> NoteVersion:
    """Keep the note's words as the version that it now has."""
    remember(note)
    return NoteVersion.objects.create(
        note=note, number=note.version, words=note.words(), why=why, by=by, origin=origin, **fields
    )


def revise(
    note: Note, words: dict[str, str], *, why: str, by: Person | None, origin: str = ""
) -> bool:
    """Give a held note new words and keep them as its next version; False if they are the same."""
    if words == note.words():
        return False
    for part, text in words.items():
        setattr(note, part, text)
    note.version += 1
    note.changed_at = now()
    note.save()
    write_version(note, why=why, by=by, origin=origin)
    words_changed(kind="note", thing=note.pk)
    return True
