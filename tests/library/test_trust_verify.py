import pytest

from staffroom.communities.models import Advisership, Membership
from staffroom.conversations.actions.answer import answer_as_asker
from staffroom.conversations.actions.ask import ask_without_name
from staffroom.conversations.actions.edit import edit
from staffroom.conversations.models import Post
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry
from staffroom.library.actions import trust_verify
from staffroom.library.models import Skipped, Trust, Voice
from staffroom.library.queries.trust import mark_of, state_of
from tests.conversations import nameless as house
from tests.library.trust_things import on, state, verify

NOBODY = ["esther", "farid", "daudi", "gathoni", "hamisi"]


@pytest.mark.parametrize(
    ("people", "wanted"),
    [
        (["amina"], "unverified"),
        (["amina", "amina"], "unverified"),
        (["amina", "otieno"], "verified"),
        (["chausiku"], "verified"),
        (["amina", "chausiku"], "verified"),
    ],
)
def test_two_peers_or_one_adviser_make_verified(world, answered, people, wanted):
    for name in people:
        verify(getattr(world, name), answered)
    assert state(answered) == wanted


def test_nobody_verifies_own_words(world, answered):
    with pytest.raises(Refused):
        verify(world.nafula, answered)
    assert state(answered) == ""


@pytest.mark.parametrize("who", NOBODY)
def test_nobody_else_verifies_or_takes_back(world, answered, who):
    person = getattr(world, who)
    verify(world.chausiku, answered)
    for act in (trust_verify.verify, trust_verify.withdraw, trust_verify.skip):
        with pytest.raises(NotYours):
            act(by=person, **on(answered))
    assert state(answered) == "verified"


def test_it_is_taken_back(world, answered):
    for person in (world.amina, world.otieno):
        verify(person, answered)
    trust_verify.withdraw(by=world.amina, **on(answered))
    trust_verify.withdraw(by=world.amina, **on(answered))
    assert state(answered) == "unverified"
    verify(world.amina, answered)
    assert state(answered) == "verified"


def test_who_has_left_the_community_has_still_said_so(world, answered):
    verify(world.amina, answered)
    Membership.objects.filter(person=world.amina, community=world.maths).update(state="left")
    verify(world.otieno, answered)
    assert state(answered) == "verified"
    with pytest.raises(NotYours):
        trust_verify.withdraw(by=world.amina, **on(answered))


def test_an_edit_asks_anew(world, answered):
    verify(world.chausiku, answered)
    edit(by=world.nafula, post=answered, text="Count the quarters in three.")
    assert state(answered) == "unverified"
    assert mark_of("post", answered.pk).earlier
    verify(world.chausiku, answered)
    assert state(answered) == "verified"
    assert not mark_of("post", answered.pk).earlier


def test_an_edit_undone_is_the_words_that_were_verified(world, answered):
    before = answered.text
    verify(world.chausiku, answered)
    edit(by=world.nafula, post=answered, text="Something else.")
    edit(by=world.nafula, post=answered, text=before)
    assert state(answered) == "verified"


def test_thanks_and_pins_leave_it_verified(world, answered):
    from staffroom.conversations.actions.help import help
    from staffroom.conversations.actions.thank import thank

    verify(world.chausiku, answered)
    help(by=world.amina, answer=answered)
    thank(by=world.amina, post=answered)
    assert state(answered) == "verified"


def test_what_was_changed_meanwhile_is_read_once_more(world, answered):
    seen = mark_version(world, answered)
    edit(by=world.nafula, post=answered, text="Count the quarters in three.")
    with pytest.raises(Refused):
        verify(world.amina, answered, version=seen)
    assert not Voice.objects.exists()


def mark_version(world, post):
    from staffroom.library.hooks.trust import thing_for

    return thing_for(world.amina, "post", post.pk).version


def test_messages_and_what_is_gone_cannot_be_verified(world, answered):
    from staffroom.conversations.actions.say import say

    message = say(by=world.otieno, community=world.maths, text="Good evening")
    Post.objects.filter(pk=answered.pk).update(hidden_at=answered.created_at)
    for post in (message, answered):
        with pytest.raises(NotYours):
            verify(world.amina, post)


def test_a_resting_community_verifies_nothing(world, answered):
    world.maths.stage = "resting"
    world.maths.save()
    with pytest.raises(NotYours):
        verify(world.amina, answered)


def test_an_adviser_whose_term_ended_is_none(world, answered):
    Advisership.objects.update(ended_at=answered.created_at)
    with pytest.raises(NotYours):
        verify(world.chausiku, answered)


@pytest.fixture
def nameless(world):
    asked = ask_without_name(by=world.nafula, community=world.maths, text="Why is it so?")
    return answer_as_asker(by=world.nafula, question=asked, text="I found it: count quarters.")


def test_an_author_without_a_name_leaves_no_trace_by_trying(world, nameless, sign_in):
    client = sign_in(world.nafula)
    client.get("/me")
    before = house.rows()
    with pytest.raises(Refused):
        verify(world.nafula, nameless)
    from staffroom.core.ids import short

    for act in ("verify", "agree", "accept", "withdraw", "skip"):
        client.post(f"/trust/post/{short(nameless.pk)}/{act}")
    changed = house.changed(before, house.rows())
    assert not {key for key in changed if key[0] != "django_session"}
    assert not [text for text in changed.values() if str(nameless.pk) in text]


def test_others_verify_what_has_no_name(world, nameless):
    verify(world.amina, nameless)
    verify(world.otieno, nameless)
    assert state(nameless) == "verified"
    assert AuditEntry.objects.filter(act="trust.verified").count() == 2


def test_what_is_skipped_is_kept_by_its_words(world, answered):
    trust_verify.skip(by=world.chausiku, **on(answered))
    trust_verify.skip(by=world.chausiku, **on(answered))
    assert Skipped.objects.count() == 1
    trust_verify.unskip(by=world.chausiku)
    assert not Skipped.objects.exists()


def test_shared_things_need_peers_of_different_communities(world, leaflets):
    leaflet = leaflets.add(world.farid)
    mine = {"kind": "leaflet", "thing": leaflet}
    trust_verify.verify(by=world.nafula, **mine)
    trust_verify.verify(by=world.otieno, **mine)
    assert state_of("leaflet", leaflet) == "unverified"
    trust_verify.verify(by=world.daudi, **mine)
    assert state_of("leaflet", leaflet) == "verified"


def test_a_school_leader_is_a_peer_of_shared_things_alone(world, leaflets, answered):
    leaflet = leaflets.add(world.farid)
    trust_verify.verify(by=world.esther, kind="leaflet", thing=leaflet)
    trust_verify.verify(by=world.nafula, kind="leaflet", thing=leaflet)
    assert state_of("leaflet", leaflet) == "verified"
    assert Voice.objects.get(by=world.esther).capacity == "leader"
    with pytest.raises(NotYours):
        verify(world.esther, answered)


def test_a_kind_nobody_keeps_does_not_exist(world):
    import uuid

    with pytest.raises(NotYours):
        trust_verify.verify(by=world.amina, kind="nonsense", thing=uuid.uuid4())
    assert not Trust.objects.exists()
