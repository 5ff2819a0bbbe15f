"""The rhythm of the demo, through the product's own actions: hours that were held, a prompt, the round."""

import datetime as dt
from zoneinfo import ZoneInfo

from staffroom.communities.models import Community
from staffroom.core.clock import now, pretend, today
from staffroom.people.models import Person
from staffroom.places.models import Programme
from staffroom.rhythm import hour as clock
from staffroom.rhythm.actions.hour import plan
from staffroom.rhythm.actions.ice import share
from staffroom.rhythm.actions.prompt_week import mark_weeks
from staffroom.rhythm.actions.prompts import start_prompt

ZONE = ZoneInfo("Africa/Nairobi")
WEEKS = 4
MATHS, SCIENCE = "Mathematics, Mwingi", "Science, Kitui East"
#: Who shared what was hard, and how many days ago.
ROUND = {
    MATHS: [
        ("wanjiku", 55, "I explain, they nod, and in the test I see that they nodded out of kindness."),
        ("otieno", 54, "Four years in, and I still hurry through fractions because I never liked them myself."),
        ("nafula", 54, "Sixty-two pupils on forty seats. Whoever stands at the back has stopped asking."),
        ("baraka", 52, "The quick ones finish in ten minutes and then I lose the whole room."),
    ],
    SCIENCE: [
        ("daudi", 50, "No laboratory, one thermometer. I tell them about experiments that they never see."),
    ],
}  # fmt: skip


def add(programme: Programme, people: dict[str, Person]) -> None:
    """What a visitor finds under Our hour, Questions to think about, What is hard for us."""
    here = {each.name: each for each in Community.objects.filter(programme=programme)}
    for name in (MATHS, SCIENCE):
        _hours(here[name])
    for name, shared in ROUND.items():
        for key, days, text in shared:
            with pretend(now() - dt.timedelta(days=days)):
                share(by=people[key], community=here[name], text=text)
    with pretend(_evening(6)):
        start_prompt(by=people["daudi"], community=here[SCIENCE], key="sci-predict-first")
    mark_weeks(now=now())


def _hours(community: Community) -> None:
    """The hours of the last weeks, as the clock wrote them down."""
    for week in range(1, WEEKS + 1):
        moment = now() - dt.timedelta(weeks=week)
        hour = clock.coming(community, moment)
        if hour is not None and hour.ends < now():
            with pretend(hour.begins - clock.REMIND):
                plan(community)


def _evening(days: int) -> dt.datetime:
    day = today(ZONE) - dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(17), ZONE).astimezone(dt.UTC)
