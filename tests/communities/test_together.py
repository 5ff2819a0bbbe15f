"""Several people at once: the last place is given once, nobody enters twice, one term runs."""

import pytest

from staffroom.communities.actions import inviting, joining, terms
from staffroom.communities.models import Invitation, LeverChoice, Membership, Term
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry
from tests.conftest import make_person
from tests.conversations.test_together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def asks(world, person):
    return joining.ask_to_join(person=person, community_id=world.maths.pk)


def yes(member, membership):
    return lambda: joining.say_yes_or_no(member=member, membership_id=membership.pk, accepts=True)


def test_two_approvers_at_once_let_somebody_in_once(world):
    membership = asks(world, world.daudi)
    assert not at_once(*[yes(who, membership) for who in (world.amina, world.baraka)])
    membership.refresh_from_db()
    assert membership.state == "active"
    assert AuditEntry.objects.filter(act="membership.began").count() == 1


def test_the_last_place_is_given_once(world):
    LeverChoice.objects.create(programme=world.programme, lever="size", value="8")
    for number in range(3):
        person = make_person(f"Member {number}", f"+25470000010{number}")
        Membership.objects.create(
            community=world.maths, person=person, state="active", joined_at=now()
        )
    first, second = asks(world, world.daudi), asks(world, world.farid)
    for membership in (first, second):
        yes(world.amina, membership)()
    raised = at_once(yes(world.baraka, first), yes(world.nafula, second))
    assert [type(error) for error in raised] == [Refused]
    assert Membership.objects.filter(community=world.maths, state="active").count() == 8


def test_the_last_use_of_a_link_is_used_once(world):
    link = inviting.make_link(by=world.amina, community_id=world.maths.pk)
    Invitation.objects.filter(pk=link.pk).update(uses_left=1)
    token = inviting.token_of(link)
    raised = at_once(
        *[
            lambda p=person: inviting.join_by_link(person=p, token=token)
            for person in (world.daudi, world.farid)
        ]
    )
    assert [type(error) for error in raised] == [NotYours]
    link.refresh_from_db()
    assert link.uses_left == 0
    assert Membership.objects.filter(community=world.maths, state="requested").count() == 1


def test_one_person_asking_twice_at_once_asks_once(world):
    assert not at_once(*[lambda: asks(world, world.daudi)] * 2)
    assert Membership.objects.filter(person=world.daudi, community=world.maths).count() == 1


def test_two_volunteers_at_once_make_one_term(world):
    Term.objects.all().delete()
    raised = at_once(
        *[
            lambda p=person: terms.volunteer(person=p, community_id=world.maths.pk)
            for person in (world.amina, world.nafula)
        ]
    )
    assert [type(error) for error in raised] == [Refused]
    assert Term.objects.filter(community=world.maths, ended_at=None).count() == 1
