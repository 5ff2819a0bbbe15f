"""A member writes down, changes and removes time for learning. Nobody hears of it: no outbox."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.core.ids import uuid7
from staffroom.people.models import Person
from staffroom.rhythm.models.own_time import OwnTime

MAX_MINUTES = 600
MAX_WHAT = 200
MAX_PLACE = 120
#: So far back a file of one's own may reach.
EARLIEST = dt.date(1970, 1, 1)
UNDO = dt.timedelta(minutes=10)


@transaction.atomic
def write(
    *,
    by: Person,
    day: dt.date,
    minutes: int,
    what: str,
    place: str = "",
    zone: str = "UTC",
    entry: OwnTime | None = None,
    id: uuid.UUID | None = None,
) -> OwnTime:
    """A new entry, or `entry` changed. Sent twice it is kept once."""
    if entry is not None and entry.person_id != by.pk:
        raise NotYours
    words = _checked(day=day, minutes=minutes, what=what, place=place, zone=zone)
    if entry is not None:
        OwnTime.objects.filter(pk=entry.pk, person=by).update(**words)
        entry.refresh_from_db()
        audit.write("own_time.changed", actor=by, on=entry)
        return entry
    made = OwnTime(id=id or uuid7(), person=by, **words)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return _mine(by, made.pk)
    audit.write("own_time.written", actor=by, on=made)
    return made


@transaction.atomic
def remove(*, by: Person, entry: OwnTime) -> None:
    held = _mine(by, entry.pk)
    if held.removed_at is None:
        _set_removed(held, now())
        audit.write("own_time.removed", actor=by, on=held)


@transaction.atomic
def put_back(*, by: Person, entry: OwnTime) -> None:
    """Undo, for ten minutes."""
    held = _mine(by, entry.pk)
    if held.removed_at is None:
        return
    if now() - held.removed_at > UNDO:
        raise Refused(_("This was removed more than ten minutes ago and cannot be brought back."))
    _set_removed(held, None)
    audit.write("own_time.put_back", actor=by, on=held)


def _checked(
    *, day: dt.date, minutes: int, what: str, place: str, zone: str
) -> dict[str, dt.date | int | str]:
    if day > today(zone):
        raise Refused(_("This day is still to come. Write it down afterwards."), "day")
    if day < EARLIEST:
        raise Refused(_("Please look at the year again."), "day")
    if not 1 <= minutes <= MAX_MINUTES:
        raise Refused(
            _("Write how many minutes: a number from 1 to %(most)s.") % {"most": MAX_MINUTES},
            "minutes",
        )
    said = one_line(what)[:MAX_WHAT]
    if not said:
        raise Refused(_("Write a few words first."), "what")
    return {"day": day, "minutes": minutes, "what": said, "place": one_line(place)[:MAX_PLACE]}


def _mine(by: Person, id: uuid.UUID) -> OwnTime:
    found = OwnTime.objects.select_for_update().filter(pk=id, person=by).first()
    if found is None:
        raise NotYours
    return found


def _set_removed(entry: OwnTime, moment: dt.datetime | None) -> None:
    entry.removed_at = moment
    entry.save(update_fields=["removed_at"])
