import pytest

from staffroom.communities.actions import joining
from staffroom.communities.models import Community, LeverChoice, Membership
from staffroom.communities.queries.finding import find
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry, OutboxEntry
from staffroom.places.models import Posting
from tests.conftest import LONG_AGO, make_community, make_person


def ask(world, person=None, community=None):
    return joining.ask_to_join(
        person=person or world.daudi,
        community_id=(community or world.maths).pk,
        note="I teach Grade 7.",
    )


def word(member, membership, accepts=True):
    return joining.say_yes_or_no(member=member, membership_id=membership.pk, accepts=accepts)


def test_a_colleague_asks_and_two_members_approve(world):
    membership = ask(world)
    assert membership.state == "requested"
    assert word(world.amina, membership).state == "requested"
    entered = word(world.baraka, membership)
    assert entered.state == "active"
    assert entered.joined_at
    assert OutboxEntry.objects.filter(topic="membership.began").count() == 1


def test_asking_or_approving_twice_is_harmless(world):
    membership = ask(world)
    assert ask(world).pk == membership.pk
    word(world.amina, membership)
    word(world.amina, membership)
    word(world.baraka, membership)
    assert word(world.baraka, membership).state == "active"
    assert ask(world).pk == membership.pk
    assert AuditEntry.objects.filter(act="membership.began").count() == 1


def test_enough_refusals_decline_and_one_may_ask_again_later(world):
    membership = ask(world)
    word(world.amina, membership, accepts=False)
    assert word(world.nafula, membership, accepts=False).state == "declined"
    with pytest.raises(Refused):
        word(world.baraka, membership)
    assert ask(world).pk != membership.pk


def test_the_word_of_one_who_left_does_not_count(world):
    membership = ask(world)
    word(world.amina, membership)
    Membership.objects.filter(person=world.amina, community=world.maths).update(state="left")
    assert word(world.baraka, membership).state == "requested"


@pytest.mark.parametrize("who", ["esther", "farid", "daudi", "chausiku", "gathoni", "hamisi"])
def test_only_members_decide(world, who):
    membership = ask(world)
    with pytest.raises(NotYours):
        word(getattr(world, who), membership)


def test_the_last_place_is_given_once(world):
    LeverChoice.objects.create(programme=world.programme, lever="size", value="8")
    for number in range(3):
        person = make_person(f"Member {number}", f"+25470000010{number}")
        Membership.objects.create(
            community=world.maths, person=person, state="active", joined_at="2026-01-01T00:00Z"
        )
    first, second = ask(world), ask(world, world.farid)
    word(world.amina, first)
    word(world.amina, second)
    assert word(world.baraka, first).state == "active"
    with pytest.raises(Refused):
        word(world.baraka, second)
    second.refresh_from_db()
    assert second.state == "requested"
    assert Membership.objects.filter(community=world.maths, state="active").count() == 8


def test_an_open_community_takes_newcomers_at_once(world):
    LeverChoice.objects.create(
        programme=world.programme, community=world.maths, lever="membership", value="open"
    )
    assert ask(world).state == "active"


# -- the wall


def test_the_barred_are_answered_as_if_it_did_not_exist(world):
    with pytest.raises(NotYours):
        ask(world, world.esther)  # she heads the school of two members
    assert world.maths not in find(world.esther)


@pytest.mark.parametrize(
    "change",
    [{"listed": False}, {"stage": Community.Stage.CLOSED}, {"stage": Community.Stage.RESTING}],
)
def test_what_is_not_open_to_anybody_is_answered_the_same(world, change):
    Community.objects.filter(pk=world.maths.pk).update(**change)
    with pytest.raises(NotYours):
        ask(world)
    assert world.maths not in find(world.daudi)


def test_who_became_a_supervisor_meanwhile_is_not_approved(world):
    membership = ask(world)
    word(world.amina, membership)
    Posting.objects.create(
        person=world.daudi, school=world.market, role="head", starts=LONG_AGO
    )  # Otieno works there
    assert word(world.baraka, membership).state == "declined"


def test_find_shows_what_one_may_ask_to_join(world):
    assert list(find(world.daudi)) == [world.maths]
    assert list(find(world.amina)) == []
    assert set(find(world.farid)) == {world.maths, world.sister}
    assert list(find(world.farid, subject="science")) == [world.sister]
    assert list(find(world.farid, words="mwingi")) == [world.maths]
    assert list(find(world.farid, language="sw")) == []


def test_find_leaves_out_where_ones_own_supervisor_is(world):
    heads = make_community(world.programme, "School leaders", world.esther)
    assert heads in find(world.farid)
    assert heads not in find(world.amina)


def test_find_stays_in_ones_programme(world):
    stranger = make_person("Zed", "+254700000099")
    from staffroom.places.models import Programme

    Programme.objects.create(name="Other", country="TZ", phone_region="TZ")
    assert not find(stranger).exists()
    with pytest.raises(NotYours):
        ask(world, stranger)


def test_withdrawing_a_request(world):
    membership = ask(world)
    joining.withdraw_request(person=world.daudi, membership_id=membership.pk)
    membership.refresh_from_db()
    assert membership.state == "left"
    joining.withdraw_request(person=world.daudi, membership_id=membership.pk)
    with pytest.raises(NotYours):
        joining.withdraw_request(person=world.farid, membership_id=membership.pk)
