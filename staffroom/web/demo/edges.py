"""Amina carries between two communities; one question has come back answered, one waits for her yes."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from staffroom.communities.actions.design import set_default
from staffroom.communities.models import Community
from staffroom.conversations.actions import answer, ask, help
from staffroom.conversations.models import Post
from staffroom.core.clock import now, pretend
from staffroom.edges.actions import brokers, passing, returning, rising
from staffroom.edges.actions.stirring import calm
from staffroom.people.models import Person
from staffroom.places.models import Programme
from staffroom.web.demo.known import BY_KEY

ZONE = ZoneInfo("Africa/Nairobi")
People = dict[str, Person]
ASKED = (
    "My Grade 7s draw the graph of a straight line well, but ask them what it says about a real thing "
    "and nobody speaks. Where do you begin?"
)
ANSWERED = (
    "With a leaking tin. We mark the water every two minutes and draw what we saw before anyone says "
    "“graph”. Then they fight over who may explain the line."
)
WAITS = "How do you let sixty pupils measure angles when there are four protractors in the whole school?"


def add(programme: Programme, people: People) -> None:
    """Between the communities of mathematics and of science."""
    set_default(
        by=Person.objects.get(phone=BY_KEY["gathoni"].phone),
        programme=programme,
        key="boundary_questions",
        value="on",
        left=True,
        why="Some questions waited too long.",
    )
    maths = Community.objects.get(programme=programme, name="Mathematics, Mwingi")
    science = Community.objects.get(programme=programme, name="Science, Kitui East")
    _broker(maths, science, people)
    with _on(12, 16):
        question = ask(
            by=people["nafula"], community=maths, text=ASKED, topic="Graphs", grade=7, language="en"
        )
    with _on(8, 17):
        ask(by=people["amina"], community=maths, text=WAITS, topic="Angles", grade=6, language="en")
    _there_and_back(question, maths, people)
    rising.rise(maths.pk, now())
    calm()


def _broker(maths: Community, science: Community, people: People) -> None:
    with _on(30, 18):
        broker = brokers.offer(by=people["amina"], community_id=maths.pk, other_id=science.pk)
    with _on(29, 19):
        for key, community in (("baraka", maths), ("daudi", science)):
            brokers.say(by=people[key], broker=broker, community=community, accepts=True)


def _there_and_back(question: Post, maths: Community, people: People) -> None:
    with _on(6, 3):
        rising.rise(maths.pk, now())
    with _on(6, 8):
        copy = passing.pass_on(by=people["nafula"], question=question, text=ASKED, topic="Graphs")[
            0
        ]
    with _on(5, 20):
        made = answer(by=people["daudi"], question=copy, text=ANSWERED, language="en")
        returning.credit(by=people["daudi"], answer=made, named=True)
    with _on(4, 7):
        back = Post.objects.select_related("community", "question").get(crossed__origin=made)
        help(by=people["nafula"], answer=back)
        returning.thanked({"post": str(back.pk)})


@contextmanager
def _on(days_ago: int, hour: int) -> Iterator[None]:
    day = now().astimezone(ZONE).date() - dt.timedelta(days=days_ago)
    with pretend(dt.datetime.combine(day, dt.time(hour), ZONE).astimezone(dt.UTC)):
        yield
