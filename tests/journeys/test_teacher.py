"""A teacher's evening: come in, ask with a photo, get help, thank, celebrate; with and without script."""

import pytest
from PIL import Image

from staffroom.conversations import actions
from staffroom.conversations.models import Helped, Photo, Post, Thanks
from staffroom.core.ids import short


@pytest.fixture
def board(tmp_path):
    """A photo of the blackboard, as a phone takes it."""
    path = tmp_path / "board.jpg"
    Image.effect_noise((1600, 1200), 90).convert("RGB").save(path, "JPEG")
    return path


def inside(community, more="") -> str:
    return f"/c/{short(community.pk)}/{more}"


def ask(page, text, photo=None) -> None:
    page.click("a.ask")
    page.fill("textarea[name=text]", text)
    if photo:
        page.set_input_files("input[name=photo]", photo)
        page.wait_for_timeout(500)
        page.select_option("#shows", "nobody")
    page.click("main form .btn.wide")


def test_sign_in_by_number_and_code(come_in, world, settings):
    settings.DEMO = True
    page = come_in()
    page.click("text=Sign in")
    page.fill("input[name=phone]", "0700000001")
    page.click("main form .btn")
    code = "".join(char for char in page.inner_text("#shown-code") if char.isdigit())
    page.fill("input.code", code)
    page.click("text=is mine alone")
    page.click("main form .btn")
    page.wait_for_selector("text=Amina.")
    assert page.evaluate("location.pathname") == "/"


def test_ask_with_a_photo_and_be_helped(come_in, world, board, complaints):
    amina = come_in(world.amina, inside(world.maths))
    ask(amina, "How do I introduce fractions to sixty pupils?", board)
    amina.wait_for_url("**/q/**")
    question = Post.objects.get(kind="question")
    photo = Photo.objects.get()
    assert photo.post == question
    assert photo.size < 400_000

    baraka = come_in(world.baraka, inside(world.maths, f"q/{short(question.pk)}"))
    assert baraka.locator("a.photo img").count() == 0, "no photo is fetched unasked"
    baraka.click("a.photo")
    baraka.wait_for_selector("a.photo img")
    baraka.fill(".write textarea", "Fold paper: halves, then quarters.")
    baraka.click(".write .go")
    baraka.wait_for_selector("#stream li[id^=p-]:has-text('Fold paper')")

    amina.goto(inside(world.maths, f"q/{short(question.pk)}"))
    amina.click("text=This helped")
    amina.wait_for_selector("[aria-pressed=true]:has-text('This helped')")
    assert Helped.objects.get().person == world.amina
    assert complaints == []


def test_a_new_post_appears_while_the_page_is_open(come_in, world):
    amina = come_in(world.amina, inside(world.maths))
    otieno = come_in(world.otieno, inside(world.maths))
    otieno.fill(".write textarea", "I folded paper with them this morning.")
    otieno.click(".write .go")
    otieno.wait_for_selector(".mine:has-text('I folded paper') .ok")
    amina.wait_for_selector("#stream li:has-text('I folded paper')", timeout=12_000)
    assert amina.locator("text=I folded paper").count() == 1
    assert otieno.locator("text=I folded paper").count() == 1


def test_what_is_written_without_signal_arrives_once(come_in, world):
    amina = come_in(world.amina, inside(world.maths))
    amina.context.set_offline(True)
    amina.fill(".write textarea", "How many folds?")
    amina.click(".write .go")
    amina.wait_for_selector(".wait:has-text('waiting for signal')")
    amina.context.set_offline(False)
    amina.wait_for_selector(".mine:has-text('How many folds?') .ok", timeout=15_000)
    assert Post.objects.filter(text="How many folds?").count() == 1


def test_celebrate_a_colleague_who_is_thanked_by_others(come_in, world):
    amina = come_in(world.amina, inside(world.maths))
    amina.click(".plus summary")
    amina.click(".plus >> text=/celebrat/i")
    amina.select_option("select[name=about]", label="Nafula Wekesa")
    amina.fill("textarea[name=text]", "Her Grade 8 built eleven pinhole cameras.")
    amina.click("main form .btn.wide")
    amina.wait_for_selector(".kanga:has-text('Hongera, Nafula!')")
    otieno = come_in(world.otieno, inside(world.maths))
    otieno.click(".kanga .btn")
    otieno.wait_for_selector(".kanga [aria-pressed=true]")
    assert Thanks.objects.get().person == world.otieno


