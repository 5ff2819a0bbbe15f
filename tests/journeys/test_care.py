"""Own time, celebrations, a challenge, the one question: on a small phone, without a script too."""

import datetime as dt
import os

import pytest
from django.urls import reverse

from staffroom.communities.models import LeverChoice, Membership
from staffroom.conversations.actions import ask
from staffroom.core.clock import now, today
from staffroom.core.ids import short
from staffroom.rhythm.actions.challenge import propose
from staffroom.rhythm.actions.own_time import write
from staffroom.rhythm.actions.recognition import name_change, share
from staffroom.rhythm.models import Asking, ChallengePart, SilenceAnswer
from staffroom.rhythm.queries.silence import quarter_of
from tests.conftest import make_community, make_person
from tests.journeys.test_every_page import SMALL

LOOK = os.environ.get("LOOK")  # a folder for pictures


@pytest.fixture
def lively(world):
    """Something of each."""
    maths = world.maths
    LeverChoice.objects.create(
        programme=world.programme, community=maths, lever="challenge", value="with-others"
    )
    maths.set_weekday, maths.set_hour = 0, dt.time(20)
    maths.save()
    for days, what in ((0, "A book about talk in class"), (40, "Training day"), (200, "A course")):
        write(
            by=world.amina, day=today() - dt.timedelta(days=days), minutes=45 + days, what=what,
            place="Mwingi Central",
        )  # fmt: skip
    ask(by=world.amina, community=maths, text="How do you begin with fractions?")
    happened = "Thirty pupils folded, and Wanjiru explained it to her table before I could."
    told = name_change(
        by=world.amina, community=maths, about=world.nafula, change="pupils do", happened=happened,
        saying="Haba na haba hujaza kibaba.",
    )  # fmt: skip
    share(by=world.nafula, recognition=told)
    world.told = name_change(
        by=world.otieno, community=maths, about=world.amina, change="check", happened=happened
    )
    for n in range(7):
        Membership.objects.create(
            community=maths, person=make_person(f"Member {n}"), state="active", joined_at=now()
        )
    made = propose(
        by=world.baraka, community=maths, goal="answered", weeks=3,
        first_day=today(maths.timezone) + dt.timedelta(days=9),
    )  # fmt: skip
    world.part = made.parts.get()
    Asking.objects.create(
        person=world.amina, community=maths, since=today() - dt.timedelta(days=40),
        asked_on=today(),
    )  # fmt: skip
    before = quarter_of(today()) - dt.timedelta(days=1)
    SilenceAnswer.objects.bulk_create(
        SilenceAnswer(community=community, quarter=quarter_of(before), reason=reason)
        for community in (maths, world.sister, _third(world))
        for reason in ("time", "signal", "signal", "reading", "comfort")
    )
    return world


def _third(world):
    return make_community(world.programme, "Third", world.otieno)


def ended(world):
    """The challenge as it looks when it is over."""
    world.part.challenge.state = "ended"
    world.part.challenge.save()
    ChallengePart.objects.filter(pk=world.part.pk).update(
        state="in", done=18, asked=23, done_before=11, asked_before=20, direction="more",
        counted_at=now(),
    )  # fmt: skip


def pages(world):
    here = [world.maths.pk]
    about = f"?about={short(world.nafula.pk)}"
    return {
        "amina": [
            ("today", "/"),
            ("time", reverse("own_time")),
            ("time-new", reverse("own_time_new")),
            ("time-print", reverse("own_time_print")),
            ("celebrations", reverse("celebrations", args=here)),
            ("whom", reverse("recognise", args=here)),
            ("name", reverse("recognise", args=here) + about),
            ("told", reverse("recognition", args=[*here, world.told.pk])),
            ("sheet", reverse("recognition_print", args=[*here, world.told.pk])),
            ("challenges", reverse("challenges", args=here)),
            ("away", reverse("away")),
        ],
        "baraka": [("challenge-new", reverse("challenge_new", args=here))],
        "gathoni": [("silence", reverse("silence")), ("weeks", reverse("silence_weeks"))],
    }


@pytest.mark.parametrize("language", ["en", "ur"])
def test_every_screen_fits_and_nobody_stumbles(lively, come_in, axe, sideways, language):
    wrong = []
    for who, rows in pages(lively).items():
        person = getattr(lively, who)
        person.language = language
        person.save()
        page = come_in(person, bypass_csp=True)
        for name, path in rows:
            page.goto(path)
            if LOOK:
                page.screenshot(path=f"{LOOK}/{language}-{name}.png", full_page=True)
            wrong += [f"{name} sticks out: {what}" for what in sideways(page)]
            wrong += [f"{name} too small: {what}" for what in page.evaluate(SMALL)]
            wrong += [f"{name}: {what}" for what in axe(page)]
    ended(lively)
    page = come_in(lively.amina, reverse("challenges", args=[lively.maths.pk]), bypass_csp=True)
    if LOOK:
        page.screenshot(path=f"{LOOK}/{language}-challenge-ended.png", full_page=True)
    wrong += axe(page) + sideways(page)
    assert not wrong, "\n".join(wrong)


def test_without_a_script_from_the_gathering_to_the_sheet(lively, come_in, complaints, sideways):
    page = come_in(lively.amina, reverse("own_time"), javascript=False)
    page.get_by_role("link", name="I was at this week’s gathering").first.click()
    page.get_by_role("button", name="Keep it").click()
    assert page.get_by_text("Written down. You alone see it.").is_visible()
    page.get_by_role("link", name="On paper").click()
    page.get_by_label("Your name, as it shall stand").fill("A. Hassan")
    page.get_by_role("button", name="Show the sheet").click()
    assert page.get_by_text("This week’s gathering").is_visible()
    if LOOK:
        page.emulate_media(media="print")
        page.screenshot(path=f"{LOOK}/sheet-time.png", full_page=True)
    assert not sideways(page)
    assert complaints == []


def test_the_colleague_shares_and_whoever_was_away_answers(lively, come_in, complaints):
    page = come_in(lively.amina, "/")
    page.get_by_role("link", name="Otieno tells what your idea changed").click()
    page.get_by_role("button", name="Let the community see it").click()
    page.get_by_text("The community sees it now").wait_for()
    page.goto("/")
    page.get_by_role("link", name="Good to see you.").click()
    page.get_by_label("I did not feel comfortable").check()
    page.get_by_role("button", name="Put it among the others’").click()
    page.get_by_role("heading", name="You should be comfortable here").wait_for()
    if LOOK:
        page.screenshot(path=f"{LOOK}/thanks.png", full_page=True)
    assert complaints == []
