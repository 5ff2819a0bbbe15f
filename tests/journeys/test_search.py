import pytest
from django.urls import reverse

from staffroom.conversations.models import Post
from staffroom.core.retrieval import vocabulary
from tests.conversations.makers import a_question

pytestmark = pytest.mark.browser
WORDS = "How do I explain division by a fraction?"


def test_a_question_is_found_before_it_is_asked_again(come_in, world, axe, sideways):
    a_question(
        world.maths,
        world.nafula,
        "How do I explain division by fractions so that they see why?",
        topic="Fractions",
    )
    vocabulary.learn()
    page = come_in(world.amina, reverse("ask", args=[world.maths.pk]))
    page.set_viewport_size({"width": 360, "height": 640})
    page.fill("textarea[name=text]", WORDS)
    page.locator("#asked a").wait_for()
    assert not axe(page)
    page.locator("form .acts .btn.wide").click()
    page.get_by_text("This was asked before").wait_for()
    assert page.input_value("textarea[name=text]") == WORDS
    assert not axe(page)
    assert not sideways(page)
    page.get_by_role("button", name="Ask all the same").click()
    page.get_by_text("Nobody has answered yet").wait_for()
    assert Post.objects.filter(text=WORDS).count() == 1
    page.goto(page.url.split("/c/")[0] + reverse("search") + "?q=fractoin")
    page.get_by_text("near to it").wait_for()
    assert page.locator("mark").count() >= 2
    assert not axe(page)
    assert not sideways(page)
