"""A moderator's evening: a photo asked about and covered, a chain message, a report decided and appealed."""

import os

import pytest
from django.urls import reverse
from PIL import Image

from staffroom.conversations.actions.decide import decide
from staffroom.conversations.actions.photos import attach
from staffroom.conversations.actions.report import appeal, report
from staffroom.conversations.models import Decision, Photo, Post
from tests.conversations.makers import a_picture, a_post, a_question

SHOTS = os.environ.get("SHOTS", "")
CHAIN = "Forwarded as received: send this to 10 people and the phone is yours https://bit.ly/x"


def shot(page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


@pytest.fixture
def board(tmp_path):
    path = tmp_path / "board.jpg"
    Image.effect_noise((800, 600), 90).convert("RGB").save(path, "JPEG")
    return path


def test_of_a_photo_one_is_asked_whether_a_pupil_can_be_known(
    world, come_in, board, complaints, axe, sideways
):
    page = come_in(world.amina, reverse("stream", args=[world.maths.pk]))
    assert not page.is_visible("#shows")
    page.locator("details.plus summary").click()
    page.set_input_files("input[name=photo]", board)
    page.wait_for_selector("#shows:visible")
    shot(page, "asked")
    assert axe(page) == []
    assert sideways(page) == []
    page.fill("textarea[name=text]", "Our stones")
    page.get_by_role("button", name="Send").click()
    page.wait_for_timeout(300)
    assert not Post.objects.exists()  # the browser asks for the answer
    page.select_option("#shows", "masked")
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("a.photo")
    assert Photo.objects.get().shows == "masked"
    assert complaints == []


def test_one_tap_covers_a_photo(world, come_in, complaints):
    post = a_post(world.maths, world.otieno, "Counting stones")
    attach(post=post, by=world.otieno, files=[a_picture()])
    page = come_in(world.amina, reverse("stream", args=[world.maths.pk]))
    page.locator("#stream details.menu summary").click()
    shot(page, "menu")
    page.click("button:has-text('A pupil can be seen')")
    page.wait_for_selector("text=A photo is covered")
    shot(page, "covered")
    assert page.locator("a.photo").count() == 0
    assert complaints == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_chain_message_is_asked_about_once(world, come_in, javascript):
    page = come_in(world.amina, reverse("stream", args=[world.maths.pk]), javascript=javascript)
    page.fill("textarea[name=text]", CHAIN)
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("text=passed from group to group")
    shot(page, f"doubtful-{javascript}")
    assert not Post.objects.exists()
    if not javascript:
        page.get_by_role("button", name="Send").click()
        page.wait_for_selector(".mine:has-text('Forwarded as received')")


@pytest.mark.parametrize("language", ["en", "ur"])
def test_the_pages_of_moderation(world, come_in, axe, sideways, language):
    everyone = (world.amina, world.baraka, world.otieno, world.gathoni)
    for person in everyone:
        person.language = language
        person.save()
    hidden = a_post(world.maths, world.otieno, "Buy my past papers, 200 bob")
    report(by=world.amina, post=hidden, reason="forwarded")
    decide(by=world.baraka, post=hidden, choice="hidden", why="No selling.", rule="We are kind.")
    tea = a_question(world.maths, world.otieno, "Who comes to the football?")
    report(by=world.amina, post=tea, reason="off topic")
    decide(by=world.baraka, post=tea, choice="moved")
    returned = a_post(world.maths, world.otieno, "Lazy teachers use counters")
    report(by=world.amina, post=returned, reason="unkind")
    decide(by=world.baraka, post=returned, choice="returned", why="Kinder, please.")
    waits = a_post(world.maths, world.nafula, "Only old people count with stones")
    report(by=world.amina, post=waits, reason="unkind", note="I do")
    from staffroom.conversations.actions import say

    say(by=world.nafula, community=world.maths, text=CHAIN)
    hidden.refresh_from_db()
    asked = appeal(by=world.otieno, post=hidden, note="They are free", to="office", agreed=True)
    here = [world.maths.pk]
    pages = [
        ("reports", world.baraka, reverse("reports", args=here)),
        ("decide", world.baraka, reverse("decide", args=[*here, waits.pk])),
        ("log", world.baraka, reverse("moderation_log", args=here)),
        ("more", world.baraka, reverse("post_more", args=[*here, waits.pk])),
        ("word-hidden", world.otieno, reverse("word", args=[*here, hidden.pk])),
        ("word-moved", world.otieno, reverse("word", args=[*here, tea.pk])),
        ("word-returned", world.otieno, reverse("word", args=[*here, returned.pk])),
        ("tea", world.amina, reverse("tea", args=here)),
        ("stream", world.amina, reverse("stream", args=here)),
        ("appeal", world.gathoni, reverse("appeal", args=[asked.pk])),
    ]
    for name, person, address in pages:
        page = come_in(person, address, locale=language)
        shot(page, f"{name}-{language}")
        assert axe(page) == [], name
        assert sideways(page) == [], name


def test_decided_and_taken_back(world, come_in):
    post = a_post(world.maths, world.otieno, "Only lazy teachers use counters")
    report(by=world.amina, post=post, reason="unkind")
    page = come_in(world.baraka, reverse("decide", args=[world.maths.pk, post.pk]))
    page.click("text=Return it to its author")
    page.select_option("select[name=rule]", "We are kind.")
    page.fill("input[name=why]", "Kinder, please.")
    page.click("main form .btn:has-text('Decide')")
    page.wait_for_selector("text=Returned. The author is told why")
    shot(page, "decided")
    made = Decision.objects.get()
    assert (made.choice, made.rule) == ("returned", "We are kind.")
    page.click(".flash button")
    page.wait_for_selector("text=Taken back: it stands as before.")
    assert Post.objects.get().hidden_at is None
