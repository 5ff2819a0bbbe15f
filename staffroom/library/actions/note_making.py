"""Writing a practice note down, changing it, taking it off the shelf."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.library.actions.note_words import clean, hold, revise, write_version
from staffroom.library.finding import remember
from staffroom.library.models import Note, NoteCredit, NoteVersion, Trial
from staffroom.library.queries.note_rights import (
    check_take,
    check_take_off,
    check_tend,
    check_work,
)
from staffroom.library.queries.notes import of_question
from staffroom.people.models import Person

Author = tuple[Person, str]


@transaction.atomic
def make(
    *,
    by: Person,
    community: Community,
    words: dict[str, str],
    question_id: uuid.UUID | None = None,
    answer_id: uuid.UUID | None = None,
    authors: Iterable[Author] = (),
    name_me: bool = False,
    topic: str = "",
    grade: int | None = None,
    language: str = "",
) -> Note:
    """Write down what was learned from a question; sent twice, it is one note.

    `authors` are those whose question and answer it comes from, with a role each: they are asked
    whether the note may name them. Whoever asked without a name is not among them.
    """
    check_work(by, community)
    words = clean(words)
    Community.objects.select_for_update().get(pk=community.pk)  # two at once make one note
    if question_id and (known := of_question(question_id)):
        return known
    note = Note.objects.create(
        programme_id=community.programme_id,
        community=community,
        question_id=question_id,
        answer_id=answer_id,
        topic=topic,
        subject=community.subject,
        grade=grade,
        language=language or community.language,
        made_by=by,
        made_at=now(),
        changed_at=now(),
        **words,
    )
    write_version(note, why=NoteVersion.Why.MADE, by=by)
    _ask(note, [*authors, *([(by, NoteCredit.Role.WROTE)] if name_me else [])], by, name_me)
    audit.write("note.made", actor=by, on=note, question=question_id and str(question_id))
    outbox.put("note.made", note=str(note.pk))
    return note


def _ask(note: Note, authors: Iterable[Author], by: Person, name_me: bool) -> None:
    """Everyone is asked; whoever writes it down has answered in the form."""
    roles: dict[uuid.UUID, tuple[Person, str]] = {}
    for person, role in authors:
        roles.setdefault(person.pk, (person, role))
    for person, role in roles.values():
        said = "yes" if person.pk == by.pk and name_me else "waiting"
        NoteCredit.objects.create(note=note, person=person, role=role, answer=said, at=now())


@transaction.atomic
def change(*, by: Person, note: Note, words: dict[str, str], version: int) -> bool:
    """Whoever tends a note changes it; False when nothing changed."""
    check_tend(by, note)
    held = hold(note)
    _check_version(held, version)
    if not revise(held, clean(words), why=NoteVersion.Why.CHANGED, by=by):
        return False
    _traced(held, by, "changed")
    return True


@transaction.atomic
def take_proposal(*, by: Person, trial: Trial, words: dict[str, str], version: int) -> None:
    """A colleague takes in what somebody who tried the note proposes."""
    held = hold(trial.note)
    trial = Trial.objects.select_for_update(of=("self",)).select_related("by").get(pk=trial.pk)
    trial.note = held
    check_take(by, trial)
    _check_version(held, version)
    revise(held, clean(words), why=NoteVersion.Why.TRIED, by=trial.by)
    _decide(trial, by, Trial.Proposal.TAKEN)
    _traced(held, by, "tried")


@transaction.atomic
def leave_proposal(*, by: Person, trial: Trial) -> None:
    """A colleague leaves the note as it is; the report stays."""
    check_take(by, trial)
    _decide(trial, by, Trial.Proposal.LEFT)
    audit.write("note.proposal_left", actor=by, on=trial)


def _decide(trial: Trial, by: Person, proposal: str) -> None:
    trial.proposal, trial.decided_by, trial.decided_at = proposal, by, now()
    trial.save(update_fields=["proposal", "decided_by", "decided_at"])


@transaction.atomic
def take_off(*, by: Person, note: Note) -> None:
    """The note is no longer shown here, and travels no more."""
    check_take_off(by, note)
    held = hold(note)
    held.removed_at, held.removed_by, held.shared_at = now(), by, None
    held.save(update_fields=["removed_at", "removed_by", "shared_at"])
    remember(held)
    audit.write("note.taken_off", actor=by, on=held)


def _check_version(note: Note, version: int) -> None:
    if note.version != version:
        raise Refused(
            _(
                "Somebody changed this note while you wrote. What stands now is shown below; "
                "your words are still here."
            )
        )


def _traced(note: Note, by: Person, why: str) -> None:
    audit.write("note.revised", actor=by, on=note, version=note.version, why=why)
    outbox.put("note.revised", note=str(note.pk), version=note.version)
