"""What a phone keeps to read without signal, as the house sees it."""

import pytest
from django.urls import reverse

from tests.firewall.sample import furnish


@pytest.fixture
def house(world):
    return furnish(world)


def paths(house) -> list[str]:
    return [
        reverse("resource", args=[house.resource.pk]),
        reverse("practice_note", args=[house.maths.pk, house.note.pk]),
        reverse("plan", args=[house.maths.pk, house.plan.pk]),
    ]


def asked(client, items: list[str]) -> dict:
    return client.get(reverse("shelf_state"), {"item": items}).json()


def test_a_member_learns_version_and_size_of_what_may_stand(house, sign_in):
    told = asked(sign_in(house.amina), paths(house))
    assert told["gone"] == []
    resource = told["version"][paths(house)[0]]
    assert resource[0] == str(house.resource.version)
    assert set(told["version"]) == set(paths(house))


@pytest.mark.parametrize("name", ["esther", "farid", "gathoni"])
def test_to_an_outsider_everything_is_gone(house, sign_in, name):
    told = asked(sign_in(getattr(house, name)), paths(house)[1:])
    assert told == {"gone": paths(house)[1:], "version": {}}


def test_what_was_taken_out_or_hidden_is_gone(house, sign_in):
    house.resource.hidden_at = house.resource.added_at
    house.resource.save()
    house.plan.removed_at = house.resource.added_at
    house.plan.save()
    note = paths(house)[1]
    told = asked(sign_in(house.amina), paths(house))
    assert set(told["gone"]) == set(paths(house)) - {note}


def test_nonsense_is_gone_and_no_other_page_can_be_asked_for(house, sign_in):
    items = ["", "x", "//evil", "/me", reverse("stream", args=[house.maths.pk])]
    assert asked(sign_in(house.amina), items)["version"] == {}


def test_the_button_stands_for_members_alone(house, sign_in):
    address = paths(house)[0]
    assert 'id="keep"' in sign_in(house.amina).get(address).content.decode()
    lent = sign_in(house.amina)
    session = lent.session
    session["idle"] = int(house.amina.enrolled_at.timestamp()) + 10**6
    session.save()
    assert 'id="keep"' not in lent.get(address).content.decode()


def test_a_shared_phone_is_told_how_long_its_copies_may_be_shown(world, sign_in):
    shared = sign_in(world.amina)
    session = shared.session
    session["whose"] = "shared"
    session.save()
    assert "X-Keep-For" in shared.get("/me", headers={"X-Worker": "1"})
    assert "X-Keep-For" not in shared.get("/me")
    assert "X-Keep-For" not in sign_in(world.amina).get("/me", headers={"X-Worker": "1"})


def test_the_worker_is_asked_for_anew_once_a_day_and_then_by_its_tag(client):
    first = client.get("/worker.js")
    assert first["Cache-Control"] == "private, max-age=86400"
    assert client.get("/worker.js", headers={"If-None-Match": first["ETag"]}).status_code == 304
