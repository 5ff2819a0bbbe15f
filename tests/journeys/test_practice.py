"""A newcomer learns by doing, without a script as well as with one."""

import pytest
from PIL import Image

from staffroom.conversations.models import Photo, Post
from staffroom.web.models import Practice


@pytest.fixture
def board(tmp_path):
    path = tmp_path / "board.jpg"
    Image.effect_noise((640, 480), 60).convert("RGB").save(path, "JPEG")
    return path


@pytest.mark.parametrize("javascript", [True, False])
def test_six_exercises_one_after_the_other(come_in, world, board, complaints, javascript):
    page = come_in(world.amina, "/practice", javascript=javascript)
    page.click("main .btn:has-text('Begin')")
    page.fill("textarea[name=text]", "Why is a half more than a third?")
    page.click("main form .btn.wide")
    page.click("main .btn:has-text('Next: Answer')")
    page.fill(".write textarea", "I would fold paper.")
    page.click(".write .go")
    page.click("main .btn:has-text('Next: Send a photo')")
    page.click(".plus summary")
    page.set_input_files("input[name=photo]", board)
    page.wait_for_timeout(800 if javascript else 0)
    page.click(".write .go")
    page.click("main .btn:has-text('Next: Ask without')")
    page.fill("textarea[name=text]", "How does one teach zero?")
    page.click("button:has-text('Without my name')")
    assert page.input_value("textarea[name=text]") == "How does one teach zero?"
    page.click("main form .btn.wide")
    page.click("main .btn:has-text('Next: Report')")
    page.click("li:has-text('Earn money') .dots summary")
    page.click("li:has-text('Earn money') .dots a:has-text('Other things')")
    page.click("a:has-text('Report it')")
    page.check("input[value=forwarded]")
    page.click("main form .btn:has-text('Report')")
    page.click("main .btn:has-text('Next: Leave')")
    page.click("main form .btn:has-text('Leave')")
    page.click("main .btn:has-text('I have tried it all')")
    assert len(Practice.objects.get().corner["done"]) == 6
    assert not Post.objects.exists()
    assert not Photo.objects.exists()
    assert complaints == []


@pytest.mark.parametrize(
    "place", ["/practice", "/practice/room", "/practice/ask", "/practice/done/ask", "/course/1"]
)
def test_its_pages_fit_and_nobody_stumbles(come_in, world, sideways, axe, place):
    page = come_in(world.amina, place, width=320, bypass_csp=True)
    assert sideways(page) == []
    assert axe(page) == []
