import pytest

from staffroom.conversations.actions.ask import ask_without_name
from staffroom.core.errors import NotYours, Refused
from staffroom.library.models import Dispute, Side
from staffroom.library.queries.trust import mark_of
from staffroom.library.queries.trust_desk import words_for
from tests.library.trust_things import correct, deliver, dispute, resolve, state, verify


def test_a_dispute_has_two_sides_and_ends_with_a_reason(world, answered):
    verify(world.amina, answered)
    verify(world.otieno, answered)
    dispute(world.baraka, answered)
    dispute(world.amina, answered, holds="right")
    dispute(world.nafula, answered, holds="right", text="I tried it.")
    assert state(answered) == "disputed"
    assert mark_of("post", answered.pk).sides == 3
    assert Side.objects.get(text="I tried it.").author
    with pytest.raises(NotYours):
        resolve(world.baraka, answered)
    resolve(world.chausiku, answered, "right")
    assert state(answered) == "verified"
    assert Dispute.objects.get().why == "Both books say so."
    with pytest.raises(Refused):
        resolve(world.chausiku, answered)


def test_it_was_wrong_with_the_correction_that_then_stands(world, answered):
    dispute(world.baraka, answered)
    with pytest.raises(Refused) as refused:
        resolve(world.chausiku, answered, "wrong")
    assert refused.value.field == "text"
    assert state(answered) == "disputed"
    resolve(world.chausiku, answered, "wrong", text="It is four.", source="KIE 7, page 3")
    assert state(answered) == "corrected"
    assert mark_of("post", answered.pk).text == "It is four."


def test_it_was_wrong_as_a_peer_had_corrected_it(world, answered):
    correct(world.amina, answered)
    dispute(world.otieno, answered, holds="right")
    resolve(world.chausiku, answered, "wrong")
    assert state(answered) == "corrected"
    assert mark_of("post", answered.pk).text == "Four quarters make one."


def test_both_can_be_said(world, answered):
    verify(world.amina, answered)
    correct_first = correct(world.chausiku, answered)
    dispute(world.baraka, answered, holds="right")
    resolve(world.chausiku, answered, "both")
    correct_first.refresh_from_db()
    assert correct_first.closed_at is not None
    assert state(answered) == "unverified"


def test_while_it_is_disputed_nothing_else_is_said(world, answered):
    dispute(world.baraka, answered)
    for act in (verify, correct):
        with pytest.raises(Refused):
            act(world.amina, answered)


def test_the_author_does_not_open_one(world, answered):
    for person in (world.nafula,):
        with pytest.raises((Refused, NotYours)):
            dispute(person, answered, holds="right")
    assert not Dispute.objects.exists()


def test_an_author_without_a_name_adds_without_one(world):
    asked = ask_without_name(by=world.nafula, community=world.maths, text="Why is it so?")
    dispute(world.baraka, asked)
    side = dispute(world.nafula, asked, holds="right", text="My book says so.")
    assert side.by is None
    assert side.author
    assert side.pk.version == 4


@pytest.mark.parametrize("who", ["esther", "farid", "daudi", "gathoni"])
def test_nobody_else_disputes_or_resolves(world, answered, who):
    dispute(world.baraka, answered)
    person = getattr(world, who)
    for act in (dispute, resolve):
        with pytest.raises(NotYours):
            act(person, answered)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"holds": "maybe"}, "holds"), ({"text": " "}, "text"), ({"source": ""}, "source")],
)
def test_each_side_says_why_and_how_it_knows(world, answered, said, field):
    with pytest.raises(Refused) as refused:
        dispute(world.baraka, answered, **said)
    assert refused.value.field == field
    assert not Dispute.objects.exists()


def test_the_author_hears_of_it_and_both_sides_of_its_end(world, answered):
    dispute(world.baraka, answered)
    deliver()
    assert [word.what for word in words_for(world.nafula)] == ["disputed"]
    assert not words_for(world.baraka)
    resolve(world.chausiku, answered, "right")
    deliver()
    for person in (world.nafula, world.baraka):
        assert [word.what for word in words_for(person)] == ["resolved"]
