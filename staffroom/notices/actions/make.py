"""The worker makes the digests that are due, a few at a time."""

import datetime as dt
import logging
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from staffroom.communities.models import Community
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.notices import carriers, clockwork, quiet
from staffroom.notices.models import Digest, Preference, Reach
from staffroom.notices.queries import digests
from staffroom.notices.queries.reach import Places, often_of, places_of
from staffroom.notices.queries.window import Window

log = logging.getLogger(__name__)
#: So many people in one transaction: SQLite is locked for no longer than that takes.
BATCH = 10
AGAIN = dt.timedelta(hours=1)  # after a fault


def make_due(payload: dict[str, Any]) -> None:
    """Handler of `digests.due`: one batch; the next entry follows where more are due."""
    due = Preference.objects.filter(next_at__lte=now()).order_by("next_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    batch = list(due.select_related("person")[:BATCH])
    breaks = quiet.Breaks()
    for preference in batch:
        _serve(preference, breaks)
    Preference.objects.bulk_update(batch, ["next_at", "told_until"])
    clockwork.wake_at(each.next_at for each in batch)
    if len(batch) == BATCH:
        outbox.put(clockwork.TOPIC)


def _serve(preference: Preference, breaks: quiet.Breaks) -> None:
    """One person's fault is not the others'."""
    try:
        with transaction.atomic():
            preference.next_at = make(preference, breaks)
    except Exception as error:
        # The class alone: an error's text may hold a person's words.
        log.warning("digest.failed", extra={"failure": type(error).__name__})
        preference.next_at = _full(now() + AGAIN)


def _full(moment: dt.datetime) -> dt.datetime:
    """The full hour after, so that those who wait share one entry of the outbox."""
    return moment.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)


def make(preference: Preference, breaks: quiet.Breaks) -> dt.datetime | None:
    """This person's digest of today, if there is one; when to look again, None for never."""
    person = preference.person
    if not person.is_active or preference.often == Preference.Often.NONE:
        return None
    places = places_of(person)
    if all(often_of(preference, each) == "none" for each in places.readable):
        return None  # the night gives a new moment when a community's lever asks for one
    zone = digests.zone_for(person, places)
    here = now().astimezone(zone)
    if quiet.is_quiet(person, here.time()):
        return quiet.ends_at(person, here)
    later = clockwork.next_at(preference, zone, now())
    if quiet.rests(preference, places.readable, here.date()):
        return later
    tell(preference, places, zone, breaks)
    return later


def tell(preference: Preference, places: Places, zone: ZoneInfo, breaks: quiet.Breaks) -> None:
    """The digest of today, whatever the hour: of the communities whose turn it is, if any has news."""
    due = digests.due_communities(preference, places, now().astimezone(zone).date(), breaks)
    if not due:
        return
    window = digests.next_window(preference, places, due)
    if digests.in_window(preference.person, places, window, unread=True).count:
        _keep(preference, window, due, zone)


def _keep(preference: Preference, window: Window, due: list[Community], zone: ZoneInfo) -> None:
    """Write down that there is one, once a day; the carrier gets it, or the page has it."""
    person, moment = preference.person, now()
    by, why = way(preference, due)
    digest, new = Digest.objects.get_or_create(
        person=person,
        period=moment.astimezone(zone).date().isoformat(),
        defaults={
            "window": window.kept(),
            "until": moment,
            "by": by,
            "why": why,
            "made_at": moment,
            "state": Digest.State.SENT if by == Preference.PAGE else Digest.State.WAITING,
            "sent_at": moment if by == Preference.PAGE else None,
        },
    )
    if not new:
        return
    preference.told_until = moment
    Reach.objects.bulk_create(
        [Reach(person=person, community=each, told_until=moment) for each in due],
        update_conflicts=True,
        unique_fields=["person", "community"],
        update_fields=["told_until"],
    )
    audit.write("digest.made", actor=None, on=digest, by=by)
    if by != Preference.PAGE:
        outbox.put("digest.send", key=f"digest.send:{digest.pk}", id=str(digest.pk))


def way(preference: Preference, communities: list[Community]) -> tuple[str, str]:
    """By what it goes; and why by the page alone, where the person chose a carrier."""
    if preference.by == Preference.PAGE:
        return Preference.PAGE, ""
    carrier = carriers.find(preference.by)
    if carrier is None or not (carrier.free or digests.allowance_of(communities)):
        return Preference.PAGE, "off"
    if not carriers.address_of(carrier, preference.person):
        return Preference.PAGE, "number"
    return carrier.key, ""
