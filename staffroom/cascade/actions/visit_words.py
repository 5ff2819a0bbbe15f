"""What was seen, offered, agreed for next; and the teacher's word on it."""

import datetime as dt
import re

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.cascade.actions.visits import check_teacher, check_visitor, hold
from staffroom.cascade.models import SupportVisit, VisitAnswer, VisitVersion
from staffroom.cascade.models.visits import PARTS
from staffroom.core import audit, outbox
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.texts import bounded, plain
from staffroom.people.models import Person

MOST = 1500
State = SupportVisit.State
#: What stands where a sentence was taken out.
GONE = "[…]"
#: Where a sentence ends: Latin, Urdu, and lines.
_ENDS = re.compile(r"(?<=[.!?؟۔])\s+|\n+")


@transaction.atomic
def write(
    *,
    by: Person,
    visit: SupportVisit,
    words: dict[str, str],
    held_on: dt.date,
    next_day: dt.date | None = None,
) -> SupportVisit:
    """The visitor writes, or revises, what came of a visit; the teacher reads it at once.

    What stood there before a revision is kept. The same words twice are one version.
    """
    held = hold(visit)
    check_visitor(by, held)
    _check_begun(held)
    _check_days(held, held_on, next_day)
    said = {part: bounded(plain(words.get(part, "")), MOST, part) for part in PARTS}
    if not any(said.values()):
        raise Refused(_("Write a few words first."), "seen")
    if held.version and said == held.words() and (held_on, next_day) == (held.day, held.next_day):
        return held
    if held.version and said != held.words():
        VisitVersion.objects.create(visit=held, number=held.version, words=held.words())
    if not held.version or said != held.words():
        held.version += 1
    if next_day != held.next_day:
        held.next_done_at = None
    for part, text in said.items():
        setattr(held, part, text)
    held.state, held.day, held.next_day = State.HELD, held_on, next_day
    held.written_at = held.written_at or now()
    held.save()
    audit.write("visit.written", actor=by, on=held, version=held.version)
    outbox.put("visit.written", visit=str(held.pk))
    return held


@transaction.atomic
def answer(
    *,
    by: Person,
    visit: SupportVisit,
    part: str,
    text: str = "",
    disagrees: bool = False,
    take_out: str = "",
) -> None:
    """The teacher's own words beside one part; empty, they are taken back."""
    held = hold(visit)
    check_teacher(by, held)
    _check_written(held)
    if part not in PARTS:
        raise NotYours
    said, wanted = bounded(plain(text), MOST, "text"), plain(take_out)
    if wanted and wanted not in sentences(getattr(held, part)):
        raise Refused(_("This sentence is no longer there. Choose another one."), "take_out")
    if said or disagrees or wanted:
        VisitAnswer.objects.update_or_create(
            visit=held,
            part=part,
            defaults={"text": said, "disagrees": disagrees, "take_out": wanted, "at": now()},
        )
    else:
        VisitAnswer.objects.filter(visit=held, part=part).delete()
    held.read_version, held.answered_at, held.answer_read_at = held.version, now(), None
    held.save(update_fields=["read_version", "answered_at", "answer_read_at"])
    audit.write("visit.answered", actor=by, on=held, part=part)


@transaction.atomic
def mark_read(*, by: Person, visit: SupportVisit) -> None:
    """The teacher has read what was written, or the visitor the answer: it calls no more."""
    held = hold(visit)
    if held.teacher_id == by.pk:
        held.read_version = held.version
    elif held.visitor_id == by.pk:
        held.answer_read_at = now()
    else:
        raise NotYours
    held.save(update_fields=["read_version", "answer_read_at"])


@transaction.atomic
def take_out(*, by: Person, visit: SupportVisit, part: str) -> None:
    """The visitor takes out the sentence that the teacher wants gone: here and in what stood before."""
    held = hold(visit)
    check_visitor(by, held)
    wish = VisitAnswer.objects.filter(visit=held, part=part).exclude(take_out="").first()
    if wish is None:
        raise NotYours
    setattr(held, part, getattr(held, part).replace(wish.take_out, GONE))
    held.version += 1
    held.answer_read_at = now()
    held.save(update_fields=[part, "version", "answer_read_at"])
    for earlier in held.versions.all():
        earlier.words[part] = earlier.words.get(part, "").replace(wish.take_out, GONE)
        earlier.save(update_fields=["words"])
    wish.take_out = ""
    wish.save(update_fields=["take_out"])
    if not (wish.text or wish.disagrees):
        wish.delete()
    audit.write("visit.taken_out", actor=by, on=held, part=part)


@transaction.atomic
def step_done(*, by: Person, visit: SupportVisit, said: str = "") -> None:
    """The teacher tells what came of the next step; nobody ticks it off for the teacher."""
    held = hold(visit)
    check_teacher(by, held)
    _check_written(held)
    held.next_said = bounded(plain(said), MOST, "said")
    held.next_done_at = now()
    held.answered_at, held.answer_read_at = now(), None
    held.save(update_fields=["next_said", "next_done_at", "answered_at", "answer_read_at"])
    audit.write("visit.step_done", actor=by, on=held)


def sentences(text: str) -> list[str]:
    """The sentences of a part, to choose from."""
    return [one.strip() for one in _ENDS.split(text) if one.strip() and one.strip() != GONE]


def _check_begun(visit: SupportVisit) -> None:
    if visit.state not in {State.AGREED, State.HELD}:
        raise Refused(
            _("%(name)s has not agreed to the focus. A visit begins with that yes.")
            % {"name": visit.teacher.first_name}
        )


def _check_days(visit: SupportVisit, held_on: dt.date, next_day: dt.date | None) -> None:
    here = today(visit.programme.timezone)
    if held_on > here:
        raise Refused(_("This day is still to come. Write it down afterwards."), "held_on")
    if held_on < here - dt.timedelta(days=60):
        raise Refused(_("Please choose a day of the last two months."), "held_on")
    if next_day is not None and next_day <= held_on:
        raise Refused(_("The next step comes after the visit."), "next_day")


def _check_written(visit: SupportVisit) -> None:
    if not visit.version:
        raise Refused(_("Nothing is written yet."))
