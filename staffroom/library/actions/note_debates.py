"""Double loop: not whether the practice was done well, but whether what it assumes is so."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.core.texts import bounded, plain
from staffroom.library.actions.note_words import clean, hold, revise, write_version
from staffroom.library.models import Debate, Note, NoteCredit, NoteVersion
from staffroom.library.queries.note_rights import check_note
from staffroom.people.models import Person

MOST_WHY = 1500


@transaction.atomic
def open_debate(*, by: Person, note: Note, assumption: str, post_id: uuid.UUID) -> Debate:
    """A debate begins under the question `post_id`; one at a time for each note."""
    check_note(by, note)
    held = hold(note)
    if held.debates.filter(outcome=Debate.Outcome.OPEN).exists():
        raise Refused(_("An assumption of this note is being debated already. Join in there."))
    debate = Debate.objects.create(
        note=held, post_id=post_id, assumption=assumption, opened_by=by, opened_at=now()
    )
    audit.write("note.questioned", actor=by, on=held, debate=debate.pk)
    outbox.put("note.questioned", note=str(held.pk), debate=str(debate.pk))
    return debate


@transaction.atomic
def drop_debate(debate: Debate) -> None:
    """Its question was taken back before anything came out: nothing is kept."""
    Debate.objects.filter(pk=debate.pk, outcome=Debate.Outcome.OPEN).delete()


@transaction.atomic
def close_debate(
    *,
    by: Person,
    debate: Debate,
    outcome: str,
    why: str,
    words: dict[str, str] | None = None,
    other_case: dict[str, str] | None = None,
) -> Debate:
    """Write what came out. The caller has checked that `by` may end the debate.

    kept: the note stands. changed: `words` become the note. split: `words` are the one case, and
    `other_case` a note of its own.
    """
    check_note(by, debate.note)
    note = hold(debate.note)
    debate = Debate.objects.select_for_update().get(pk=debate.pk)
    if debate.outcome:
        raise Refused(_("The outcome of this debate is written already."))
    if outcome not in (Debate.Outcome.KEPT, Debate.Outcome.CHANGED, Debate.Outcome.SPLIT):
        raise Refused(_("Choose what came out of it."), "outcome")
    why = bounded(plain(why), MOST_WHY, "why")
    if not why:
        raise Refused(_("Write why: those who come later will ask."), "why")
    if outcome != Debate.Outcome.KEPT:
        same = not revise(
            note, clean(note.words() | (words or {})), why=NoteVersion.Why.DEBATED, by=by
        )
        if same and outcome == Debate.Outcome.CHANGED:
            raise Refused(
                _("Nothing in the note is different yet. Change it, or keep it."), "worked"
            )
    if outcome == Debate.Outcome.SPLIT:
        debate.case = _split(note, other_case or {}, by)
    debate.outcome, debate.why, debate.closed_by, debate.closed_at = outcome, why, by, now()
    debate.save()
    audit.write("note.debated", actor=by, on=note, outcome=outcome, version=note.version)
    outbox.put("note.debated", note=str(note.pk), debate=str(debate.pk))
    return debate


def _split(note: Note, words: dict[str, str], by: Person) -> Note:
    """The other case: the same problem unless told otherwise, and the same people behind it.

    They are asked anew whether it may name them: these are other words.
    """
    given = {part: text for part, text in words.items() if text}
    try:
        cleaned = clean({"problem": note.problem} | given)
    except Refused as refusal:
        raise Refused(refusal.message, f"other_{refusal.field}") from None
    case = Note.objects.create(
        programme_id=note.programme_id,
        community=note.community,
        split_from=note,
        topic=note.topic,
        subject=note.subject,
        grade=note.grade,
        language=note.language,
        made_by=by,
        made_at=now(),
        changed_at=now(),
        **cleaned,
    )
    write_version(case, why=NoteVersion.Why.DEBATED, by=by)
    NoteCredit.objects.bulk_create(
        NoteCredit(note=case, person_id=each.person_id, role=each.role, at=now())
        for each in note.credits.filter(person__isnull=False)
    )
    return case
