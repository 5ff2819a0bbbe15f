"""A digest of the demo, made as the worker makes it, and one community of which less is wanted."""

import datetime as dt
from zoneinfo import ZoneInfo

from staffroom.communities.models import Community, Membership
from staffroom.core.clock import now, pretend
from staffroom.notices import quiet
from staffroom.notices.actions.choose import choose, choose_level
from staffroom.notices.actions.make import make
from staffroom.notices.models import Reach
from staffroom.people.models import Person

ZONE = ZoneInfo("Africa/Nairobi")
HOUR = 17
#: Who gets one, and is no newcomer to the demo.
WHO = ("amina", "baraka")


def add(people: dict[str, Person]) -> None:
    """Yesterday's digests, or those of the last day that was no weekend."""
    evening = _last_evening()
    for key in WHO:
        person = people[key]
        with pretend(evening - dt.timedelta(days=2)):
            preference = choose(by=person, often="daily", hour=HOUR)
        with pretend(evening):
            preference.next_at = make(preference, quiet.Breaks())
        preference.save(update_fields=["next_at", "told_until"])
    here = Membership.objects.filter(person=people["amina"], state=Membership.State.ACTIVE)
    second = Community.objects.filter(pk__in=here.values("community")).order_by("name")[1:2]
    for community in second:
        choose_level(by=people["amina"], community=community, level=Reach.Level.CONCERNS)


def _last_evening() -> dt.datetime:
    here = now().astimezone(ZONE).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    here -= dt.timedelta(days=1)
    while here.weekday() >= 5:
        here -= dt.timedelta(days=1)
    return here.astimezone(dt.UTC)
