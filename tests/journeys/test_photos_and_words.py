"""A photo made small on the phone, and words that outlive the session in which they were typed."""

import io
import os

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from PIL import Image

from staffroom.conversations.actions.report import report
from staffroom.conversations.models import Draft, Photo, Post
from tests.conversations.makers import a_post


def shot(page, name):
    """For looking at, when SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


@pytest.fixture
def board() -> dict:
    """A photo of 12 megapixels with a place in it, as a phone makes it."""
    noise = Image.effect_noise((4000, 3000), 40).convert("RGB")
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "S"
    file = io.BytesIO()
    noise.save(file, "JPEG", quality=90, exif=exif)
    return {"name": "IMG_2041.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_a_photo_is_made_small_before_it_is_sent(world, come_in, board, complaints):
    page = come_in(world.amina, reverse("stream", args=[world.maths.pk]))
    sent = []
    page.on("request", lambda r: sent.append(r) if r.method == "POST" else None)
    page.locator("details.plus summary").click()
    shot(page, "plus")
    page.set_input_files("input[name=photo]", [board])
    chosen = page.locator(".shots li")
    page.wait_for_selector(".shots img")
    assert "KB" in chosen.inner_text()
    shot(page, "chosen")
    chosen.get_by_role("button").click()
    assert chosen.count() == 0
    page.set_input_files("input[name=photo]", [board])
    page.wait_for_selector(".shots img")
    page.select_option("#shows", "nobody")
    page.fill("textarea[name=text]", "This is how I draw it")
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("a.photo")
    assert len(board["buffer"]) > 2_000_000
    # The header, as it went over the wire: a browser need not tell a body that holds files.
    sizes = [int(request.all_headers().get("content-length", 0)) for request in sent]
    assert 0 < max(sizes) < 900_000
    photo = Photo.objects.get()
    assert photo.post.text == "This is how I draw it"
    assert page.locator("a.photo").inner_text().strip().endswith("KB")
    assert page.locator("a.photo img").count() == 0
    shot(page, "untapped")
    page.locator("a.photo").click()
    page.wait_for_selector("a.photo img")
    shot(page, "tapped")
    assert not complaints


def test_a_photo_goes_without_script_and_a_bad_one_is_said(world, come_in, board):
    page = come_in(world.amina, reverse("ask", args=[world.maths.pk]), javascript=False)
    page.fill("textarea[name=text]", "Is this drawing right?")
    page.set_input_files(
        "input[name=photo]",
        [board, {"name": "game.jpg", "mimeType": "image/jpeg", "buffer": b"MZ\x90" + b"\0" * 900}],
    )
    page.locator("main form button.btn.wide").click()
    assert "program" in page.locator("#photo_error").inner_text()
    assert page.input_value("textarea[name=text]") == "Is this drawing right?"
    page.locator("#photo_error").scroll_into_view_if_needed()
    shot(page, "bad-photo")
    page.select_option("#shows", "nobody")
    page.locator("main form button.btn.wide").click()
    post = Post.objects.get(kind="question")
    assert post.photos.count() == 1


def test_words_outlive_the_session_without_script(world, come_in, sign_in, live_server):
    page = come_in(world.amina, reverse("ask", args=[world.maths.pk]), javascript=False)
    page.fill("textarea[name=text]", "How do I begin with fractions?")
    Session.objects.all().delete()
    page.locator("main form button.btn.wide").click()
    assert page.input_value("textarea") == "How do I begin with fractions?"
    shot(page, "again")
    assert not Draft.objects.exists()
    cookie = sign_in(world.amina).cookies["s"]  # the page beside this one
    page.context.add_cookies([{"name": "s", "value": cookie.value, "url": live_server.url}])
    page.get_by_role("button", name="I am signed in").click()
    for _ in range(2):
        if page.get_by_role("button", name="Send it").count():
            page.get_by_role("button", name="Send it").click()
    assert Post.objects.get(kind="question").text == "How do I begin with fractions?"


def test_a_draft_is_there_on_another_phone(world, come_in):
    page = come_in(world.amina, reverse("ask", args=[world.maths.pk]))
    page.locator("textarea[name=text]").type("Half a thought")
    with page.expect_response(lambda r: r.url.endswith("/draft") and r.status == 204):
        pass
    other = come_in(world.amina, reverse("ask", args=[world.maths.pk]), javascript=False)
    assert other.input_value("textarea[name=text]") == "Half a thought"
    page.reload()
    page.locator("textarea[name=text]").fill("Half a thought, and more")
    page.wait_for_timeout(300)  # less than the two seconds after which it goes to Staffroom
    page.reload()
    assert page.input_value("textarea[name=text]") == "Half a thought, and more"


def test_the_moderator_hides_and_the_author_reads_why(world, come_in, axe, sideways, complaints):
    post = a_post(world.maths, world.otieno, "Buy my past papers, 200 bob each")
    a_post(world.maths, world.nafula, "Who has an idea for fractions with bottle tops?")
    pages = []
    page = come_in(world.amina, reverse("report", args=[world.maths.pk, post.pk]))
    pages.append((page, "report"))
    report(by=world.amina, post=post, reason="forwarded", note="Third time")
    desk = come_in(world.baraka, reverse("stream", args=[world.maths.pk]))
    shot(desk, "desk-banner")
    desk.get_by_role("link", name="Look").click()
    shot(desk, "reports")
    desk.get_by_role("link", name="Look at it").click()
    assert not axe(desk)
    desk.get_by_text("Hide it", exact=True).click()
    desk.get_by_label("Why?").fill("No selling here, please.")
    shot(desk, "decide")
    desk.get_by_role("button", name="Decide").click()
    desk.get_by_text("Hidden by the moderator: No selling here, please.").wait_for()
    shot(desk, "hidden")
    author = come_in(world.otieno, reverse("stream", args=[world.maths.pk]))
    author.get_by_role("link", name="Read it").click()
    pages.append((author, "word"))
    for person, name, where in (
        (world.amina, "log", reverse("moderation_log", args=[world.maths.pk])),
        (world.amina, "search", reverse("search") + "?q=fract+bottle"),
        (world.amina, "mute", reverse("mute_author", args=[world.maths.pk, post.pk])),
        (world.amina, "mutes", reverse("mutes")),
    ):
        pages.append((come_in(person, where), name))
    for one, name in pages:
        shot(one, name)
        assert not axe(one), name
        assert not sideways(one), name
    assert not complaints
