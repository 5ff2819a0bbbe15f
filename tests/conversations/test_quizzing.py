"""Who may make, read, answer and change quizzes and polls, as one truth table."""

import itertools

import pytest

from staffroom.communities.models import Community, LeverChoice
from staffroom.conversations.actions.quiz import begin_quiz, poll, publish_quiz, puzzle
from staffroom.conversations.models import Post
from staffroom.conversations.quizzing import CommunityHost
from staffroom.core.errors import NotYours, Refused, can
from staffroom.core.ids import uuid7
from staffroom.instruments.models import Instrument
from tests.instruments.conftest import HALF

MEMBERS = {"amina", "baraka", "nafula", "otieno"}
INSIDE = MEMBERS | {"chausiku"}
STRANGERS = ("daudi", "esther", "farid", "gathoni", "hamisi")
PEOPLE = (*sorted(INSIDE), *STRANGERS)
#: What stands is Amina's; the draft too.
TABLE = {
    "make a quiz": MEMBERS,
    "make a poll": MEMBERS,
    "read the quiz": INSIDE,
    "read the poll": INSIDE,
    "read the draft": {"amina"},
    "answer the quiz": INSIDE,
    "vote": MEMBERS,
    "change the quiz": {"amina"},
    "change the poll": {"amina"},
    "change the draft": {"amina"},
}


@pytest.fixture
def on(world):
    LeverChoice.objects.create(
        programme=world.programme, lever="quizzes", value="on", left_to_community=True
    )
    world.maths.__dict__.pop("_lever_choices", None)


@pytest.fixture
def checks(world, on):
    host, by = CommunityHost(), world.amina
    quiz = puzzle(by=by, community=world.maths, item=HALF).instrument
    vote = poll(by=by, community=world.maths, text="When?", choices=["Tue", "Thu"]).instrument
    draft = begin_quiz(by=by, community=world.maths).instrument
    return {
        "make a quiz": lambda p: host.check_make(p, world.maths.pk, "quiz"),
        "make a poll": lambda p: host.check_make(p, world.maths.pk, "poll"),
        "read the quiz": lambda p: host.check_read(p, quiz),
        "read the poll": lambda p: host.check_read(p, vote),
        "read the draft": lambda p: host.check_read(p, draft),
        "answer the quiz": lambda p: host.check_answer(p, quiz),
        "vote": lambda p: host.check_answer(p, vote),
        "change the quiz": lambda p: host.check_change(p, quiz),
        "change the poll": lambda p: host.check_change(p, vote),
        "change the draft": lambda p: host.check_change(p, draft),
    }


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may(world, checks, who):
    may = {act for act, check in checks.items() if can(check, getattr(world, who))}
    assert may == {act for act, people in TABLE.items() if who in people}


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_learn_nothing(world, checks, who):
    for check in checks.values():
        with pytest.raises(NotYours):
            check(getattr(world, who))


def test_with_the_lever_off_polls_go_on(world, checks):
    LeverChoice.objects.filter(lever="quizzes").update(value="off")
    world.maths.__dict__.pop("_lever_choices", None)
    may = {act for act, check in checks.items() if can(check, world.nafula)}
    assert may == {"make a poll", "read the quiz", "read the poll", "vote"}
    with pytest.raises(Refused, match="switched off"):
        checks["make a quiz"](world.nafula)


@pytest.mark.parametrize("stage", ["forming", "resting", "closed"])
@pytest.mark.parametrize("act", ["make a quiz", "make a poll", "answer the quiz", "vote"])
def test_a_community_that_is_not_open_takes_nothing(world, checks, act, stage):
    Community.objects.filter(pk=world.maths.pk).update(stage=stage)
    with pytest.raises(Refused):
        checks[act](world.nafula)


def test_the_author_who_left_changes_nothing(world, checks):
    world.maths.memberships.filter(person=world.amina).update(state="left")
    for act, check in checks.items():
        with pytest.raises(NotYours):
            check(world.amina)
        assert act in TABLE


def test_it_stands_in_the_stream_once(world, on):
    id = uuid7()
    for _ in range(2):
        post = puzzle(by=world.amina, community=world.maths, item=HALF, id=id)
    assert (post.pk, post.text, post.kind) == (id, HALF.text, "quiz")
    for _ in range(2):
        vote = poll(by=world.amina, community=world.maths, text="When?", choices=["a", "b"], id=uuid7())  # fmt: skip
        poll(by=world.amina, community=world.maths, text="When?", choices=["a", "b"], id=vote.pk)
    assert Instrument.objects.count() == 3
    with pytest.raises(Refused):  # somebody else's id
        puzzle(by=world.nafula, community=world.maths, item=HALF, id=id)


def test_what_is_refused_leaves_nothing(world, on):
    with pytest.raises(Refused):
        poll(by=world.amina, community=world.maths, text="When?", choices=["Tue", "tue"])
    with pytest.raises(Refused):
        poll(by=world.amina, community=world.maths, text="When?", choices=["Tue"])
    draft = begin_quiz(by=world.amina, community=world.maths)
    with pytest.raises(Refused):
        publish_quiz(by=world.amina, version=draft)
    assert list(Instrument.objects.all()) == [draft.instrument]
    assert not Post.objects.exists()


@pytest.mark.parametrize(("who", "room"), itertools.product(["amina", "chausiku"], ["tea"]))
def test_a_poll_at_tea(world, who, room):
    if who not in MEMBERS:
        with pytest.raises(NotYours):
            poll(by=world.chausiku, community=world.maths, text="?x", choices=["a", "b"], room=room)
        return
    post = poll(by=world.amina, community=world.maths, text="Chai?", choices=["a", "b"], room=room)
    assert post.room == "tea"
