"""Two acts at once."""

import pytest

from staffroom.communities.models import Advisership
from staffroom.conversations.actions.answer import answer
from staffroom.conversations.actions.ask import ask
from staffroom.conversations.actions.edit import edit
from staffroom.core.errors import Refused
from staffroom.library.models import Correction, Trust, Voice
from tests.conversations.test_together import at_once
from tests.library.trust_things import correct, dispute, resolve, state, verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def answered(world):
    question = ask(by=world.amina, community=world.maths, text="Why?")
    return answer(by=world.nafula, question=question, text="So it is.")


def test_two_verify_at_once(world, answered):
    raised = at_once(
        lambda: verify(world.amina, answered),
        lambda: verify(world.otieno, answered),
        lambda: verify(world.otieno, answered),
    )
    assert not raised
    assert Trust.objects.count() == 1
    assert Voice.objects.count() == 2
    assert state(answered) == "verified"


def test_two_correct_at_once_and_one_is_told(world, answered):
    raised = at_once(
        lambda: correct(world.amina, answered, text="One"),
        lambda: correct(world.otieno, answered, text="Two"),
    )
    assert [type(error) for error in raised] == [Refused]
    assert Correction.objects.filter(closed_at=None).count() == 1


def test_verified_while_it_is_edited(world, answered):
    """Whichever comes first, what is said is of the words that were read."""
    raised = at_once(
        lambda: verify(world.chausiku, answered),
        lambda: edit(by=world.nafula, post=answered, text="Otherwise."),
    )
    assert not raised
    voice = Voice.objects.get()
    trust = Trust.objects.get()
    assert (voice.version == trust.version) == (state(answered) == "verified")


def test_two_advisers_close_it_at_once(world, answered):
    Advisership.objects.create(community=world.maths, person=world.farid)
    dispute(world.baraka, answered)
    raised = at_once(
        lambda: resolve(world.chausiku, answered, "right"),
        lambda: resolve(world.farid, answered, "both"),
    )
    assert [type(error) for error in raised] == [Refused]
    assert state(answered) in {"verified", "unverified"}
