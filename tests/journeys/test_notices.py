"""What is new and what reaches me, on a small phone: chosen, read and ended without any script."""

import datetime as dt
import os

import pytest

from staffroom.core.clock import now
from staffroom.core.ids import short
from staffroom.notices.links import stop_link
from staffroom.notices.models import Allowance, Digest, Preference
from tests.conversations.makers import a_post, a_question
from tests.journeys.test_every_page import SMALL


@pytest.fixture
def said(world):
    asked = a_question(world.maths, world.amina, "How do I begin with fractions?")
    a_post(world.maths, world.nafula, "Fold a paper into quarters.", kind="answer", question=asked)
    a_question(world.maths, world.otieno, "Why do we turn the second fraction over?")
    a_post(world.maths, world.baraka, "Rain again.")
    a_question(world.sister, world.daudi, "Does yours float too?")
    since = (now() - dt.timedelta(days=1)).isoformat()
    world.digest = Digest.objects.create(
        person=world.amina,
        period="2026-10-14",
        window={str(world.maths.pk): since, str(world.sister.pk): since, "": since},
        until=now() + dt.timedelta(minutes=1),
        by="page",
        state="failed",
        why="cap",
    )
    return world


def test_chosen_read_and_ended_without_a_script(come_in, said):
    page = come_in(said.amina, "/", javascript=False)
    page.get_by_text("What is new, by community").click()
    assert page.get_by_text("1 answer to you").is_visible()
    page.get_by_text("1 question of your subject").click()
    assert page.get_by_text("Why do we turn the second fraction over?").is_visible()
    page.get_by_role("button", name="Mark all as read").click()
    assert page.get_by_text("Nothing new since you last looked.").is_visible()
    page.get_by_text("Choose what reaches you").click()
    page.get_by_text("Mathematics, Mwingi").click()
    page.get_by_label("In the digest only: nothing").check()
    page.get_by_role("button", name="Save").click()
    assert page.get_by_text("In the digest only").is_visible()
    page.get_by_label("Once a day").check()
    page.get_by_role("button", name="Save").click()
    preference = Preference.objects.get(person=said.amina)
    assert preference.often == "daily"
    stranger = come_in(path="/" + stop_link(preference).split("/", 3)[3], javascript=False)
    stranger.get_by_role("button", name="Stop them").click()
    assert stranger.get_by_text("Stopped.").is_visible()
    preference.refresh_from_db()
    assert preference.often == "none"


@pytest.mark.parametrize(
    ("language", "dark", "width"), [("en", False, 360), ("ur", False, 360), ("sw", True, 320)]
)
def test_every_page_of_it_fits_and_can_be_read(
    come_in, said, sideways, axe, complaints, settings, language, dark, width
):
    settings.SMS_PROVIDER = "africastalking"
    Allowance.objects.create(programme=said.programme, sms=True)
    for person in (said.amina, said.gathoni):
        person.language = language
        person.save()
    preference = Preference.objects.create(person=said.amina, by="sms", often="daily")
    stop = "/" + stop_link(preference).split("/", 3)[3]
    pages = {
        said.amina: {
            "today": "/",
            "news": "/news",
            "notices": "/me/notices",
            "reach": f"/c/{short(said.maths.pk)}/notices",
            "digests": "/me/digests",
            "digest": f"/me/digests/{short(said.digest.pk)}",
        },
        said.gathoni: {"allowance": "/notices/allowance", "stop": stop},
    }
    for person, paths in pages.items():
        page = come_in(person, width=width, dark=dark, bypass_csp=True)
        for name, path in paths.items():
            page.goto(path)
            assert sideways(page) == [], name
            assert page.evaluate(SMALL) == [], name
            assert axe(page) == [], name
            assert page.locator("h1").count() == 1, name
            if folder := os.environ.get("SHOTS"):
                page.screenshot(path=f"{folder}/{name}-{language}.png", full_page=True)
    assert complaints == []
