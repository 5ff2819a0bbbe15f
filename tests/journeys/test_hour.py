"""A community's hour on a small phone: met in with a script and without, and every page of it looked at."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from staffroom.conversations.actions import prompt, say
from staffroom.core.clock import now
from staffroom.rhythm.actions import ice
from staffroom.rhythm.models import Gathering
from tests.journeys.test_every_page import SMALL


@pytest.fixture
def hour(world):
    """The hour began a few minutes ago, by the community's own clock."""
    began = (now() - dt.timedelta(minutes=5)).astimezone(ZoneInfo("Africa/Nairobi"))
    world.maths.set_weekday, world.maths.set_hour = began.weekday(), began.time()
    world.maths.save()
    prompt(by=world.baraka, community=world.maths, text="What is hard in division?")
    return world


def test_one_meets_and_new_words_and_people_appear_by_themselves(come_in, hour, complaints):
    page = come_in(hour.amina, reverse("stream", args=[hour.maths.pk]))
    page.get_by_role("link", name="We meet now").click()
    page.get_by_role("button", name="I am here").click()
    page.locator("#here bdi", has_text="Amina").wait_for()
    page.locator(".write textarea").fill("Long division, always.")
    page.locator(".write .go").click()
    page.locator("#stream .e", has_text="Long division").wait_for()
    other = come_in(hour.otieno, reverse("gathering", args=[hour.maths.pk]), javascript=False)
    other.locator(".write textarea").fill("With me it is the remainder.")
    other.locator(".write .go").click()
    other.get_by_role("button", name="I am here").click()
    page.locator("#stream .e", has_text="remainder").wait_for()
    page.locator("#here bdi", has_text="Otieno").wait_for()
    assert page.locator("#here").count() == 1
    page.get_by_role("button", name="I am going").click()
    page.locator("#here bdi", has_text="Amina").wait_for(state="detached")
    assert complaints == []


def test_one_meets_without_a_script(come_in, hour):
    page = come_in(hour.amina, reverse("gathering", args=[hour.maths.pk]), javascript=False)
    page.get_by_role("button", name="I am here").click()
    assert "Amina" in page.locator("#here").inner_text()
    page.locator(".write textarea").fill("Long division, always.")
    page.locator(".write .go").click()
    assert "Long division" in page.locator("#stream").inner_text()
    assert "/gathering" in page.url
    say(by=hour.otieno, community=hour.maths, text="With me it is the remainder.")
    page.get_by_role("link", name="Look for new words").click()
    page.reload()
    assert "remainder" in page.locator("#stream").inner_text()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("language", ["en", "ur"])
def test_every_page_of_it_fits_and_opens(come_in, hour, sideways, axe, complaints, dark, language):
    for person in (hour.amina, hour.baraka):
        person.language = language
        person.save()
    ice.share(by=hour.amina, community=hour.maths, text="Long division.")
    ice.share(by=hour.otieno, community=hour.maths, text="Sixty pupils.")
    ended = {"begins": now() - dt.timedelta(hours=1), "ends": now()}
    been = Gathering.objects.create(community=hour.maths, day=dt.date(2026, 1, 8), **ended)
    at = lambda name, *more: reverse(name, args=[hour.maths.pk, *more])  # noqa: E731
    pages = [
        at("gathering"),
        at("hour"),
        at("gatherings"),
        at("gathering_summary", been.pk),
        at("gathering_skip"),
        at("request_for_time"),
        at("prompts"),
        at("prompt_start") + "?key=ped-wait",
        at("round"),
    ]
    page = come_in(hour.baraka, "/", dark=dark)
    for url in pages:
        page.goto(page.url.split("/c/")[0].rstrip("/") + url)
        assert page.locator("h1").count() == 1, url
        assert sideways(page) == [], url
        assert page.evaluate(SMALL) == [], url
        assert axe(page) == [], url
    assert complaints == []
