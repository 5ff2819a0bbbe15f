"""Practice notes on a phone: kept in three taps, tried, questioned, and read in Urdu."""

import os

import pytest
from django.urls import reverse

from staffroom.conversations.actions import answer, ask, help, solve
from staffroom.conversations.actions.notes import keep_as_note, question_note
from staffroom.library.actions.note_credits import answer as say
from staffroom.library.actions.note_sharing import let_travel
from staffroom.library.actions.note_trials import report
from staffroom.library.models import Note, Signer
from tests.journeys.test_every_page import SMALL
from tests.library.conftest import WORDS


@pytest.fixture
def solved(world):
    question = ask(
        by=world.amina,
        community=world.maths,
        text="Why do we turn the second fraction over?",
        topic="Fractions",
        grade=6,
    )
    helped = answer(by=world.nafula, question=question, text="Ask how many quarters fit in three.")
    answer(by=world.otieno, question=question, text="It is the rule.")
    help(by=world.amina, answer=helped)
    solve(by=world.amina, question=question)
    question.refresh_from_db()
    question.best = helped
    return question


def test_three_taps_and_a_report(world, solved, come_in, axe, sideways, complaints):
    page = come_in(world.baraka, reverse("question", args=[world.maths.pk, solved.pk]))
    page.get_by_role("link", name="Keep as a practice note").click()
    page.get_by_role("button", name="Keep it").click()
    assert Note.objects.get().worked == "Ask how many quarters fit in three."
    page.get_by_role("link", name="I tried it").click()
    page.get_by_text("It worked in part").click()
    page.get_by_label("Tell a little").fill("Strips tear in groups of six.")
    page.get_by_role("button", name="Tell").click()
    page.get_by_text("Tried in 1 class: in part in 1").wait_for()
    assert not sideways(page)
    assert not axe(page)
    assert not complaints


def test_it_works_without_javascript(world, solved, come_in):
    page = come_in(
        world.otieno, reverse("note_keep", args=[world.maths.pk, solved.pk]), javascript=False
    )
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="Question what it assumes").click()
    page.get_by_label("What does it take for granted?").fill("That they know quarters.")
    page.get_by_role("button", name="Open the debate").click()
    page.get_by_role("link", name="Write what came out").click()
    page.get_by_role("link", name="Keep the note as it is").click()
    page.get_by_label("What came out, and why").fill("They do, since Grade 4.")
    page.get_by_role("button", name="Write it into the note").click()
    assert page.get_by_text("They do, since Grade 4.").is_visible()


@pytest.fixture
def shelf(world, solved):
    """A note with everything that can stand on it."""
    note = keep_as_note(by=world.baraka, question=solved, answer=solved.best, words=WORDS)
    say(by=world.nafula, note=note, yes=True)
    report(by=world.otieno, note=note, result="worked", grade=6, pupils=48, what="Went well.")
    report(by=world.amina, note=note, result="not", what="They tear.", new_failed="Thin paper.")
    question_note(by=world.amina, note=note, assumption="It assumes that quarters are known.")
    let_travel(by=world.baraka, note=note)
    world.signer = Signer.objects.create(
        programme=world.programme, name="Khyber Pakhtunkhwa", fingerprint="1f2e 3d4c " * 4
    )
    return note


def pages(world, note):
    here, trial = [world.maths.pk, note.pk], note.trials.get(result="not")
    debate = note.debates.get()
    inside = {
        "note": reverse("practice_note", args=here),
        "learned": reverse("learned", args=[world.maths.pk]),
        "print": reverse("learned_print", args=[world.maths.pk]),
        "change": reverse("note_change", args=here),
        "tried": reverse("note_tried", args=here) + "?change",
        "take": reverse("note_take_proposal", args=[world.maths.pk, trial.pk]),
        "travel": reverse("note_travel", args=here),
        "version": reverse("note_version", args=[*here, 1]),
        "question": reverse("question", args=[world.maths.pk, debate.post_id]),
        "outcome": reverse("note_outcome", args=[world.maths.pk, debate.post_id]),
        "split": reverse("note_outcome", args=[world.maths.pk, debate.post_id]) + "?outcome=split",
        "shelf": reverse("notes_shelf"),
        "travelling": reverse("travelling_note", args=[note.pk]),
        "evidence": reverse("evidence"),
        "study": reverse("study", args=["kihwele-2022"]),
        "lever": reverse("lever", args=["set_time"]),
    }
    outside = {
        "office": reverse("note_packages"),
        "signer": reverse("note_signer", args=[world.signer.pk]),
        "named": reverse("notes_naming_me"),
        "bring": reverse("note_bring", args=[note.pk]),
    }
    return inside, outside


@pytest.mark.parametrize("language", ["en", "ur"])
def test_nothing_sticks_out_and_nothing_stumbles(
    world, shelf, come_in, axe, sideways, complaints, language
):
    for person in (world.baraka, world.hamisi):
        person.language = language
        person.save()
    inside, outside = pages(world, shelf)
    for person, addresses in ((world.baraka, inside), (world.hamisi, outside)):
        page = come_in(person, "/me")
        for name, url in addresses.items():
            assert page.goto(url).status == 200, name
            if shots := os.environ.get("STAFFROOM_SHOTS"):
                page.screenshot(path=f"{shots}/{name}-{language}.png", full_page=True)
            assert not sideways(page), name
            assert not axe(page), name
            assert not page.evaluate(SMALL), name
    assert not complaints
