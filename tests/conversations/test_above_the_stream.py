"""The page of what a community keeps; and what other rooms put above its stream."""

import pytest
from django.urls import reverse

from staffroom.conversations import hooks


@pytest.fixture
def above():
    """Rows that a room puts above the stream."""
    rows: list[dict[str, str]] = []

    def part(request):
        return rows

    hooks.above.add(part)
    yield rows
    hooks.above._parts.remove(part)


def test_the_page_leads_to_what_is_kept(world, sign_in):
    url = reverse("kept", args=[world.maths.pk])
    html = sign_in(world.amina).get(url).content.decode()
    assert reverse("learned", args=[world.maths.pk]) in html
    for nobody in (world.esther, world.farid, world.daudi):
        assert sign_in(nobody).get(url).status_code == 404


def test_what_stands_above_comes_and_goes_with_a_kept_page_too(world, sign_in, above):
    url, amina = reverse("stream", args=[world.maths.pk]), sign_in(world.amina)
    baraka = sign_in(world.baraka)
    from staffroom.conversations.actions import say

    say(by=world.baraka, community=world.maths, text="Good morning.")
    for client in (amina, baraka, amina, baraka):
        client.get(url)
    above.append({"url": "/here", "icon": "talk", "title": "We meet now", "text": ""})
    assert "We meet now" in amina.get(url).content.decode()
    assert "We meet now" in baraka.get(url).content.decode()
    above.clear()
    assert "We meet now" not in amina.get(url).content.decode()
