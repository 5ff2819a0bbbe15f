"""The log of data breaches: what was known, what was done. Written once, mended by a further entry."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.governing.models import Breach, BreachEntry
from staffroom.people.models import Person
from staffroom.places.access import check_administers
from staffroom.places.models import Programme


@transaction.atomic
def log_breach(
    *,
    by: Person,
    programme: Programme,
    what: str,
    noticed_at: dt.datetime,
    whose: str,
    happened: str = "",
    how_many: int | None = None,
) -> Breach:
    """A new breach; its number is the next of the programme."""
    check_administers(by, programme)
    Programme.objects.select_for_update().get(pk=programme.pk)
    _check_past(noticed_at, "noticed_at")
    last = Breach.objects.filter(programme=programme).aggregate(last=Max("number"))["last"]
    row = Breach(
        programme=programme,
        number=(last or 0) + 1,
        what=what,
        happened=happened,
        noticed_at=noticed_at,
        whose=whose,
        how_many=how_many,
        written_by=by,
    )
    row.save()
    audit.write("breach.logged", actor=by, on=row)
    return row


@transaction.atomic
def add_entry(
    *, by: Person, breach: Breach, kind: str, text: str, done_at: dt.datetime
) -> BreachEntry:
    check_administers(by, breach.programme)
    if kind not in BreachEntry.Kind.values:
        raise Refused(_("Please choose one."), "kind")
    _check_past(done_at, "done_at")
    row = BreachEntry(breach=breach, kind=kind, text=text, done_at=done_at, written_by=by)
    row.save()
    audit.write("breach.entry", actor=by, on=breach, kind=kind)
    return row


def _check_past(moment: dt.datetime, field: str) -> None:
    if moment > now() + dt.timedelta(minutes=5):
        raise Refused(_("This lies ahead of us. Please look at day and hour again."), field)
