"""*I tried it*: what happened with a note in somebody's class."""

import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.core.ids import uuid7
from staffroom.core.texts import bounded, plain
from staffroom.library.actions.note_words import MOST, hold
from staffroom.library.models import Note, Trial
from staffroom.library.queries.note_rights import check_note
from staffroom.people.models import Person
from staffroom.people.vocabulary import GRADES

MOST_PUPILS = 400
MOST_WORDS = 1500


@transaction.atomic
def report(
    *,
    by: Person,
    note: Note,
    result: str,
    what: str = "",
    grade: int | None = None,
    pupils: int | None = None,
    new_worked: str | None = None,
    new_failed: str | None = None,
    id: uuid.UUID | None = None,
) -> Trial:
    """A member tried it. With other words than the note's, the report proposes to change it."""
    check_note(by, note)
    what = bounded(plain(what), MOST_WORDS, "what")
    _check(result, what, grade, pupils)
    id = id or uuid7()
    if known := Trial.objects.filter(pk=id, note=note, by=by).first():
        return known
    held = hold(note)
    worked = held.worked if new_worked is None else plain(new_worked) or held.worked
    failed = held.failed if new_failed is None else plain(new_failed)
    bounded(worked, MOST["worked"], "new_worked")
    bounded(failed, MOST["failed"], "new_failed")
    proposes = (worked, failed) != (held.worked, held.failed)
    try:
        with transaction.atomic():
            trial = Trial.objects.create(
                id=id,
                note=held,
                by=by,
                at=now(),
                grade=grade,
                pupils=pupils,
                result=result,
                what=what,
                proposal=Trial.Proposal.OPEN if proposes else Trial.Proposal.NONE,
                new_worked=worked if proposes else "",
                new_failed=failed if proposes else "",
            )
    except IntegrityError:  # the same id for something else
        raise Refused(_("This could not be sent as it is. Please send it once more.")) from None
    audit.write("note.tried", actor=by, on=held, result=result, proposes=proposes)
    outbox.put("note.tried", note=str(held.pk), trial=str(trial.pk))
    return trial


def _check(result: str, what: str, grade: int | None, pupils: int | None) -> None:
    if result not in Trial.Result.values:
        raise Refused(_("Choose what happened."), "result")
    if result != Trial.Result.WORKED and not what:
        raise Refused(_("Write what happened: that is what the others learn from."), "what")
    if grade is not None and grade not in GRADES:
        raise Refused(_("Choose one of the grades in the list."), "grade")
    if pupils is not None and not 1 <= pupils <= MOST_PUPILS:
        raise Refused(
            _("A class has between 1 and %(most)s pupils.") % {"most": MOST_PUPILS}, "pupils"
        )


@transaction.atomic
def take_back(*, by: Person, trial: Trial) -> None:
    """Whoever reported takes the report back."""
    check_note(by, trial.note)
    deleted, _kinds = Trial.objects.filter(pk=trial.pk, by=by).delete()
    if deleted:
        audit.write("note.trial_taken_back", actor=by, on=trial.note)
