"""What colleagues and advisers of the demo said about each other's answers being right."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from staffroom.conversations.actions.trusting import KIND
from staffroom.conversations.models import Post
from staffroom.library.actions.trust_correct import accept, correct, reply
from staffroom.library.actions.trust_dispute import dispute
from staffroom.library.actions.trust_verify import verify
from staffroom.people.models import Person

Act = Callable[..., Any]
#: Community -> (who, answer, what they did), in the order of time.
SAID: dict[str, list[tuple[str, str, Act]]] = {
    "01-mathematics-mwingi": [
        ("chausiku", "q7a1", verify),
        ("mwende", "q3a1", verify),
        ("syombua", "q3a1", verify),
        ("otieno", "q8a2", verify),
        ("kavata", "q6a1", verify),
        (
            "chausiku",
            "q7a2",
            partial(
                correct,
                text="Both with the same bottom: 1/2 ÷ 1/4 = 2/4 ÷ 1/4, and that is 2. One quarter fits into two quarters twice.",
                source="Two strips of paper, one folded in 2, one in 4: lay them together.",
            ),
        ),
        ("kiprono", "q7a2", accept),
        (
            "kiprono",
            "q7a2",
            partial(reply, text="I multiplied in my head while writing “divide” with my hand."),
        ),
        (
            "ndanu",
            "q4a1",
            partial(
                dispute,
                holds="wrong",
                text="Corner to corner shows it for right-angled triangles alone. My class then said: the others are not half.",
                source="Grade 7, 41 pupils, last month",
            ),
        ),
        (
            "musyimi",
            "q4a1",
            partial(
                dispute,
                holds="right",
                text="It is the first step. Whoever has seen it draws the height and finds two of them.",
                source="Tried with two classes",
            ),
        ),
    ],
    "08-hisabati-kilifi": [
        ("mwanajuma", "q3a1", verify),
        ("dama", "q1a1", verify),
        ("karisa", "q1a1", verify),
        (
            "mwanajuma",
            "q6a1",
            partial(
                correct,
                text="Asilimia 20 ya 450 ni 90. Asilimia 10 ni 450 ÷ 10 = 45, na asilimia 20 ni mara mbili ya hiyo.",
                source="Ukanda wa karatasi uliokatwa vipande kumi sawa, kila kimoja 45",
            ),
        ),
        ("ngala", "q6a1", accept),
    ],
}


def write(slug: str, posts: Mapping[str, Post], people: Mapping[str, Person]) -> None:
    """Once the history of a community is written."""
    for who, post, act in SAID.get(slug, []):
        act(by=people[who], kind=KIND, thing=posts[post].pk)
