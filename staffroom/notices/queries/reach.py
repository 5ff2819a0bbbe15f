"""What of each community reaches a person: the four levels, and since when each has something new."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from staffroom.communities.levers import acts, lever
from staffroom.communities.models import Community, Membership
from staffroom.communities.wall import all_readable_by
from staffroom.conversations.queries.mutes import muted_communities
from staffroom.core.clock import now
from staffroom.notices.models import Preference, Reach
from staffroom.notices.queries.news import News, nameless_in, news_of
from staffroom.notices.queries.window import Window
from staffroom.people.models import Person

acts("digest", _("Members who chose nothing else get a digest this often."))
Often, Level = Preference.Often, Reach.Level
#: How far back *What is new* reaches for whoever never looked, and a digest after a long silence.
FIRST, LONGEST = dt.timedelta(days=14), dt.timedelta(days=60)
SPAN = {Often.DAILY: dt.timedelta(days=1), Often.WEEKLY: dt.timedelta(days=7)}


@dataclass(frozen=True)
class Places:
    """A person's communities, with what they chose for each."""

    readable: list[Community]
    reaches: dict[uuid.UUID, Reach]
    muted: set[uuid.UUID]
    joined: dict[uuid.UUID, dt.datetime]

    def level(self, community: Community) -> str:
        """Empty: nothing."""
        if community.pk in self.muted:
            return ""
        reach = self.reaches.get(community.pk)
        return reach.level if reach else Level.EVERYTHING

    def silent(self, heard: list[Community]) -> set[str]:
        """The names of places of which nothing is told."""
        return {each.name for each in self.readable} - {each.name for each in heard}

    def since(self, community: Community, at: dt.datetime) -> dt.datetime:
        """Never before the person came."""
        return max(at, self.joined.get(community.pk, at))


def places_of(person: Person) -> Places:
    readable = all_readable_by(person)
    reaches = Reach.objects.filter(person=person)
    joined = Membership.objects.filter(person=person, state="active")
    return Places(
        readable,
        {each.community_id: each for each in reaches},
        muted_communities(person),
        {each.community_id: each.joined_at for each in joined if each.joined_at},
    )


def preference_of(person: Person) -> Preference:
    """The person's choices, or those of whoever has made none (not saved)."""
    return Preference.objects.filter(person=person).first() or Preference(person=person)


def often_of(preference: Preference, community: Community) -> str:
    """How often the person hears of this community by digest: their choice wins."""
    return preference.often or lever(community, "digest")


def looked_window(person: Person, places: Places, preference: Preference) -> Window:
    """Since the person last said: all read."""
    since = preference.looked_until or now() - FIRST
    starts = {each.pk: places.since(each, since) for each in places.readable}
    return Window(starts, since, known=preference.looked_nameless)


def what_is_new(person: Person) -> News:
    """The page *What is new*: of communities whose level is everything, or what concerns the person."""
    places, preference = places_of(person), preference_of(person)
    heard = [each for each in places.readable if places.level(each) not in ("", Level.DIGEST)]
    return news_of(
        person,
        heard,
        looked_window(person, places, preference),
        counted={each.pk for each in heard if places.level(each) == Level.EVERYTHING},
        silent=places.silent(heard),
        own=True,
    )


def nameless_since(person: Person, until: dt.datetime) -> list[str]:
    """The nameless posts of this part of the day, to be known when all is marked as read."""
    readable = all_readable_by(person)
    return nameless_in(person, readable, Window({each.pk: until for each in readable}, until))