def test_without_javascript_one_can_talk_ask_and_help(come_in, world, board):
    amina = come_in(world.amina, inside(world.maths), javascript=False)
    amina.fill(".write textarea", "Good evening all.")
    amina.click(".write .go")
    assert amina.locator(".mine:has-text('Good evening all.') .ok").count() == 1
    ask(amina, "Why do we turn it over?", board)
    question = Post.objects.get(kind="question")
    assert Photo.objects.get().post == question
    baraka = come_in(world.baraka, inside(world.maths, f"q/{short(question.pk)}"), javascript=False)
    baraka.fill(".write textarea", "Ask how many pieces fit.")
    baraka.click(".write .go")
    amina.goto(inside(world.maths, f"q/{short(question.pk)}"))
    amina.click("text=This helped")
    assert Helped.objects.count() == 1


def test_with_the_keyboard_alone_one_writes_and_sends(come_in, world):
    page = come_in(world.amina, inside(world.maths))
    page.locator("body").press("Tab")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "text":
            break
    page.keyboard.type("Written without a finger on the screen.")
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('go')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".mine:has-text('without a finger') .ok")


def test_a_session_that_ends_while_typing_loses_no_word(come_in, world):
    page = come_in(world.amina, inside(world.maths))
    page.context.clear_cookies()
    page.fill(".write textarea", "Half an evening of thought.")
    page.click(".write .go")
    page.wait_for_selector(".wait:has-text('needs you')")
    page.click("text=Try again")
    page.wait_for_url("**/sign-in**")
    assert not Post.objects.filter(text="Half an evening of thought.").exists()
    page.context.add_cookies(come_in(world.amina).context.cookies())
    page.goto(inside(world.maths))
    page.wait_for_selector(".mine:has-text('Half an evening') .ok")
    assert Post.objects.filter(text="Half an evening of thought.").count() == 1


def test_two_quick_taps_send_once_and_complain_of_nothing(come_in, world):
    page = come_in(world.amina, inside(world.maths))
    page.fill(".write textarea", "Tapped twice.")
    page.dblclick(".write .go")
    page.wait_for_selector(".mine:has-text('Tapped twice.') .ok")
    assert page.locator(".mine:has-text('Tapped twice.')").count() == 1
    assert page.locator("[role=alert]").count() == 0
    assert Post.objects.filter(text="Tapped twice.").count() == 1


def test_an_answer_comes_while_the_question_is_open(come_in, world):
    asked = actions.ask(by=world.amina, community=world.maths, text="Why is it so?")
    page = come_in(world.amina, inside(world.maths, f"q/{short(asked.pk)}"))
    page.wait_for_selector("#answers:has-text('Nobody has answered yet')")
    actions.answer(by=world.otieno, question=asked, text="Because of the whole.")
    page.wait_for_selector("#stream li:has-text('Because of the whole.')", timeout=15000)
    assert "1 answer" in page.inner_text("#answers")


def test_an_urdu_word_in_an_english_page_stands_right(come_in, world):
    page = come_in(world.amina, inside(world.maths))
    page.fill(".write textarea", "کسر کو کیسے سمجھائیں؟")
    page.click(".write .go")
    page.wait_for_selector(".mine .ok")
    direction = "getComputedStyle(document.querySelector('.mine .words')).direction"
    assert page.evaluate(direction) == "rtl"


PAGES = ["", "tea", "ask", "/search", "/search?q=fold"]


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out_inside_a_community(come_in, sideways, world, path, width):
    Post.objects.create(
        community=world.maths,
        kind="question",
        author=world.otieno,
        topic="Paper folding",
        grade=7,
        text="Fold " + "averyveryverylongwordwithoutanybreak" * 3,
    )
    where = path if path.startswith("/") else inside(world.maths, path)
    page = come_in(world.amina, where, width=width)
    assert sideways(page) == []
    page.evaluate("document.documentElement.classList.add('big')")
    assert sideways(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious_inside_a_community(come_in, axe, world, path):
    for kind in ("question", "message", "prompt", "celebration"):
        for author in (world.otieno, world.amina):
            Post.objects.create(
                community=world.maths, kind=kind, author=author, about=world.nafula, text="Fold it."
            )
    assert axe(come_in(world.amina, inside(world.maths, path), bypass_csp=True)) == []


@pytest.mark.parametrize("mark", ["", "#new"])
def test_one_enters_at_the_newest_when_all_is_read(come_in, world, mark):
    for number in range(30):
        Post.objects.create(
            community=world.maths, kind="message", author=world.amina, text=f"Message {number}"
        )
    page = come_in(world.amina, inside(world.maths, mark))
    page.wait_for_timeout(200)
    assert page.locator("text=Message 29").bounding_box()["y"] < 640
