"""May the note name you? Asked of everyone whose thinking is in it; no answer means no name."""

from django.db import transaction

from staffroom.communities.access import community_for
from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours
from staffroom.library.models import Note, NoteCredit
from staffroom.people.models import Person


@transaction.atomic
def answer(*, by: Person, note: Note, yes: bool) -> None:
    """Say yes or no; each can be changed at any time."""
    if note.community_id is None:
        raise NotYours
    community_for(by, note.community_id)
    said = NoteCredit.Answer.YES if yes else NoteCredit.Answer.NO
    if not NoteCredit.objects.filter(note=note, person=by).update(answer=said, at=now()):
        raise NotYours
    # What others on this installation made from it follows.
    NoteCredit.objects.filter(note__source=note, person=by).update(answer=said, at=now())
    audit.write("note.credit", actor=by, on=note, answer=said.value)
