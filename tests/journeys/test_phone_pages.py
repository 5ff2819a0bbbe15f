"""The pages of phones, proofs and the help desk: on a small phone, touched by a thumb, read by a reader."""

import pytest
from django.urls import reverse

from staffroom.places.models import Appointment
from tests.conftest import LONG_AGO, make_person
from tests.journeys.test_every_page import SMALL

OUT = ["/sign-in", "/sign-in/new-number", "/sign-in/new-number/help", "/sign-in/passkey"]
MINE = ["/me", "/me/phones", "/me/phones/lost", "/me/passkeys", "/me/vouch", "/me/merge"]


@pytest.fixture
def imani(world):
    person = make_person("Imani Achieng", email="imani@example.org", is_staff=True)
    Appointment.objects.create(
        person=person, programme=world.programme, role="help_desk", starts=LONG_AGO
    )
    return person


def wrong_with(page, paths, axe, sideways) -> list[str]:
    wrong = []
    for path in paths:
        assert page.goto(path).status == 200
        wrong += [f"{path} sticks out: {what}" for what in sideways(page)]
        wrong += [f"{path} too small to touch: {what}" for what in page.evaluate(SMALL)]
        wrong += [f"{path}: {what}" for what in axe(page)]
    return wrong


def test_before_one_is_in(come_in, world, axe, sideways):
    page = come_in(width=320, bypass_csp=True)
    assert wrong_with(page, OUT, axe, sideways) == []


def test_ones_own_pages(come_in, world, axe, sideways):
    page = come_in(world.amina, width=320, bypass_csp=True)
    assert wrong_with(page, MINE, axe, sideways) == []


def test_the_help_desk(come_in, world, imani, axe, sideways):
    page = come_in(imani, width=320, bypass_csp=True)
    person = world.amina.pk
    paths = ["/places/desk"] + [
        reverse(name, args=[person]) for name in ("desk_person", "desk_vouch", "desk_number")
    ]
    assert wrong_with(page, paths, axe, sideways) == []


def test_a_person_is_found_and_helped_without_scripts(come_in, world, imani):
    page = come_in(imani, path="/places/desk", javascript=False)
    page.fill("input[name=phone]", "0700 000 001")
    page.click("main form .btn")
    page.click("text=Amina Hassan")
    page.click("text=Have a code sent")
    page.wait_for_selector("text=A code is on its way to their phone")
