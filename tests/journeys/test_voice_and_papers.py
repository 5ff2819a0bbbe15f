"""A voice recorded on the phone, a paper from it: heard before it is sent, weighed before it is fetched."""

import os

import pytest
from django.urls import reverse

from staffroom.conversations.actions.attached import attach, keep_document, keep_recording
from staffroom.conversations.models import Document, Post, Recording
from staffroom.core import jobs
from tests.conversations.makers import a_post, a_question
from tests.core.papers import a_pdf, named
from tests.core.sounds import a_recording, a_wave


def shot(page, name):
    """For looking at, when SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


def test_a_voice_note_is_recorded_heard_and_sent(world, come_in, axe, sideways, complaints):
    page = come_in(world.amina, reverse("stream", args=[world.maths.pk]))
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    page.locator("details.plus summary").click()
    shot(page, "voice-plus")
    assert not sideways(page)
    record = page.get_by_role("button", name="Record a voice note")
    record.click()
    page.wait_for_selector(".recorder [data-stop]:visible")
    page.wait_for_selector(".recorder .n:text('0:01')")
    assert [url for url in fetched if "voice" in url]
    assert "Recording" in page.locator(".recorder [role=status]").inner_text()
    shot(page, "voice-recording")
    assert page.evaluate("document.activeElement.matches('[data-stop]')")
    page.keyboard.press("Enter")
    page.wait_for_selector(".recorder audio:visible")
    assert "KB" in page.locator(".recorder .n").inner_text()
    assert not sideways(page)
    shot(page, "voice-recorded")
    page.fill("#transcript", "How I draw it")
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("#stream .voice")
    note = Recording.objects.get()
    assert note.seconds in {1, 2, 3}
    assert note.transcript == "How I draw it"
    assert page.locator(".recorder").is_hidden()
    assert page.locator("#stream audio").get_attribute("preload") == "none"
    assert not axe(page)
    assert not sideways(page)
    shot(page, "voice-sent")
    with page.expect_response(lambda answer: "/voice/" in answer.url) as answer:
        page.evaluate("document.querySelector('#stream audio').play()")
    assert answer.value.status == 206
    # It plays to its end.
    page.evaluate(
        "() => new Promise(done => { document.querySelector('#stream audio').onended = done; })"
    )
    assert not complaints


def test_sent_while_it_still_records(world, come_in):
    page = come_in(world.amina, reverse("ask", args=[world.maths.pk]))
    page.fill("[name=text]", "Listen to my question")
    page.get_by_role("button", name="Record a voice note").click()
    page.wait_for_selector(".recorder .n:text('0:01')")
    shot(page, "voice-ask")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url("**/q/**")
    assert Post.objects.get().recordings.count() == 1


def test_discarded_is_not_sent(world, come_in):
    page = come_in(world.amina, reverse("stream", args=[world.maths.pk]))
    page.locator("details.plus summary").click()
    page.get_by_role("button", name="Record a voice note").click()
    page.wait_for_selector(".recorder .n:text('0:01')")
    page.get_by_role("button", name="Discard").click()
    assert page.locator(".recorder").is_hidden()
    page.fill("[name=text]", "In words then")
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("#stream .mine .ok")
    assert Post.objects.get().attached_count == 0


def test_without_script_a_sound_file_and_a_paper_go_the_plain_way(world, come_in):
    page = come_in(world.amina, reverse("ask", args=[world.maths.pk]), javascript=False)
    assert page.get_by_role("button", name="Record a voice note").count() == 0
    page.fill("[name=text]", "Both")
    sound = {"name": "REC_001.m4a", "mimeType": "audio/mp4", "buffer": a_recording("mp4").read()}
    paper = {"name": "Plan.pdf", "mimeType": "application/pdf", "buffer": a_pdf()}
    page.set_input_files("input[name=voice]", [sound])
    page.set_input_files("input[name=file]", [paper])
    page.get_by_role("button", name="Ask", exact=True).click()
    assert page.locator(".voice audio").count() == 1
    assert "Plan.pdf" in page.locator("main").inner_text()


def test_chosen_papers_are_shown_and_left_out_again(world, come_in, sideways):
    page = come_in(world.amina, reverse("stream", args=[world.maths.pk]))
    page.locator("details.plus summary").click()
    long = "A very long name of a lesson plan about the second fraction.pdf"
    papers = [
        {"name": name, "mimeType": "application/pdf", "buffer": a_pdf(pages)}
        for name, pages in ((long, 1), ("Two.pdf", 2))
    ]
    page.set_input_files("input[name=file]", papers)
    assert page.locator(".shots li:visible").count() == 2
    assert not sideways(page)
    shot(page, "paper-chosen")
    page.get_by_role("button", name="Leave out: Two.pdf").click()
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("#stream a.file")
    assert Document.objects.get().name == long


@pytest.mark.parametrize("language", ["en", "ur"])
def test_what_was_sent_fits_and_can_be_used_by_all(
    world, come_in, axe, sideways, complaints, language
):
    world.nafula.language = language
    world.nafula.save()
    where = {"by": world.amina, "community": world.maths}
    question = a_question(world.maths, world.amina, "What do you hear?")
    post = a_post(world.maths, world.amina, "Plan and voice")
    for one in (question, post):
        note = keep_recording(file=a_wave(65 if one is post else 3), **where)
        paper = keep_document(
            file=named(a_pdf(), "Plan.pdf"), name="Lesson plan grade 6.pdf", **where
        )
        attach(post=one, by=world.amina, ids=[note.pk, paper.pk])
    jobs.run_due("here")
    for path in (
        reverse("stream", args=[world.maths.pk]),
        reverse("question", args=[world.maths.pk, question.pk]),
    ):
        page = come_in(world.nafula, path)
        assert not sideways(page)
        assert not axe(page)
        shot(page, f"sent-{language}-{path.count('/q/')}")
        page.locator("a.photo").last.click()
        page.wait_for_selector("a.photo img")
        assert not sideways(page)
        shot(page, f"first-{language}-{path.count('/q/')}")
    assert not complaints
