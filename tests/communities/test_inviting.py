import datetime as dt

import pytest

from staffroom.communities.actions import inviting
from staffroom.communities.models import Community, Invitation, Membership
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused


def test_a_member_invites_and_counts_as_one_approval(world):
    membership = inviting.invite(by=world.amina, community_id=world.maths.pk, person=world.daudi)
    assert (
        inviting.invite(by=world.baraka, community_id=world.maths.pk, person=world.daudi)
        == membership
    )
    answered = inviting.answer_invitation(
        person=world.daudi, membership_id=membership.pk, accepts=True
    )
    assert answered.state == "requested"
    assert list(answered.approvals.values_list("member", flat=True)) == [world.amina.pk]


def test_one_approval_is_enough_where_the_community_says_so(world):
    Community.objects.filter(pk=world.maths.pk).update(approvals_needed=1)
    membership = inviting.invite(by=world.amina, community_id=world.maths.pk, person=world.daudi)
    answered = inviting.answer_invitation(
        person=world.daudi, membership_id=membership.pk, accepts=True
    )
    assert answered.state == "active"


def test_declining(world):
    membership = inviting.invite(by=world.amina, community_id=world.maths.pk, person=world.daudi)
    inviting.answer_invitation(person=world.daudi, membership_id=membership.pk, accepts=False)
    membership.refresh_from_db()
    assert membership.state == "declined"


@pytest.mark.parametrize("who", ["esther", "farid", "daudi", "chausiku", "hamisi"])
def test_outsiders_do_not_invite(world, who):
    with pytest.raises(NotYours):
        inviting.invite(by=getattr(world, who), community_id=world.maths.pk, person=world.otieno)
    with pytest.raises(NotYours):
        inviting.make_link(by=getattr(world, who), community_id=world.maths.pk)


def test_a_supervisor_cannot_be_invited(world):
    with pytest.raises(Refused) as error:
        inviting.invite(by=world.nafula, community_id=world.maths.pk, person=world.esther)
    assert error.value.message == inviting.not_invitable()


def test_another_persons_invitation_is_not_mine(world):
    membership = inviting.invite(by=world.amina, community_id=world.maths.pk, person=world.daudi)
    with pytest.raises(NotYours):
        inviting.answer_invitation(person=world.farid, membership_id=membership.pk, accepts=True)


@pytest.fixture
def link(world):
    invitation = inviting.make_link(by=world.amina, community_id=world.maths.pk)
    return inviting.token_of(invitation), invitation


def test_the_link_is_kept_as_a_hash(link):
    token, invitation = link
    assert len(token) == 24
    assert token not in str(Invitation.objects.filter(pk=invitation.pk).values())
    assert inviting.living_link(token) == invitation


def test_joining_by_link_uses_it_once_a_person(world, link):
    token, invitation = link
    membership = inviting.join_by_link(person=world.daudi, token=token)
    again = inviting.join_by_link(person=world.daudi, token=token)
    assert again == membership
    assert membership.state == "requested"
    invitation.refresh_from_db()
    assert invitation.uses_left == 14


@pytest.mark.parametrize(
    "change",
    [
        {"withdrawn_at": now()},
        {"expires_at": now() - dt.timedelta(seconds=1)},
        {"uses_left": 0},
    ],
)
def test_a_dead_link_and_a_barred_person_get_the_same(world, link, change):
    token, invitation = link
    with pytest.raises(NotYours):
        inviting.join_by_link(person=world.esther, token=token)
    Invitation.objects.filter(pk=invitation.pk).update(**change)
    with pytest.raises(NotYours):
        inviting.join_by_link(person=world.daudi, token=token)
    assert not Membership.objects.filter(person__in=[world.esther, world.daudi]).filter(
        community=world.maths
    )


def test_withdrawing_a_link(world, link):
    token, invitation = link
    with pytest.raises(NotYours):
        inviting.withdraw_link(by=world.nafula, invitation_id=invitation.pk)
    inviting.withdraw_link(by=world.baraka, invitation_id=invitation.pk)  # the moderator
    assert inviting.living_link(token) is None


def test_the_gardener_fills_a_forming_community(world):
    forming = Community.objects.create(programme=world.programme, name="New", stage="forming")
    membership = inviting.invite(by=world.gathoni, community_id=forming.pk, person=world.daudi)
    second = inviting.invite(by=world.gathoni, community_id=forming.pk, person=world.farid)
    for each in (membership, second):
        answered = inviting.answer_invitation(
            person=each.person, membership_id=each.pk, accepts=True
        )
        assert answered.state == "active"


# -- the link is not lost on the way


@pytest.mark.parametrize(("who", "told"), [("daudi", True), ("esther", False)])
def test_whoever_came_by_a_link_finds_the_invitation_again(world, sign_in, who, told):
    link = inviting.make_link(by=world.amina, community_id=world.maths.pk)
    token = inviting.token_of(link)
    browser = sign_in(getattr(world, who))
    session = browser.session
    session["invitation"] = token
    session.save()
    for page in ("/", "/communities"):
        text = browser.get(page).content.decode()
        assert (f"/join/{token}/here" in text) is told
        assert ("You are invited to Mathematics, Mwingi" in text) is told


@pytest.mark.parametrize(("answer", "taken"), [({}, True), ({"decline": "1"}, False)])
def test_a_link_that_was_answered_waits_no_longer(world, sign_in, answer, taken):
    token = inviting.token_of(inviting.make_link(by=world.amina, community_id=world.maths.pk))
    browser = sign_in(world.daudi)
    session = browser.session
    session["invitation"] = token
    session.save()
    browser.post(f"/join/{token}/here", answer)
    assert f"/join/{token}" not in browser.get("/").content.decode()
    assert Membership.objects.filter(person=world.daudi, community=world.maths).exists() is taken
