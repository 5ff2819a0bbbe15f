"""Asking without a name on a small phone: typed, switched, sent, answered; nothing stays on the phone."""

import pytest

from staffroom.conversations import actions
from staffroom.conversations.models import Draft, Post
from staffroom.core.ids import short

pytestmark = pytest.mark.browser
WORDS = "Why is a minus times a minus a plus?"


def inside(community, more="") -> str:
    return f"/c/{short(community.pk)}/{more}"


@pytest.mark.parametrize("javascript", [True, False])
def test_the_words_come_along_and_the_name_does_not(come_in, world, javascript):
    page = come_in(world.amina, path=inside(world.maths, "ask"), javascript=javascript)
    page.fill("textarea[name=text]", WORDS)
    page.wait_for_timeout(2500 if javascript else 0)  # by now a draft is kept
    page.click("button:has-text('Without my name')")
    assert page.input_value("textarea[name=text]") == WORDS
    page.fill("input[name=topic]", "Signs")
    page.press("input[name=topic]", "Enter")  # sends it, as it stands
    page.wait_for_url("**/q/**")
    assert "A colleague" in page.inner_text("main")
    assert "Only you see this line" in page.inner_text("main")
    post = Post.objects.get()
    assert (post.author, post.anonymous, post.topic) == (None, True, "Signs")
    assert not Draft.objects.exists()
    assert "minus" not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")


def test_the_asker_hears_and_goes_on(come_in, world):
    asked = actions.ask_without_name(by=world.amina, community=world.maths, text=WORDS)
    actions.answer(by=world.nafula, question=asked, text="Think of debts.")
    page = come_in(world.amina)
    page.click("a.r:has-text('Why is a minus')")
    page.fill(".write textarea", "Thank you. In grade 7?")
    page.click(".write .go")
    page.wait_for_selector("li:has-text('The colleague who asked')")
    assert Post.objects.get(text="Thank you. In grade 7?").author is None
    other = come_in(world.nafula, path=inside(world.maths, f"q/{short(asked.pk)}"))
    assert "The colleague who asked" in other.inner_text("main")
    assert "Amina" not in other.inner_text("main")


def test_it_is_for_thumbs_and_readers(come_in, world, axe, sideways):
    page = come_in(world.amina, path=inside(world.maths, "ask/without-name"), bypass_csp=True)
    page.click("summary:has-text('How it is kept secret')")
    assert not axe(page)
    assert not sideways(page)
