"""Digests: what one holds, found anew by what its person may read at this moment."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, Sum

from staffroom.communities.models import Community
from staffroom.communities.queries.zones import zone_of
from staffroom.core.clock import now
from staffroom.notices.models import Allowance, Digest, Preference, Reach, Reminder
from staffroom.notices.queries import window as windows
from staffroom.notices.queries.news import News, news_of
from staffroom.notices.queries.reach import FIRST, LONGEST, SPAN, Often, Places, often_of, places_of
from staffroom.notices.queries.window import Window
from staffroom.notices.quiet import Breaks
from staffroom.people.models import Person

#: How long a digest stands on Today.
LASTS = dt.timedelta(days=2)


def due_communities(
    preference: Preference, places: Places, day: dt.date, breaks: Breaks
) -> list[Community]:
    """Of which communities a digest of this day tells: not in their school holidays, nor when muted."""
    rhythms = {Often.DAILY.value}
    if day.weekday() == _weekly_day(preference, places):
        rhythms.add(Often.WEEKLY.value)
    return [
        each
        for each in places.readable
        if places.level(each) and often_of(preference, each) in rhythms and not breaks.on(each, day)
    ]


def _weekly_day(preference: Preference, places: Places) -> int:
    """The chosen day of the week; where that is a day of rest, the last before it that is none."""
    rest = preference.rest_days
    if rest is None:
        rest = places.readable[0].programme.weekend if places.readable else []
    before = [(preference.weekday - back) % 7 for back in range(7)]
    return next((day for day in before if day not in rest), preference.weekday)


def next_window(preference: Preference, places: Places, due: list[Community]) -> Window:
    """From the last digest until now, for each community apart."""
    moment = now()
    since = {each.pk: places.since(each, _told(preference, places, each, moment)) for each in due}
    general = preference.told_until or min(since.values(), default=moment)
    return Window(since, max(general, moment - LONGEST), moment)


def _told(
    preference: Preference, places: Places, community: Community, moment: dt.datetime
) -> dt.datetime:
    """Until when; of a community that no digest has told of yet, since digests come."""
    reach = places.reaches.get(community.pk)
    if reach and reach.told_until:
        return max(reach.told_until, moment - LONGEST)
    span = moment - SPAN[Often(often_of(preference, community))]
    return max(min(preference.began_at or span, span), moment - FIRST)


def held_by(digest: Digest, places: Places | None = None, *, unread: bool = False) -> News:
    """What this digest tells, now: of communities that its person may still read and wants to hear."""
    places = places or places_of(digest.person)
    return in_window(digest.person, places, windows.read(digest.window, digest.until), unread)


def in_window(person: Person, places: Places, window: Window, unread: bool) -> News:
    heard = [each for each in places.readable if each.pk in window.since and places.level(each)]
    counted = {each.pk for each in heard if places.level(each) != Reach.Level.CONCERNS}
    return news_of(
        person, heard, window, counted=counted, silent=places.silent(heard), unread=unread
    )


def digests_of(person: Person) -> QuerySet[Digest]:
    """The person's digests, newest first; of those that had nothing left to say there is no word."""
    return (
        Digest.objects.filter(person=person)
        .exclude(state=Digest.State.EMPTY)
        .order_by("-made_at", "-id")
    )


def unseen(person: uuid.UUID, since: dt.datetime) -> QuerySet[Digest]:
    """Digests since a moment that the person has not opened, to stand within another query too."""
    told = (Digest.State.SENT, Digest.State.FAILED)
    return Digest.objects.filter(
        person=person, seen_at=None, state__in=told, made_at__gt=since
    ).order_by("-made_at")


def allowance_of(communities: list[Community]) -> int:
    """How many parts of text messages a month the person's programmes pay; 0: none."""
    programmes = {each.programme_id for each in communities}
    found = Allowance.objects.filter(programme__in=programmes, sms=True)
    return max(found.values_list("parts_a_month", flat=True), default=0)


def parts_used(person: Person, zone: ZoneInfo) -> int:
    """How many parts this month's messages took; of those that came to nothing none."""
    here = now().astimezone(zone)
    begun = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    nothing = {"state": Digest.State.FAILED, "why__in": ["number", "later", "cap", "off"]}
    of_digests, of_reminders = (
        rows.filter(person=person, made_at__gte=begun)
        .exclude(**nothing)
        .aggregate(n=Sum("parts"))["n"]
        for rows in (Digest.objects, Reminder.objects)
    )
    return (of_digests or 0) + (of_reminders or 0)


def zone_for(person: Person, places: Places) -> ZoneInfo:
    return zone_of(person, places.readable)
