"""A person chooses what reaches them, how often and on which way."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.access import community_for
from staffroom.communities.models import Community
from staffroom.conversations.actions.mute import mute_community, unmute
from staffroom.conversations.models import Mute
from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.notices import carriers, clockwork, links, quiet
from staffroom.notices.models import Preference, Reach
from staffroom.notices.queries import digests
from staffroom.notices.queries.reach import nameless_since, places_of
from staffroom.people.models import Person

NOTHING = "nothing"


@transaction.atomic
def choose(
    *,
    by: Person,
    often: str = "",
    hour: int = 17,
    weekday: int = 4,
    rest_days: list[int] | None = None,
    way: str = Preference.PAGE,
    words: bool = False,
    hour_too: bool = False,
) -> Preference:
    """How often, when, on which way, with how many words."""
    places = places_of(by)
    if quiet.is_quiet(by, dt.time(hour)):
        raise Refused(_("This hour lies in your quiet hours. Please choose another."), "hour")
    if rest_days is not None and len(set(rest_days)) == 7:
        raise Refused(_("Please leave one day on which a digest may come."), "rest_days")
    if hour_too and way == Preference.PAGE:
        raise Refused(
            _("This goes by text message alone. Please choose it as the way."), "hour_too"
        )
    if way != Preference.PAGE:
        check_way(by, way, digests.allowance_of(places.readable))
    preference, _new = Preference.objects.select_for_update().get_or_create(person=by)
    preference.often, preference.hour, preference.weekday = often, hour, weekday
    preference.rest_days, preference.by = rest_days, way
    preference.words, preference.hour_too = words, hour_too
    wake(preference, digests.zone_for(by, places))
    preference.save()
    audit.write("digest.chosen", actor=by, on=preference, often=often, by=way)
    return preference


def check_way(person: Person, way: str, allowed: int) -> None:
    """A carrier that works, that the programme pays, and that reaches this person."""
    carrier = carriers.find(way)
    if carrier is None or not (carrier.free or allowed):
        raise Refused(_("Your programme does not send digests by text message."), "way")
    if not carriers.address_of(carrier, person):
        usual = _("There is no phone number to send to. Please set yours first.")
        raise Refused(str(carrier.missing) or usual, "way")


@transaction.atomic
def first_way(*, person: Person, way: str) -> None:
    """What was just linked carries the digests of somebody who has chosen nothing, where it may.

    With their words: whoever linked it reads and answers there, by number where there are no buttons.
    """
    preference, _new = Preference.objects.select_for_update().get_or_create(person=person)
    if preference.by != Preference.PAGE or preference.often:
        return
    places = places_of(person)
    try:
        check_way(person, way, digests.allowance_of(places.readable))
    except Refused:
        return
    preference.by, preference.words = way, True
    wake(preference, digests.zone_for(person, places))
    preference.save()
    audit.write("digest.chosen", actor=person, on=preference, often="", by=way)


def wake(preference: Preference, zone: ZoneInfo) -> None:
    """Look for this person's digest at their next hour; never where they want none."""
    preference.next_at = None
    if preference.often == Preference.Often.NONE:
        preference.began_at = None
        return
    preference.began_at = preference.began_at or now()
    preference.next_at = clockwork.next_at(preference, zone, now())
    clockwork.wake_at([preference.next_at])


@transaction.atomic
def choose_level(*, by: Person, community: Community, level: str) -> None:
    """What of this community reaches the person. Nothing is a mute that lasts until it is undone."""
    here = community_for(by, community.pk)
    if level == NOTHING:
        mute_community(by=by, community=here)
        return
    for mute in Mute.objects.filter(person=by, muted_community=here):
        unmute(by=by, mute=mute)
    Reach.objects.update_or_create(person=by, community=here, defaults={"level": level})
    audit.write("reach.chosen", actor=by, on=here, level=level)


@transaction.atomic
def mark_all_read(*, by: Person, until: dt.datetime) -> None:
    """*What is new* begins anew. Nothing is marked as read in the communities: nobody has read it."""
    preference, _new = Preference.objects.select_for_update().get_or_create(person=by)
    until = min(until, now())
    if preference.looked_until and until < preference.looked_until:
        return
    preference.looked_nameless = nameless_since(by, until)
    preference.looked_until = until
    preference.save(update_fields=["looked_until", "looked_nameless"])


@transaction.atomic
def see(*, by: Person, digest: Any) -> None:
    """The person has read a digest of their own."""
    digests.digests_of(by).filter(pk=digest.pk, seen_at=None).update(seen_at=now())


@transaction.atomic
def stop(*, token: str) -> bool:
    """Whoever holds the phone ends the digests that come to it; False where the link is not ours."""
    preference = links.stopped_by(token)
    if preference is None:
        return False
    Preference.objects.filter(pk=preference.pk).update(
        often=Preference.Often.NONE, by=Preference.PAGE, hour_too=False, next_at=None
    )
    audit.write("digest.stopped", actor=None, on=preference)
    return True
