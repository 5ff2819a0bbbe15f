"""A programme that is large enough to have figures: four communities with asking and answering."""

import datetime as dt
from types import SimpleNamespace

from staffroom.conversations.models import Post
from staffroom.people.models import Person
from tests.conftest import make_community

#: Tuesday morning in Nairobi, and the Monday of the week before.
TUESDAY = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
MONDAY = dt.date(2026, 11, 16)
MIDWEEK = dt.datetime(2026, 11, 18, 9, 0, tzinfo=dt.UTC)


def furnish(world, communities: int = 4, people: int = 4) -> SimpleNamespace:
    house = SimpleNamespace(communities=[], people={})
    for number in range(communities):
        members = [Person(name=f"Person {number}-{each}") for each in range(people)]
        Person.objects.bulk_create(members)
        community = make_community(world.programme, f"Group {number}", *members)
        house.communities.append(community)
        house.people[community.pk] = members
    return house


def ask(community, author, at: dt.datetime = MIDWEEK, **more) -> Post:
    body = {"kind": Post.Kind.QUESTION, "text": "Secret words", "created_at": at}
    return Post.objects.create(community=community, author=author, **(body | more))


def answer(question, author, after: dt.timedelta = dt.timedelta(hours=2)) -> Post:
    return Post.objects.create(
        community=question.community,
        author=author,
        kind=Post.Kind.ANSWER,
        question=question,
        text="Secret answer",
        created_at=question.created_at + after,
    )


def busy_week(house, at: dt.datetime = MIDWEEK, each: int = 2) -> None:
    """Everybody asks so often; the next colleague answers the first question within the day."""
    for community in house.communities:
        members = house.people[community.pk]
        for number, person in enumerate(members):
            for again in range(each):
                question = ask(community, person, at + dt.timedelta(minutes=number * 10 + again))
                if again == 0:
                    answer(question, members[(number + 1) % len(members)])
