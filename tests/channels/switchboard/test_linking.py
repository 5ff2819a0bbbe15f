"""An address becomes a person's by a code, and nobody else's."""

import datetime as dt

import pytest

from staffroom.channels.switchboard.actions import linking
from staffroom.channels.switchboard.models import Link, LinkCode
from staffroom.conversations.models import Post
from staffroom.core.clock import now, pretend
from staffroom.core.errors import NotYours, TooMany


def test_the_first_message_with_the_code_links_the_address(world, rich):
    code = linking.make_code(by=world.amina, channel="fake")
    (said,) = rich.says("x1", f"link {code.lower()}")
    assert "Linked" in said
    assert Link.objects.get(channel="fake", address="x1").person == world.amina
    assert not LinkCode.objects.exists()


def test_a_start_link_of_a_bot_carries_the_code(world, rich):
    code = linking.make_code(by=world.amina, channel="fake")
    rich.says("x1", f"/start {code}")
    assert Link.objects.get(address="x1").person == world.amina


def test_a_code_is_used_once_and_not_for_long(world, rich):
    code = linking.make_code(by=world.amina, channel="fake")
    rich.says("x1", f"LINK {code}")
    rich.says("x2", f"LINK {code}")
    old = linking.make_code(by=world.baraka, channel="fake")
    with pretend(now() + dt.timedelta(minutes=16)):
        rich.says("x3", f"LINK {old}")
    assert [link.address for link in Link.objects.all()] == ["x1"]


def test_guessing_is_slow(world, rich):
    for _try in range(5):
        rich.says("x1", "LINK AAAAAA")
    code = linking.make_code(by=world.amina, channel="fake")
    (said,) = rich.says("x1", f"LINK {code}")
    assert "too often" in said
    assert not Link.objects.exists()


def test_codes_are_not_made_without_end(world, rich):
    for _code in range(10):
        linking.make_code(by=world.amina, channel="fake")
    with pytest.raises(TooMany):
        linking.make_code(by=world.amina, channel="fake")


def test_a_code_of_one_channel_opens_no_other(world, rich, plain):
    code = linking.make_code(by=world.amina, channel="fake")
    plain.says("+254711000000", f"LINK {code}")
    assert not Link.objects.exists()


def test_an_address_has_one_person_and_a_person_one_address(world, rich):
    rich.link(world.amina, "x1")
    rich.says("x1", f"LINK {linking.make_code(by=world.baraka, channel='fake')}")
    assert Link.objects.get(address="x1").person == world.amina  # hers: she unlinks first
    rich.says("x2", f"LINK {linking.make_code(by=world.amina, channel='fake')}")
    assert Link.objects.get(person=world.amina).address == "x2"


def test_a_stranger_gets_one_line_a_day_and_no_community(world, rich):
    said = [rich.says("x9", text) for text in ("TODAY", "ASK who is here?", "MORE 1")]
    assert len(said[0]) == 1
    assert said[1:] == [[], []]
    assert "Mathematics" not in said[0][0]
    assert not Post.objects.exists()
    with pretend(now() + dt.timedelta(days=2)):
        assert len(rich.says("x9", "hello")) == 1


def test_a_known_number_is_asked_to_confirm_and_told_no_name(world, plain):
    (said,) = plain.says("+254700000001", "ASK Why?")
    assert "Amina" not in said
    code = said.split("YES ")[1][:4]
    plain.says("+254700000001", "YES 1")
    assert not Link.objects.exists()
    (linked,) = plain.says("+254700000001", f"yes {code}")
    assert "Linked" in linked
    assert Link.objects.get().person == world.amina


def test_a_lost_phone_is_a_stranger(world, plain):
    plain.link(world.amina, "+254700000001")
    world.amina.frozen_at = now()
    world.amina.save()
    (said,) = plain.says("+254700000001", "TODAY")
    assert "for teachers" in said
    assert not Post.objects.exists()


def test_stop_is_heard_at_once_and_start_again(world, rich):
    link = rich.link(world.amina, "x1")
    (said,) = rich.says("x1", "Acha")
    assert "Stopped" in said
    assert rich.says("x1", "TODAY") == []
    link.refresh_from_db()
    assert link.stopped_at
    (again,) = rich.says("x1", "START")
    assert "Welcome" in again


def test_a_new_address_moves_only_as_the_provider_says(world, rich):
    from staffroom.channels.switchboard.messages import Moved
    from tests.channels.switchboard.line import work

    rich.link(world.amina, "x1")
    rich.link(world.baraka, "x2")
    rich.call(Moved("m1", "x1", "x3"), Moved("m2", "x3", "x2"))
    work()
    assert Link.objects.get(person=world.amina).address == "x3"
    assert Link.objects.get(person=world.baraka).address == "x2"


def test_nobody_makes_a_code_for_a_channel_that_is_not_there(world):
    with pytest.raises(NotYours):
        linking.make_code(by=world.amina, channel="fax")
