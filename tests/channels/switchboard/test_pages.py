"""The pages: my channels, a community's chat, the office."""

import re

import pytest
from django.urls import reverse

from staffroom.channels.switchboard.models import Budget, GroupLink, Link, Received, Sent
from staffroom.core import hooks
from tests.channels.switchboard.line import work


def test_a_code_from_the_page_links_and_the_page_shows_my_address(world, rich, sign_in):
    client = sign_in(world.amina)
    assert "Fake" in client.get(reverse("my_channels")).content.decode()
    page = client.post(reverse("my_channel_code", args=["fake"])).content.decode()
    words = re.search(r"LINK \w{6}", page).group()
    rich.says("x1", words)
    page = client.get(reverse("my_channel", args=["fake"])).content.decode()
    assert "x1" in page
    other = sign_in(world.baraka).get(reverse("my_channel", args=["fake"])).content.decode()
    assert "x1" not in other


def test_level_test_stop_start_unlink(world, rich, sign_in):
    rich.link(world.amina, "x1")
    client = sign_in(world.amina)
    client.post(reverse("my_channel", args=["fake"]), {"relay": "digest"})
    assert Link.objects.get().relay == "digest"
    client.post(reverse("my_channel_test", args=["fake"]))
    work()
    assert "arrived" in rich.sent[-1].text
    client.post(reverse("my_channel_stop", args=["fake"]))
    assert Link.objects.get().stopped_at
    client.post(reverse("my_channel_start", args=["fake"]))
    assert Link.objects.get().stopped_at is None
    client.post(reverse("my_channel_unlink", args=["fake"]))
    assert not Link.objects.exists()


def test_the_moderator_is_warned_before_a_chat_is_linked(world, rich, sign_in):
    client = sign_in(world.baraka)
    url = reverse("chat", args=[world.maths.pk, "fake"])
    page = client.get(url).content.decode()
    assert "wall does not reach" in page
    words = re.search(r"LINK \w{6}", client.post(url).content.decode()).group()
    rich.says("b", words, chat="c1")
    assert GroupLink.objects.get().community == world.maths
    client.post(reverse("chat_relay", args=[world.maths.pk, "fake"]), {"relay": "nothing"})
    assert GroupLink.objects.get().relay == "nothing"
    client.post(reverse("chat_unlink", args=[world.maths.pk, "fake"]))
    assert not GroupLink.objects.exists()


@pytest.mark.parametrize("who", ["amina", "chausiku", "daudi", "esther", "farid", "hamisi"])
def test_nobody_else_finds_the_chat_page(world, rich, sign_in, who):
    client = sign_in(getattr(world, who))
    assert client.get(reverse("chat", args=[world.maths.pk, "fake"])).status_code == 404
    assert client.post(reverse("chat", args=[world.maths.pk, "fake"])).status_code == 404


def test_the_office_sees_what_was_given_up_and_tries_it_again(world, plain, sign_in):
    link = plain.link(world.amina, "+254700000001")
    Sent.objects.create(
        channel="plain",
        link=link,
        programme=world.programme,
        kind="reply",
        state="dead",
        why="HTTP 500",
        words={"text": "Hello", "buttons": []},
    )
    Received.objects.create(channel="plain", event_id="e1", state="dead", why="KeyError")
    client = sign_in(world.hamisi)
    page = client.get(reverse("channels_office")).content.decode()
    assert "HTTP 500" in page
    assert "KeyError" in page
    assert "Fewer than ten" in page
    assert "/hooks/plain/" in page
    assert "254700000001" not in page
    assert "Amina" not in page
    client.post(reverse("channels_retry"))
    work()
    assert [each.text for each in plain.sent] == ["Hello"]


def test_the_programme_says_what_it_pays_and_sees_the_cost_first(world, plain, sign_in):
    client = sign_in(world.gathoni)
    client.post(
        reverse("channels_budget"),
        {"full_relay": "on", "most_a_month": "500", "parts_a_person": "60", "currency": "KES",
         "price_plain": "0.8"},
    )  # fmt: skip
    budget = Budget.objects.get()
    assert budget.prices == {"plain": "0.8"}
    assert budget.full_relay
    assert "would cost about" in client.get(reverse("channels_budget")).content.decode()


def test_the_ways_there(world, rich):
    def titles(person):
        return [e["title"] for part in hooks.me_entries.call(person=person) for e in part]

    assert "My channels" in titles(world.amina)
    assert "Channels" not in titles(world.amina)
    assert "Channels" in titles(world.hamisi)


def test_my_data_has_my_addresses_and_leaving_takes_them(world, rich):
    rich.link(world.amina, "x1")
    from staffroom.channels.switchboard import belongings

    assert belongings.export(world.amina)["channels"][0]["address"] == "x1"
    belongings.erase(world.amina, keep_contributions=True)
    assert not Link.objects.exists()
