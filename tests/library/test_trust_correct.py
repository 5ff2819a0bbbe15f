import pytest

from staffroom.conversations.actions.answer import answer
from staffroom.conversations.actions.ask import ask_without_name
from staffroom.conversations.actions.edit import edit
from staffroom.conversations.actions.read import mark_read
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.library.actions import trust_correct
from staffroom.library.models import Hearing, Voice
from staffroom.library.queries.trust import mark_of
from staffroom.library.queries.trust_desk import words_for
from tests.conversations import nameless as house
from tests.library.trust_things import correct, deliver, on, state, verify


def read(world, *names):
    for name in names:
        mark_read(
            by=getattr(world, name), community=world.maths, question=world.question, until=now()
        )


@pytest.fixture(autouse=True)
def _question(world, question):
    world.question = question


def heard(world):
    deliver()
    return {
        name
        for name in ("amina", "baraka", "chausiku", "nafula", "otieno", "daudi", "esther")
        if words_for(getattr(world, name))
    }


def test_an_advisers_correction_stands_and_readers_hear_of_it(world, answered):
    read(world, "otieno", "chausiku")
    correct(world.chausiku, answered)
    assert state(answered) == "corrected"
    mark = mark_of("post", answered.pk, named=True)
    assert mark.text == "Four quarters make one."
    assert mark.who[0].name == "Chausiku Kimani"
    assert heard(world) == {"otieno", "nafula"}  # who read it, and the author
    assert words_for(world.otieno)[0].what == "corrected"


def test_told_twice_is_told_once(world, answered):
    from staffroom.core.models import OutboxEntry
    from staffroom.library.actions.trust_telling import deliver as hear

    read(world, "otieno")
    correct(world.chausiku, answered)
    payload = OutboxEntry.objects.get(topic="trust.changed").payload
    hear(payload)
    hear(payload)
    assert Hearing.objects.filter(person=world.otieno).count() == 1


def test_a_peers_correction_waits_for_a_second_voice(world, answered):
    read(world, "baraka")
    correct(world.amina, answered)
    assert state(answered) == "unverified"
    assert mark_of("post", answered.pk).proposed
    assert heard(world) == set()
    trust_correct.agree(by=world.amina, **on(answered))
    assert state(answered) == "unverified"
    trust_correct.agree(by=world.otieno, **on(answered))
    assert state(answered) == "corrected"
    assert heard(world) == {"baraka", "nafula"}
    trust_correct.disagree(by=world.amina, **on(answered))
    trust_correct.disagree(by=world.otieno, **on(answered))
    assert state(answered) == "unverified"
    assert mark_of("post", answered.pk) is None


def test_the_author_accepts_and_answers(world, answered):
    correct(world.amina, answered)
    trust_correct.accept(by=world.nafula, **on(answered))
    trust_correct.reply(by=world.nafula, **on(answered), text="Thank you, I mixed them up.")
    assert state(answered) == "corrected"
    assert mark_of("post", answered.pk).accepted
    trust_correct.disagree(by=world.amina, **on(answered))
    assert state(answered) == "corrected", "its author has taken it up"


def test_only_the_author_accepts(world, answered):
    correct(world.chausiku, answered)
    for person in (world.amina, world.chausiku, world.esther, world.daudi):
        with pytest.raises(NotYours):
            trust_correct.accept(by=person, **on(answered))


@pytest.mark.parametrize("who", ["esther", "farid", "daudi", "gathoni"])
def test_nobody_else_corrects(world, answered, who):
    with pytest.raises(NotYours):
        correct(getattr(world, who), answered)


def test_the_author_changes_own_words_and_does_not_correct_them(world, answered):
    with pytest.raises(Refused):
        correct(world.nafula, answered)


def test_a_peer_does_not_correct_what_others_verified(world, answered):
    verify(world.chausiku, answered)
    with pytest.raises(Refused):
        correct(world.amina, answered)
    correct(world.chausiku, answered)
    assert state(answered) == "corrected"
    assert not Voice.objects.filter(correction=None).exists(), "nobody says both"


def test_one_correction_at_a_time(world, answered):
    correct(world.amina, answered)
    with pytest.raises(Refused):
        correct(world.otieno, answered)
    correct(world.chausiku, answered, text="Better said.")
    assert mark_of("post", answered.pk).text == "Better said."


@pytest.mark.parametrize(
    ("text", "source", "field"),
    [("", "a book", "text"), ("Words", " ", "source"), ("x" * 2001, "a book", "text"),
     ("Words", "y" * 301, "source"), ("\u200b", "a book", "text")],
)  # fmt: skip
def test_it_needs_words_and_a_source(world, answered, text, source, field):
    with pytest.raises(Refused) as refused:
        correct(world.chausiku, answered, text=text, source=source)
    assert refused.value.field == field
    assert state(answered) == ""


def test_what_is_corrected_is_not_verified_but_disputed(world, answered):
    correct(world.chausiku, answered)
    with pytest.raises(Refused):
        verify(world.amina, answered)


def test_an_edit_leaves_the_correction_until_the_new_words_are_verified(world, answered):
    correct(world.chausiku, answered)
    edit(by=world.nafula, post=answered, text="Four quarters make one.")
    assert state(answered) == "corrected"
    verify(world.chausiku, answered)
    assert state(answered) == "verified"
    assert mark_of("post", answered.pk).text == ""


def test_who_may_no_longer_read_it_hears_nothing(world, answered):
    from staffroom.communities.models import Membership

    read(world, "otieno", "amina")
    correct(world.chausiku, answered)
    deliver()
    Membership.objects.filter(person=world.otieno).update(state="left")
    assert not words_for(world.otieno)
    assert words_for(world.amina)


@pytest.fixture
def asked(world):
    return ask_without_name(by=world.nafula, community=world.maths, text="Why is it so?")


def test_of_what_has_no_name_everyone_hears_alike(world, asked):
    """Who had read it and who had not would tell who wrote it."""
    correct(world.chausiku, asked)
    assert heard(world) == {"amina", "baraka", "nafula", "otieno"}


def test_an_author_without_a_name_accepts_without_one(world, asked, sign_in):
    from staffroom.core.ids import short

    correct(world.amina, asked)
    client = sign_in(world.nafula)
    url = f"/trust/post/{short(asked.pk)}"
    assert "I agree with it" in client.get(url).content.decode()
    assert "I agree with it" not in sign_in(world.otieno).get(url).content.decode()
    before = house.rows()
    client.post(f"{url}/accept")
    client.post(f"{url}/reply", {"text": "I see it now."})
    changed = house.changed(before, house.rows())
    for (table, _pk), text in changed.items():
        if table == "django_session":
            continue
        assert str(world.nafula.pk) not in text, table
        assert world.nafula.pk.hex not in text, table
    assert state(asked) == "corrected"


def test_a_correction_of_an_answer_without_readers_tells_its_author(world, question):
    alone = answer(by=world.otieno, question=question, text="So it is.")
    correct(world.chausiku, alone)
    assert heard(world) == {"otieno"}
