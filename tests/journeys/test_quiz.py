"""A quiz from the first word to the picture of all answers, on a small phone, without any script."""

import re

import pytest
from playwright.sync_api import expect

from staffroom.communities.models import LeverChoice
from staffroom.conversations.actions.quiz import begin_quiz, poll, publish_quiz
from staffroom.instruments import actions
from tests.instruments.conftest import ALL, RIGHT
from tests.journeys.test_every_page import SMALL


@pytest.fixture
def quizzes(world):
    LeverChoice.objects.create(
        programme=world.programme, lever="quizzes", value="on", left_to_community=True
    )
    return world


@pytest.fixture
def looked_at(sideways, axe):
    """Each page, once it is there: nothing sticks out, nothing too small, nothing to stumble over."""

    def look(page):
        assert sideways(page) == []
        assert page.evaluate(SMALL) == []
        assert axe(page) == []
        assert page.locator("h1").count() == 1

    return look


def test_made_and_answered_without_a_script(come_in, quizzes):
    here = f"/c/{short(quizzes.maths)}/"
    page = come_in(quizzes.amina, here, javascript=False)
    page.locator(".plus summary").click()
    page.get_by_text("A quiz or puzzle").click()
    page.get_by_label("Your question").fill("What is a half of a half?")
    page.get_by_role("button", name="Choose several").click()
    page.get_by_role("button", name="Choose one").click()
    assert page.get_by_label("Your question").input_value() == "What is a half of a half?"
    page.get_by_label("Answer 1", exact=True).fill("A quarter")
    page.get_by_label("Answer 2", exact=True).fill("One")
    page.get_by_role("button", name="Put it before all of us").click()
    expect(page.locator("body")).to_contain_text(
        "There is no right answer yet: mark the right one."
    )
    page.get_by_label("Right Answer 1").check()
    page.get_by_role("button", name="Put it before all of us").click()
    expect(page.locator("body")).to_contain_text("Nobody has tried yet")

    page = come_in(quizzes.nafula, here, javascript=False)
    page.locator("a.slip").click()
    page.get_by_label("A quarter").check()
    page.get_by_role("button", name="Answer").click()
    expect(page.locator("body")).to_contain_text("1 of 1 right")
    expect(page.locator("body")).to_contain_text("How all answered is shown once three have.")


@pytest.mark.parametrize("dark", [False, True])
def test_every_page_of_it_fits_and_can_be_read(come_in, quizzes, looked_at, complaints, dark):
    world = quizzes
    draft = begin_quiz(by=world.amina, community=world.maths, title="Fractions and more")
    for item in ALL:
        actions.put_item(by=world.amina, version=draft, item=item)
    here = f"/c/{short(world.maths)}"
    quiz = f"{here}/quiz/{short(draft.instrument)}"
    page = come_in(world.amina, width=320, dark=dark, bypass_csp=True)
    for path in (
        f"{here}/quizzes",
        f"{here}/quiz/new",
        f"{here}/poll/new",
        f"{quiz}/make",
        f"{quiz}/make/i1",
        f"{quiz}/make/i3",
        f"{quiz}/make/new?kind=picture",
        f"{quiz}/make/new?kind=scale",
    ):
        page.goto(path)
        looked_at(page)
    page.goto(f"{here}/quiz/new")
    page.get_by_label("Your question").fill("?")
    page.get_by_role("button", name="Put it before all of us").click()
    page.wait_for_selector("[aria-invalid=true]")
    looked_at(page)
    post = publish_quiz(by=world.amina, version=draft)
    vote = poll(by=world.amina, community=world.maths, text="When?", choices=["Tue", "Thu"])
    for path in (quiz, f"{quiz}?all=1", f"{quiz}?results=1", f"{here}/"):
        page.goto(path)
        looked_at(page)
    version, ballot = post.instrument.versions.get(), vote.instrument.versions.get()
    for who in (world.amina, world.otieno, world.nafula):
        actions.answer(by=who, version=version, values=RIGHT)
        actions.answer(by=who, version=ballot, values={"i1": "a"})
    for path in (quiz, f"{here}/quiz/{short(vote.instrument)}", f"{here}/quizzes"):
        page.goto(path)
        looked_at(page)
    assert [line for line in complaints if "422" not in line] == []


def test_the_bars_begin_at_the_side_where_one_reads(come_in, quizzes):
    world = quizzes
    vote = poll(by=world.amina, community=world.maths, text="When?", choices=["Tue", "Thu"])
    for who in (world.amina, world.otieno, world.nafula):
        actions.answer(by=who, version=vote.instrument.versions.get(), values={"i1": "a"})
    world.nafula.language = "ur"
    world.nafula.save()
    page = come_in(world.nafula, f"/c/{short(world.maths)}/quiz/{short(vote.instrument)}")
    assert page.locator("html").get_attribute("dir") == "rtl"
    turned = page.locator("svg.share").first.evaluate("node => getComputedStyle(node).transform")
    assert re.match(r"matrix\(-1,", turned)


def short(row) -> str:
    from staffroom.core.ids import short

    return short(row.pk)
