"""Formulas on the pages of a community: seen before they are asked, told when they cannot be read."""

import pytest
from django.urls import reverse

from staffroom.conversations.actions.say import say
from staffroom.conversations.models import Post
from staffroom.core.retrieval.finding import find
from tests.conversations.makers import a_question

BAD = r"Why is $\farc{1}{2}$ half?"


def test_a_question_shows_its_formula_in_the_stream_and_alone(world, sign_in):
    question = a_question(world.maths, world.amina, r"Why is $\frac{2}{4}$ a half, not $5?")
    browser = sign_in(world.nafula)
    for name, place in [("stream", []), ("question", [question.pk])]:
        page = browser.get(reverse(name, args=[world.maths.pk, *place])).content.decode()
        assert "<mfrac><mn>2</mn><mn>4</mn></mfrac>" in page
        assert "not $5?" in page


def test_a_look_before_asking_writes_nothing_and_keeps_what_was_typed(world, sign_in):
    page = sign_in(world.amina).post(
        reverse("ask", args=[world.maths.pk]),
        {"text": r"Is $\frac{2}{4}$ a half? And $\foo$?", "topic": "Halves", "look": "1"},
    )
    said = page.content.decode()
    assert page.status_code in {200, 422}
    assert "<mfrac>" in said
    assert "is not a command we know" in said
    assert 'value="Halves"' in said
    assert not Post.objects.exists()


@pytest.mark.parametrize("name", ["ask", "stream"])
def test_what_cannot_be_read_is_told_once_and_then_sent(world, sign_in, name):
    browser, url = sign_in(world.amina), reverse(name, args=[world.maths.pk])
    sent = {"text": BAD, "language": "en"}
    told = browser.post(url, sent)
    assert told.status_code == 422
    assert b"is not a command we know" in told.content
    assert b"farc{1}{2}" in told.content
    assert not Post.objects.exists()
    assert browser.post(url, sent).status_code == 302
    assert Post.objects.get().text == BAD


def test_another_bad_formula_is_told_again(world, sign_in):
    browser, url = sign_in(world.amina), reverse("stream", args=[world.maths.pk])
    assert browser.post(url, {"text": BAD}).status_code == 422
    assert browser.post(url, {"text": r"Or $\foo$?"}).status_code == 422
    assert not Post.objects.exists()


def test_search_finds_what_was_typed(world):
    post = say(by=world.amina, community=world.maths, text=r"We wrote $\frac{2}{4}$ today.")
    page = find(person=world.nafula, text="frac 4")
    assert [found.post for found in page.found] == [post]
    assert "$" in "".join(piece.text for piece in page.found[0].pieces)


def test_the_examples_are_all_readable(world, sign_in):
    from staffroom.conversations.views.formulas import EXAMPLES

    page = sign_in(world.amina).get(reverse("formula_help", args=[world.maths.pk]))
    assert page.content.decode().count("<math") == len(EXAMPLES)
