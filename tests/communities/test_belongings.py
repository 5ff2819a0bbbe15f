"""Taking one's data along, being forgotten, and who may see whose face."""

import pytest

from staffroom.communities import hooks
from staffroom.communities.actions import inviting
from staffroom.communities.models import Advisership, Membership, Term
from staffroom.core.hooks import export_person
from staffroom.places.models import Posting


def test_the_export_has_ones_own_rows_and_no_secrets(world):
    inviting.make_link(by=world.baraka, community_id=world.maths.pk)
    held = hooks.export_person(world.baraka)
    assert held["memberships"][0]["community_name"] == "Mathematics, Mwingi"
    assert len(held["terms"]) == len(held["rule_agreements"]) == len(held["invitations"]) == 1
    assert "token_hash" not in str(held)
    assert hooks.export_person in list(export_person)


@pytest.mark.parametrize("keep", [True, False])
def test_being_forgotten_ends_every_tie(world, keep):
    Term.objects.filter(person=world.baraka).update(handover="Ask Amina.")
    Membership.objects.filter(person=world.baraka).update(note="About me")
    hooks.erase_person(world.baraka, keep_contributions=keep)
    hooks.erase_person(world.chausiku, keep_contributions=keep)
    assert not Membership.objects.filter(person=world.baraka, state="active").exists()
    assert not Membership.objects.exclude(note="").exists()
    assert not Advisership.objects.filter(ended_at=None).exists()
    term = Term.objects.get(person=world.baraka)
    assert term.ended_at
    assert bool(term.handover) is keep


@pytest.mark.parametrize(
    ("viewer", "person", "sees"),
    [
        ("amina", "baraka", True),
        ("amina", "daudi", True),
        ("chausiku", "amina", True),
        ("amina", "chausiku", True),
        ("daudi", "baraka", False),
        ("esther", "amina", False),
        ("farid", "amina", False),
        ("gathoni", "amina", False),
        ("farid", "farid", True),
    ],
)
def test_whoever_shares_a_community_sees_the_other(world, viewer, person, sees):
    assert hooks.may_see_person(getattr(world, viewer), getattr(world, person)) is sees


def test_whom_the_wall_bars_sees_nobody_any_more(world):
    Posting.objects.filter(person=world.amina).update(role="head")
    assert not hooks.may_see_person(world.amina, world.nafula)
