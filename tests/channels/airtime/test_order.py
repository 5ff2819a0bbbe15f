"""Who gets what, who is left out, who must agree; and that nothing anybody wrote changes it."""

import ast
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

import staffroom.channels.airtime as room
from staffroom.channels.airtime.actions.order import agree, drop, spent, supported
from staffroom.channels.airtime.models import Order, Share
from staffroom.communities.models import LeverChoice, Membership
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import OutboxEntry
from staffroom.places.models import Appointment
from tests.channels.airtime.conftest import budget, order, states
from tests.conftest import LONG_AGO, make_person
from tests.conversations.makers import a_post


def names(order):
    return sorted(share.person.first_name for share in order.shares.all())


def test_each_member_gets_the_same_and_nothing_is_sent_yet(paid, they):
    made = order(paid)
    assert names(made) == ["Amina", "Baraka", "Nafula", "Otieno"]
    assert {share.amount for share in made.shares.all()} == {Decimal(50)}
    assert not they.asked
    assert not OutboxEntry.objects.filter(topic="airtime.send").exists()


def test_whoever_is_in_two_communities_gets_it_once(paid, they):
    made = order(paid, communities=[paid.maths.pk, paid.sister.pk])
    assert names(made).count("Amina") == 1
    assert "Daudi" in names(made)


def test_how_much_somebody_wrote_changes_nothing(paid, they):
    before = [(share.person_id, share.amount) for share in order(paid).shares.order_by("person")]
    for _ in range(30):
        a_post(paid.maths, paid.amina)
    Membership.objects.filter(person=paid.otieno).update(introduced_at=now())
    paid.otieno.last_used_on = LONG_AGO
    paid.otieno.save()
    after = [(share.person_id, share.amount) for share in order(paid).shares.order_by("person")]
    assert after == before


def test_the_room_cannot_know_what_anybody_wrote():
    """Nothing here imports a room in which words or reading are kept."""
    barred = (
        "conversations",
        "library",
        "rhythm",
        "instruments",
        "facilitation",
        "edges",
        "notices",
    )
    for path in Path(room.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert not node.module.startswith(tuple(f"staffroom.{each}" for each in barred)), (
                    path
                )


def test_who_is_left_out_and_why(paid, they):
    paid.amina.phone = None
    paid.amina.save()
    paid.baraka.frozen_at = now()
    paid.baraka.save()
    Membership.objects.filter(person=paid.otieno).update(joined_at=now() - dt.timedelta(days=40))
    made = order(paid, least_days=30)
    assert names(made) == ["Otieno"]
    assert made.left_out == {"new": 3}
    Membership.objects.filter(community=paid.maths).update(joined_at=now() - dt.timedelta(days=40))
    made = order(paid, least_days=30)
    assert names(made) == ["Nafula", "Otieno"]
    assert made.left_out == {"no_number": 1, "lost_phone": 1}


def test_a_person_gets_no_more_than_the_months_most(paid, they):
    agree(by=paid.hamisi, order=order(paid))
    agree(by=paid.hamisi, order=order(paid))
    made = order(paid)
    assert names(made) == []
    assert made.left_out == {"enough": 4}
    with pytest.raises(Refused):
        agree(by=paid.hamisi, order=made)


def test_two_drafts_agreed_to_one_after_the_other_keep_the_most(paid, they):
    drafts = [order(paid) for _ in range(3)]
    agree(by=paid.hamisi, order=drafts[0])
    agree(by=paid.hamisi, order=drafts[1])
    with pytest.raises(Refused):
        agree(by=paid.hamisi, order=drafts[2])


@pytest.mark.parametrize(
    "limits", [{"per_order": 150, "per_person": 100}, {"per_month": 300, "per_order": 250}]
)
def test_no_order_and_no_month_above_the_most(paid, they, limits):
    budget(paid, **limits)
    with pytest.raises(Refused):
        agree(by=paid.hamisi, order=order(paid, amount=Decimal(80)))
    assert spent(paid.programme, now().date().replace(day=1)) == 0


def test_above_an_amount_two_must_agree(paid, they):
    budget(paid, two_above=100)
    made = agree(by=paid.hamisi, order=order(paid))
    assert made.state == Order.State.SECOND
    assert not OutboxEntry.objects.filter(topic="airtime.send").exists()
    with pytest.raises(Refused):
        agree(by=paid.hamisi, order=made)
    other = make_person("Zawadi Other", is_staff=True, email="z@example.org")
    with pytest.raises(NotYours):
        agree(by=other, order=made)
    Appointment.objects.create(
        person=other, programme=paid.programme, role="administrator", starts=LONG_AGO
    )
    made = agree(by=other, order=made)
    assert (made.state, made.first_yes, made.second_yes) == ("going", paid.hamisi, other)
    assert OutboxEntry.objects.filter(topic="airtime.send").count() == 4
    agree(by=other, order=made)
    assert OutboxEntry.objects.filter(topic="airtime.send").count() == 4


def test_whoever_left_before_the_yes_gets_nothing(paid, they):
    made = order(paid)
    Membership.objects.filter(person=paid.otieno, community=paid.maths).update(state="left")
    agree(by=paid.hamisi, order=made)
    assert states(made) == ["left_out", "waiting", "waiting", "waiting"]


def test_a_dropped_order_gives_nothing(paid, they):
    made = order(paid)
    drop(by=paid.hamisi, order=made)
    assert not Share.objects.exists()
    assert agree(by=paid.hamisi, order=made).state == Order.State.DROPPED
    gone = agree(by=paid.hamisi, order=order(paid))
    with pytest.raises(Refused):
        drop(by=paid.hamisi, order=gone)


def test_only_where_the_lever_is_on(world, they):
    budget(world)
    assert supported(world.hamisi, world.programme) == []
    with pytest.raises(Refused):
        order(world)
    LeverChoice.objects.create(programme=world.programme, lever="data_support", value="bundle")
    assert {each.name for each in supported(world.hamisi, world.programme)} == {
        world.maths.name,
        world.sister.name,
    }


def test_an_administrator_who_heads_a_members_school_sees_nothing_of_it(paid, they):
    Appointment.objects.create(
        person=paid.esther, programme=paid.programme, role="administrator", starts=LONG_AGO
    )
    assert paid.maths not in supported(paid.esther, paid.programme)
    with pytest.raises(NotYours):
        agree(by=paid.esther, order=order(paid))


@pytest.mark.parametrize("who", ["amina", "baraka", "gathoni", "esther", "farid"])
def test_nobody_else_orders(paid, they, who):
    from staffroom.channels.airtime.actions.order import make_order

    with pytest.raises(NotYours):
        make_order(
            by=getattr(paid, who), programme=paid.programme, kind="airtime", way="hand",
            amount=Decimal(1), communities=[paid.maths.pk],
        )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": Decimal(0)}, "amount"),
        ({"kind": "data", "megabytes": 0}, "megabytes"),
        ({"kind": "data", "megabytes": 99_999}, "megabytes"),
        ({"least_days": 200}, "least_days"),
        ({"communities": []}, "communities"),
    ],
)
def test_what_cannot_be_ordered_is_said(paid, they, wrong, field):
    with pytest.raises(Refused) as caught:
        order(paid, **wrong)
    assert caught.value.field == field


def test_without_a_provider_only_by_hand(paid):
    with pytest.raises(Refused):
        order(paid)
    made = agree(by=paid.hamisi, order=order(paid, way="hand"))
    assert states(made) == ["given"] * 4
    assert not OutboxEntry.objects.filter(topic="airtime.send").exists()
