"""The office orders without seeing anybody; the receiver alone sees what they got and says whether it came."""

from decimal import Decimal

import pytest
from django.urls import reverse

from staffroom.channels.airtime.actions.hand import give_by_hand, say_whether_it_came
from staffroom.channels.airtime.models import Order, Share
from staffroom.core import hooks
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from tests.channels.airtime.conftest import budget, order, sent

NAMES = ["Amina", "Baraka", "Nafula", "Otieno"]


def hidden(said):
    """No name and no number of a member is in it."""
    return not [word for word in [*NAMES, "70000000"] if word in said]


def test_the_office_from_the_limits_to_the_list(
    paid, they, sign_in, django_capture_on_commit_callbacks
):
    client = sign_in(paid.hamisi)
    fields = {
        "kind": "data", "megabytes": "250", "amount": "40", "least_days": "0", "way": "provider",
        "communities": [str(paid.maths.pk)],
    }  # fmt: skip
    assert reverse("airtime") in client.get(reverse("places")).content.decode()
    assert client.get(reverse("airtime_new")).status_code == 200
    made = client.post(reverse("airtime_new"), fields)
    page = client.get(made["Location"]).content.decode()
    assert "160" in page
    assert hidden(page)
    one = Order.objects.get()
    assert client.post(reverse("airtime_yes", args=[one.pk])).status_code == 302
    from tests.channels.airtime.conftest import deliver

    deliver()
    page = client.get(made["Location"]).content.decode()
    assert "with the provider" in page
    assert hidden(page)
    table = client.get(reverse("airtime_csv", args=[one.pk])).content.decode()
    assert table.count("ATQid_") == 4
    assert hidden(table)
    home = client.get(reverse("airtime")).content.decode()
    assert "250 MB" in home
    assert "/hooks/airtime/" in home


def test_a_wrong_order_is_shown_again_as_typed(paid, they, sign_in):
    answer = sign_in(paid.hamisi).post(reverse("airtime_new"), {"amount": "many", "kind": "data"})
    assert answer.status_code == 422
    assert 'value="many"' in answer.content.decode()


def test_limits_that_cannot_be(world, sign_in):
    good = {"currency": "kes", "mb_price": "0.5", "per_person": "1", "per_order": "2", "per_month": "3", "two_above": "1"}  # fmt: skip
    client = sign_in(world.hamisi)
    for wrong in (
        {"currency": "XXQ"},
        {"per_person": "9"},
        {"per_order": "9"},
        {"per_month": "-1"},
    ):
        assert client.post(reverse("airtime_budget"), good | wrong).status_code == 422
    assert client.post(reverse("airtime_budget"), good).status_code == 302


def test_the_receiver_alone_sees_it_and_says_whether_it_came(paid, they, sign_in):
    made = sent(paid)
    share = made.shares.get(person=paid.amina)
    client = sign_in(paid.amina)
    assert reverse("my_bundles") in client.get(reverse("me")).content.decode()
    assert "KES 50.00" in client.get(reverse("my_bundles")).content.decode()
    path = reverse("my_bundle_came", args=[share.pk])
    assert sign_in(paid.baraka).post(path, {"came": "yes"}).status_code == 404
    assert client.post(path, {"came": "no"}).status_code == 302
    share.refresh_from_db()
    assert share.came is False
    assert "KES" not in sign_in(paid.farid).get(reverse("my_bundles")).content.decode()


def test_a_draft_is_told_to_nobody(paid, they, sign_in):
    order(paid)
    assert "KES" not in sign_in(paid.amina).get(reverse("my_bundles")).content.decode()


def by_hand(world, **other):
    fields = {
        "by": world.baraka, "community": world.maths, "person": world.amina,
        "amount": Decimal(60), "megabytes": 100, "id": uuid7(),
    }  # fmt: skip
    return give_by_hand(**fields | other)


def test_the_moderator_writes_down_what_was_given_by_hand(paid, sign_in):
    client = sign_in(paid.baraka)
    path = reverse("bundles_by_hand", args=[paid.maths.pk])
    assert path in client.get(reverse("community", args=[paid.maths.pk])).content.decode()
    fields = {"id": str(uuid7()), "person": str(paid.amina.pk), "amount": "60", "megabytes": ""}
    assert client.post(path, fields).status_code == 302
    assert client.post(path, fields).status_code == 302
    share = Share.objects.get()
    assert (share.state, share.came) == ("given", None)
    say_whether_it_came(by=paid.amina, share=share, came=True)
    assert "says: it came" in client.get(path).content.decode()
    assert client.post(path, fields | {"id": str(uuid7())}).status_code == 422  # above the most


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"by": "amina"}, NotYours),
        ({"by": "hamisi"}, NotYours),
        ({"person": "daudi"}, NotYours),
        ({"amount": Decimal(0)}, Refused),
        ({"amount": Decimal(101)}, Refused),
    ],
)
def test_what_cannot_be_written_down(paid, wrong, error):
    fields = {
        key: getattr(paid, value) if isinstance(value, str) else value
        for key, value in wrong.items()
    }
    with pytest.raises(error):
        by_hand(paid, **fields)


def test_without_the_lever_there_is_nothing_to_write_down(world, sign_in):
    budget(world)
    with pytest.raises(NotYours):
        by_hand(world)
    assert (
        sign_in(world.baraka).get(reverse("bundles_by_hand", args=[world.maths.pk])).status_code
        == 404
    )


def test_it_is_taken_along_and_forgotten(paid, they):
    sent(paid)
    rows = [
        part
        for part in hooks.export_person.call(person=paid.amina)
        if "airtime_and_bundles" in part
    ]
    assert rows[0]["airtime_and_bundles"][0]["amount"] == "50.00"
    hooks.erase_person.call(person=paid.amina, keep_contributions=True)
    assert Share.objects.count() == 4
    assert not Share.objects.filter(person=paid.amina).exists()
