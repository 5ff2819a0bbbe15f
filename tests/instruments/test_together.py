"""Several phones at once: each response counts once, nobody votes twice."""

import pytest

from staffroom.communities.models import LeverChoice
from staffroom.conversations.actions.quiz import poll, puzzle
from staffroom.core.errors import Refused
from staffroom.instruments import actions
from staffroom.instruments.models import Answer, Instrument, Response
from tests.conversations.test_together import at_once
from tests.instruments.conftest import HALF

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def version(world):
    LeverChoice.objects.create(
        programme=world.programme, lever="quizzes", value="on", left_to_community=True
    )
    return puzzle(by=world.amina, community=world.maths, item=HALF).instrument.versions.get()


@pytest.fixture
def ballot(world):
    post = poll(by=world.amina, community=world.maths, text="When?", choices=["Tue", "Thu"])
    return post.instrument.versions.get()


def test_four_at_once_are_four(world, version):
    people = [world.baraka, world.nafula, world.otieno, world.chausiku]
    assert not at_once(
        *[
            lambda p=person: actions.answer(by=p, version=version, values={"i1": "b"})
            for person in people
        ]
    )
    assert Instrument.objects.get().tried_count == Response.objects.count() == 4


def test_one_person_on_two_phones_answers_once(world, version):
    raised = at_once(
        *[
            lambda v=value: actions.answer(by=world.nafula, version=version, values={"i1": v})
            for value in "ab"
        ]
    )
    assert [type(error) for error in raised] == [Refused]
    assert Instrument.objects.get().tried_count == Response.objects.count() == 1


def test_one_person_on_two_phones_has_one_vote(world, ballot):
    assert not at_once(
        *[
            lambda v=value: actions.answer(by=world.nafula, version=ballot, values={"i1": v})
            for value in "ab"
        ]
    )
    assert Instrument.objects.get().tried_count == Answer.objects.count() == 1


def test_changed_on_two_phones_at_once_is_one_draft(world, version):
    instrument = version.instrument
    assert not at_once(
        *[lambda: actions.revise(by=world.amina, instrument=instrument) for _ in range(2)]
    )
    assert instrument.versions.filter(published_at=None).count() == 1


def test_a_vote_at_the_moment_of_closing_is_in_or_refused(world, ballot):
    raised = at_once(
        lambda: actions.close(by=world.amina, instrument=ballot.instrument),
        lambda: actions.answer(by=world.nafula, version=ballot, values={"i1": "a"}),
    )
    instrument = Instrument.objects.get()
    assert instrument.closed
    assert instrument.tried_count == 1 - len(raised)
