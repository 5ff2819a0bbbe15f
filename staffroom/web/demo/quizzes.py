"""A quiz, a puzzle and a poll of the demo, made and answered through the product's own actions."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from staffroom.communities.actions.design import set_default
from staffroom.communities.models import Community
from staffroom.conversations.actions import begin_quiz, poll, publish_quiz, puzzle
from staffroom.core.clock import now, pretend
from staffroom.instruments import actions
from staffroom.instruments.models import Instrument, Item, Version
from staffroom.instruments.queries.current import newest
from staffroom.instruments.shape import Shape, options
from staffroom.people.models import Person
from staffroom.places.models import Programme
from staffroom.web.demo.known import BY_KEY

ZONE = ZoneInfo("Africa/Nairobi")
People = dict[str, Person]

PUZZLE = Shape(
    Item.Kind.NUMBER,
    "Put 1, 2, 3, 4, 5 and 6 on the sides of a triangle, one at each corner and one in the middle of "
    "each side, so that all three sides add up to the same. What is the smallest sum?",
    right=Decimal(9),
    explanation="Each corner counts twice. With 1, 2 and 3 at the corners: (21 + 6) ÷ 3 = 9.",
)
QUIZ = (
    Shape(
        Item.Kind.ONE,
        "A pupil writes $\\frac{1}{2}+\\frac{1}{4}=\\frac{2}{6}$. What did the pupil do?",
        options=options(
            "Added tops and bottoms",
            "Multiplied crosswise",
            "Forgot to simplify",
            right="a",
        ),
        explanation="Tops and bottoms were taken for four separate numbers. Ask first: can a half and more be a third?",
    ),
    Shape(
        Item.Kind.MANY,
        "Which of these are more than a half?",
        options=options(
            "$\\frac{3}{5}$",
            "$\\frac{4}{9}$",
            "$\\frac{7}{12}$",
            "$\\frac{5}{11}$",
            right="ac",
        ),
        explanation="Compare twice the top with the bottom: no common denominator is needed.",
    ),
    Shape(
        Item.Kind.SHORT,
        "What do we call the number below the line of a fraction?",
        accepted=("Denominator", "The denominator", "Asili"),
    ),
    Shape(
        Item.Kind.SCALE,
        "How sure would you be to explain this to Grade 6 tomorrow?",
        required=False,
        steps=5,
        low="Not sure",
        high="Very sure",
    ),
)
#: Who answered what: the puzzle, then the quiz.
SUMS = {
    "otieno": "9",
    "nafula": "10",
    "wanjiku": "9",
    "baraka": "9",
    "mwende": "10",
    "kiprono": "10",
}
SHEETS: dict[str, tuple[Any, ...]] = {
    "baraka": ("a", ["a", "c"], "Denominator", 5),
    "nafula": ("a", ["a"], "denominator", 4),
    "wanjiku": ("a", ["a", "c"], "Asili", 5),
    "kiprono": ("c", ["a", "b"], "divisor", 2),
}
VOTES = {"amina": 0, "baraka": 1, "nafula": 1, "otieno": 0, "wanjiku": 1, "mwende": 2}


def add(programme: Programme, people: People) -> None:
    """Into the community where Amina and Baraka are."""
    set_default(
        by=Person.objects.get(phone=BY_KEY["gathoni"].phone),
        programme=programme,
        key="quizzes",
        value="on",
        left=True,
        why="Moderators asked for them.",
    )
    community = Community.objects.get(programme=programme, name="Mathematics, Mwingi")
    _puzzle(community, people)
    _quiz(community, people)
    _poll(community, people)


@contextmanager
def _on(days_ago: int, hour: int, minute: int = 0) -> Iterator[None]:
    day = now().astimezone(ZONE).date() - dt.timedelta(days=days_ago)
    with pretend(dt.datetime.combine(day, dt.time(hour, minute), ZONE).astimezone(dt.UTC)):
        yield


def _puzzle(community: Community, people: People) -> None:
    with _on(9, 19, 40):
        post = puzzle(by=people["otieno"], community=community, item=PUZZLE, language="en")
    version = _version(post.instrument)
    with _on(8, 18):
        for key, value in SUMS.items():
            actions.answer(by=people[key], version=version, values={"i1": value})


def _quiz(community: Community, people: People) -> None:
    with _on(2, 20, 15):
        draft = begin_quiz(
            by=people["otieno"],
            community=community,
            title="Four questions about fractions, before we teach them",
            language="en",
        )
        for item in QUIZ:
            actions.put_item(by=people["otieno"], version=draft, item=item)
        post = publish_quiz(by=people["otieno"], version=draft)
    version = _version(post.instrument)
    with _on(1, 17):
        for key, sheet in SHEETS.items():
            values = {f"i{number}": value for number, value in enumerate(sheet, 1)}
            actions.answer(by=people[key], version=version, values=values)


def _poll(community: Community, people: People) -> None:
    with _on(1, 16, 30):
        post = poll(
            by=people["baraka"],
            community=community,
            text="What shall we bring to the next set time?",
            choices=["A pupil’s working", "A lesson that failed", "A test question"],
            ends_on=now().date() + dt.timedelta(days=6),
            language="en",
        )
        version = _version(post.instrument)
        for key, place in VOTES.items():
            actions.answer(by=people[key], version=version, values={"i1": "abc"[place]})


def _version(instrument: Instrument | None) -> Version:
    found = newest(instrument) if instrument else None
    if found is None:
        raise LookupError("nothing was published")
    return found
