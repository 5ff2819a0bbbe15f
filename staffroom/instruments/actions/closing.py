import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.instruments import hosts
from staffroom.instruments.actions.holding import hold
from staffroom.instruments.models import Instrument, Response
from staffroom.people.models import Person

UNDO = dt.timedelta(minutes=10)
#: How long after its end one may still bring a poll back; then nobody can tell any more who voted.
KEPT = dt.timedelta(days=1)


@transaction.atomic
def close(*, by: Person, instrument: Instrument) -> None:
    """No more answers. What was answered can be looked at."""
    held = hold(instrument)
    hosts.host_of(held).check_change(by, held)
    if held.closed_at is None:
        held.closed_at = now()
        held.save(update_fields=["closed_at"])
        audit.write("instrument.closed", actor=by, on=held)


@transaction.atomic
def reopen(*, by: Person, instrument: Instrument) -> None:
    """Undo, for ten minutes."""
    held = hold(instrument)
    hosts.host_of(held).check_change(by, held)
    if held.closed_at is None:
        return
    if not can_reopen(held):
        raise Refused(_("This was closed more than ten minutes ago and stays closed."))
    held.closed_at = None
    held.save(update_fields=["closed_at"])
    audit.write("instrument.reopened", actor=by, on=held)


def can_reopen(instrument: Instrument) -> bool:
    return instrument.closed_at is not None and now() - instrument.closed_at <= UNDO


def forget_voters(now: dt.datetime) -> None:
    """Nightly: of a poll that is over the marks go by which a vote could be changed."""
    ended = Instrument.objects.filter(secret=True)
    over = ended.filter(closed_at__lt=now - KEPT) | ended.filter(
        ends_on__lt=(now - 2 * KEPT).date()
    )
    Response.objects.filter(version__instrument__in=over.values("pk")).exclude(voter="").update(
        voter=""
    )
