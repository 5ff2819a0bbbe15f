"""An adviser's fifteen minutes, and what a teacher then reads, on a phone."""

import os

import pytest

from staffroom.conversations.actions.answer import answer
from staffroom.conversations.actions.ask import ask
from staffroom.conversations.actions.read import mark_read
from staffroom.conversations.actions.say import say
from staffroom.core.clock import now
from staffroom.core.ids import short
from staffroom.library.actions.trust_correct import correct as write_correction
from staffroom.people.models import Person
from tests.library.makers import for_all
from tests.library.trust_things import correct, deliver, dispute, verify

LOOK = os.environ.get("LOOK")  # a folder for pictures


@pytest.fixture
def said(world):
    world.question = ask(
        by=world.amina, community=world.maths, topic="Fractions", grade=7,
        text="Why do we turn the second fraction over and multiply?",
    )  # fmt: skip
    world.answers = [
        answer(by=world.nafula, question=world.question, text=text)
        for text in (
            "Ask how many quarters fit into three. They count twelve before you can say it.",
            "I write both with the same bottom: 1/2 ÷ 1/4 = 2/4 ÷ 1/4, and that is one eighth.",
            "Corner to corner: every triangle is half of a rectangle.",
            "Two strips of paper, one folded in four.",
        )
    ]
    mark_read(by=world.otieno, community=world.maths, question=world.question, until=now())
    return world


def look(page, name):
    if LOOK:
        page.screenshot(path=f"{LOOK}/{name}.png", full_page=True)


def test_an_adviser_clears_the_desk(said, come_in, axe, sideways, complaints):
    page = come_in(said.chausiku, "/trust/")
    look(page, "desk")
    assert not axe(page)
    assert not sideways(page)
    page.get_by_role("button", name="It is right").first.click()
    page.get_by_text("Thank you. You say that it is right.").wait_for()
    page.get_by_role("link", name="Correct it").first.click()
    page.get_by_label("What is right instead?").fill("2/4 ÷ 1/4 is 2: a quarter fits twice.")
    page.get_by_label("How do you know?").fill("KIE book 7, page 31")
    look(page, "correct")
    assert not axe(page)
    page.get_by_role("button", name="Write the correction").click()
    page.get_by_text("The correction is written down.").wait_for()
    page.get_by_role("button", name="Skip it").first.click()
    page.get_by_text("Left for later.").wait_for()
    assert page.get_by_role("button", name="It is right").count() == 1
    assert not complaints


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("javascript", [True, False])
def test_what_a_teacher_reads(said, come_in, axe, sideways, complaints, language, javascript):
    verify(said.chausiku, said.answers[0])
    correct(said.chausiku, said.answers[1], text="2/4 ÷ 1/4 is 2.", source="KIE book 7, page 31")
    dispute(said.baraka, said.answers[2])
    dispute(said.amina, said.answers[2], holds="right", text="I tried it.")
    correct(said.amina, said.answers[3], text="Folded in eight.")
    correct(said.chausiku, said.question, text="Ask: how many fit?")
    say(by=said.baraka, community=said.maths, text="Mine ask it too.", quotes=said.question)
    deliver()
    Person.objects.filter(pk=said.otieno.pk).update(language=language)
    place = f"/c/{short(said.maths.pk)}"
    pages = {
        "today": "/",
        "question": f"{place}/q/{short(said.question.pk)}",
        "stream": f"{place}/",
        "corrected": f"/trust/post/{short(said.answers[1].pk)}",
        "disputed": f"/trust/post/{short(said.answers[2].pk)}",
        "waits": f"/trust/post/{short(said.answers[3].pk)}",
        "form": f"/trust/post/{short(said.answers[2].pk)}/dispute",
        "found": "/search?q=bottom",
    }
    said.otieno.refresh_from_db()
    page = come_in(said.otieno, "/", javascript=javascript)
    wrong = []
    for name, url in pages.items():
        page.goto(url)
        if javascript:
            wrong += [f"{name}: {what}" for what in axe(page) + sideways(page)]
            look(page, f"{name}-{language}")
    assert not wrong
    page.goto(pages["question"])
    page.locator("summary:has-text('+'), details.fold > summary").first.click()
    assert not complaints


def test_a_school_leader_at_the_library_desk(world, come_in, axe, sideways, complaints):
    shared = for_all(world, title="Wind", description="How the wind carries seeds away.")
    page = come_in(world.esther, "/trust/library")
    look(page, "leaders")
    assert not axe(page)
    assert not sideways(page)
    page.get_by_role("button", name="It is right").click()
    page.get_by_text("You say that it is right.").wait_for()
    correct_shared = {"kind": "resource", "thing": shared.pk, "text": "It carries them far."}
    write_correction(by=world.chausiku, source="Grade 4 science, page 20", **correct_shared)
    page.goto(f"/library/{short(shared.pk)}")
    look(page, "resource")
    assert not axe(page)
    assert not sideways(page)
    assert not complaints
