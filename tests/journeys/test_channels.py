"""Channels on a phone: the pages stand on 360 px, in Urdu too, without JavaScript, and axe is content."""

import os

import pytest

from staffroom.channels.switchboard import known
from staffroom.channels.switchboard.models import Sent
from tests.channels.switchboard.line import PLAIN, RICH, Line

PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def lines(world):
    made = [Line("fake", RICH), Line("plain", PLAIN)]
    yield made
    for line in made:
        known.forget(line.key)


def look(page, name, sideways, axe):
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    assert sideways(page) == []
    assert axe(page) == []


@pytest.mark.parametrize("language", ["en", "ur"])
def test_the_pages_stand(world, lines, come_in, sideways, axe, language):
    for person in (world.amina, world.baraka, world.hamisi):
        person.language = language
        person.save()
    link = lines[1].link(world.baraka, "+254700000002")
    Sent.objects.create(
        channel="plain",
        link=link,
        programme=world.programme,
        kind="relay",
        state="dead",
        why="HTTP 500",
    )
    page = come_in(world.baraka, "/me/channels", bypass_csp=True)
    look(page, f"channels-{language}", sideways, axe)
    page.goto("/me/channels/plain")
    look(page, f"linked-{language}", sideways, axe)
    page.goto("/me/channels/fake")
    look(page, f"unlinked-{language}", sideways, axe)
    page.click("form .btn")
    look(page, f"code-{language}", sideways, axe)
    here = page.evaluate("location.origin")
    from staffroom.core.ids import short

    page.goto(f"{here}/c/{short(world.maths.pk)}/chats/fake")
    look(page, f"chat-{language}", sideways, axe)
    page = come_in(world.hamisi, "/channels", bypass_csp=True)
    look(page, f"office-{language}", sideways, axe)
    page.goto("/channels/budget")
    look(page, f"budget-{language}", sideways, axe)
