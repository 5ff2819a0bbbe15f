"""Asking whoever fell silent; answering, not now, never; after how many weeks a programme asks."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities import offices
from staffroom.core import audit, outbox
from staffroom.core.clock import today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.people.models import Person
from staffroom.places.models import Programme
from staffroom.rhythm.models.silence import Asking, SilenceAnswer, SilenceWeeks, SilenceWish
from staffroom.rhythm.queries.silence import open_asking, quarter_of

MAX_WORDS = 300
FEWEST, MOST = 2, 26


@transaction.atomic
def ask(*, asking: Asking, delay: dt.timedelta) -> Asking:
    """The clock asks. The message, for those who chose one, waits for the morning."""
    asking.save(force_insert=True)
    outbox.put("silence.asked", delay=delay, asking=str(asking.pk))
    return asking


@transaction.atomic
def answer(*, by: Person, reason: str, words: str = "") -> None:
    """Put the answer among the others'. That it was given is kept by the day, what it was apart."""
    asking = _open(by)
    if asking is None:
        return  # answered on another phone, or sent twice
    if reason not in SilenceAnswer.Reason.values:
        raise Refused(_("Please choose one."), "reason")
    day = today(asking.community.programme.timezone)
    SilenceAnswer.objects.create(
        community=asking.community,
        quarter=quarter_of(day),
        reason=reason,
        words=one_line(words)[:MAX_WORDS],
    )
    _close(asking)
    # Nobody's: it counts, and the day is its hour.
    at = dt.datetime.combine(day, dt.time(), dt.UTC)
    audit.write("silence.answered", actor=None, at=at)


@transaction.atomic
def not_now(*, by: Person) -> None:
    """No answer is an answer; nobody asks again about this silence."""
    if asking := _open(by):
        _close(asking)


@transaction.atomic
def wish(*, by: Person, ask: bool, by_sms: bool) -> None:
    """Whether I want to be asked at all, and by SMS."""
    SilenceWish.objects.update_or_create(
        person=by, defaults={"ask": ask, "by_sms": by_sms and ask and bool(by.phone)}
    )
    if not ask:
        not_now(by=by)
    audit.write("silence.wished", actor=by)


@transaction.atomic
def set_weeks(*, by: Person, programme: Programme, weeks: int) -> None:
    """Whoever sets the programme's levers says after how many weeks it asks; 0: nobody."""
    roles = (offices.GARDENER, offices.ADMINISTRATOR)
    if not offices.appointments(by, *roles).filter(area=None, programme=programme).exists():
        raise NotYours
    if weeks != 0 and not FEWEST <= weeks <= MOST:
        words = _("Write a number of weeks from %(fewest)s to %(most)s, or 0 to ask nobody.")
        raise Refused(words % {"fewest": FEWEST, "most": MOST}, "weeks")
    SilenceWeeks.objects.update_or_create(
        programme=programme, defaults={"weeks": weeks, "changed_by": by}
    )
    audit.write("silence.weeks_set", actor=by, on=programme, weeks=weeks)


def _open(person: Person) -> Asking | None:
    """Held, so that two phones at once answer once."""
    found = open_asking(person)
    if found is None:
        return None
    held = Asking.objects.select_for_update().filter(pk=found.pk, is_open=True).first()
    return found if held else None


def _close(asking: Asking) -> None:
    Asking.objects.filter(person=asking.person_id, is_open=True).update(is_open=False)
