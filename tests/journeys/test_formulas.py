"""Formulas on a phone: seen before they are sent, left to right in Urdu, nothing sticks out."""

import os

import pytest
from django.urls import reverse

from staffroom.conversations.models import Post
from tests.conversations.makers import a_post, a_question

LONG = r"$$x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a} + \frac{1}{2} + \frac{3}{4} + \frac{5}{6} + \sqrt{7} + \sqrt{8} + 9 = 10$$"


def shot(page, name):
    """For looking at, when SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


def test_a_teacher_looks_before_asking(world, come_in, axe, sideways, complaints):
    page = come_in(world.amina, reverse("ask", args=[world.maths.pk]), javascript=False)
    page.fill(
        "textarea[name=text]", r"Why is $\frac{3}{4} \div \frac{1}{2} = \frac{6}{4}$, for $5?"
    )
    page.get_by_role("button", name="See how it looks").click()
    assert page.locator(".notice math mfrac").count() == 3
    assert page.locator(".notice .tex").is_hidden()
    assert not sideways(page)
    shot(page, "look")
    page.get_by_role("button", name="Ask", exact=True).click()
    assert page.locator(".ruled math").count() == 1
    assert Post.objects.get().text.endswith("for $5?")
    shot(page, "asked")


@pytest.mark.parametrize("language", ["en", "ur"])
def test_formulas_stand_left_to_right_and_within_the_page(
    world, come_in, axe, sideways, complaints, language
):
    world.nafula.language = language
    world.nafula.save()
    a_question(world.maths, world.amina, r"Why is $\frac{2}{4}$ a half and $x^2 \ge 0$?")
    a_post(world.maths, world.amina, r"میں نے $\frac{2}{4} = \frac{1}{2}$ لکھا۔" + "\n" + LONG)
    a_post(world.maths, world.nafula, r"So $\sqrt{16} = 4$ and $\overline{AB} \perp \vec{v}$.")
    page = come_in(world.nafula, reverse("stream", args=[world.maths.pk]))
    assert page.locator("math").count() == 6
    for math in page.locator("math").all():
        assert math.evaluate("node => getComputedStyle(node).direction") == "ltr"
    assert not sideways(page)
    assert not axe(page)
    shot(page, f"stream-{language}")
    page.goto(reverse("formula_help", args=[world.maths.pk]))
    assert not sideways(page)
    assert not axe(page)
    shot(page, f"help-{language}")
    assert not complaints


def test_what_cannot_be_read_goes_when_sent_again(world, come_in):
    page = come_in(world.amina, reverse("stream", args=[world.maths.pk]))
    page.fill("textarea[name=text]", r"It is $\farc{1}{2}$")
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector(".wait .link, .st .link")
    assert "could not be read" in page.locator("#stream").inner_text()
    page.locator("#stream .st").get_by_role("button", name="Change it").click()
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("#stream .mine .ok")
    assert Post.objects.get().text == r"It is $\farc{1}{2}$"
