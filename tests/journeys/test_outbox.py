"""What waits on the phone is seen, mended, thrown away; it is sent by its own person alone."""

import os

import pytest
from PIL import Image

from staffroom.communities.models import Membership
from staffroom.conversations import actions
from staffroom.conversations.models import Post, Report, Thanks
from staffroom.core.ids import short

pytestmark = pytest.mark.returning

#: The worker sends by itself as soon as there is signal.
NO_WORKER = {"service_workers": "block"}
KEPT = "outbox.all().then(acts => acts.length)"


def inside(community, more="") -> str:
    return f"/c/{short(community.pk)}/{more}"


def shot(page, name):
    """For looking at, when SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def ready(page) -> None:
    page.wait_for_selector("#held-words", state="attached")


def offline(page, on=True) -> None:
    ready(page)
    page.context.set_offline(on)


def until(page, what: str) -> None:
    """Until it is so; Playwright's own waiting for a function is against our policy for scripts."""
    for _tenth in range(150):
        if page.evaluate(what):
            return
        page.wait_for_timeout(100)
    raise AssertionError(what)


def press(page, name: str) -> None:
    page.locator("#waiting").get_by_role("button", name=name, exact=True).click()


def say(page, text: str) -> None:
    page.fill(".write textarea", text)
    page.click(".write .go")
    page.wait_for_selector(f".wait:has-text('{text}')")


@pytest.fixture
def board(tmp_path):
    path = tmp_path / "board.png"
    Image.effect_noise((300, 200), 60).convert("RGB").save(path)
    return path


def test_a_question_with_its_photo_outlives_the_page(come_in, world, board, axe):
    page = come_in(world.amina, inside(world.maths, "ask"), bypass_csp=True, **NO_WORKER)
    offline(page)
    page.fill("textarea[name=text]", "Why do we turn it over?")
    page.set_input_files("input[name=photo]", board)
    page.wait_for_selector(".shots img")
    page.select_option("#shows", "nobody")
    page.click("main form .btn.wide")
    page.wait_for_selector(".held .wait:has-text('waiting for signal')")
    assert page.input_value("textarea[name=text]") == ""
    shot(page, "ask-waits")
    offline(page, on=False)
    page.context.route("**/ask", lambda route: route.abort())  # it still does not get through
    page.goto("/me")
    page.wait_for_selector("#held:has-text('Waiting on this phone: 1')")
    shot(page, "banner")
    page.click("#held")
    page.wait_for_selector("#waiting .wait:has-text('turn it over')")
    assert "Photos and files" in page.inner_text("#waiting")
    shot(page, "waiting")
    assert axe(page) == []
    press(page, "Try again")
    page.context.unroute("**/ask")
    page.wait_for_selector("#waiting-none:not([hidden])")
    post = Post.objects.get(kind="question")
    assert post.photos.count() == 1
    assert page.evaluate(KEPT) == 0


def test_a_thank_waits_beside_its_button_and_goes(come_in, world):
    post = actions.ask(by=world.otieno, community=world.maths, text="How many folds?")
    page = come_in(world.amina, inside(world.maths, f"q/{short(post.pk)}"))
    offline(page)
    page.click("text=Thank for asking")
    page.wait_for_selector("small:has-text('waiting for signal')")
    shot(page, "thank-waits")
    assert not Thanks.objects.exists()
    offline(page, on=False)
    page.wait_for_selector("text=Take the thanks back")
    assert Thanks.objects.get().person == world.amina


def test_whoever_is_no_longer_in_reads_so_and_throws_it_away(come_in, world):
    page = come_in(world.amina, inside(world.maths))
    offline(page)
    say(page, "From the far side.")
    Membership.objects.filter(person=world.amina, community=world.maths).update(state="left")
    offline(page, on=False)
    page.wait_for_selector(".wait:has-text('no longer in this community')")
    page.goto("/waiting")
    page.wait_for_selector("#waiting:has-text('no longer in this community')")
    shot(page, "failed")
    press(page, "Throw it away")
    page.wait_for_selector("#waiting:has-text('for good')")
    shot(page, "sure")
    press(page, "Keep it")
    page.wait_for_selector("#waiting >> text=Change it")
    press(page, "Throw it away")
    page.wait_for_selector("#waiting:has-text('for good')")
    press(page, "Throw it away")
    page.wait_for_selector("#waiting-none:not([hidden])")
    assert not Post.objects.exists()


def test_what_was_refused_goes_back_into_its_form(come_in, world):
    page = come_in(world.amina, inside(world.maths))
    offline(page)
    say(page, "We fold it.")
    page.route("**/c/*/", lambda route: route.fulfill(
        status=422, body='<p class="say">Please shorten it.</p>', content_type="text/html",
        headers={"X-Why": "said"},
    ) if route.request.method == "POST" else route.continue_())  # fmt: skip
    offline(page, on=False)
    page.wait_for_selector(".wait:has-text('Please shorten it.')")
    page.unroute("**/c/*/")
    page.goto("/waiting")
    press(page, "Change it")
    page.wait_for_url("**/c/**")
    until(page, "document.querySelector('.write textarea')?.value == 'We fold it.'")
    page.fill(".write textarea", "We fold.")
    page.click(".write .go")
    page.wait_for_selector(".mine:has-text('We fold.') .ok")
    assert page.evaluate(KEPT) == 0
    assert [post.text for post in Post.objects.all()] == ["We fold."]


def test_another_person_on_this_phone_neither_sees_nor_sends_it(
    come_in, world, sign_in, live_server
):
    page = come_in(world.amina, inside(world.maths), **NO_WORKER)
    offline(page)
    say(page, "Half an evening of thought.")
    cookie = {"name": "s", "url": live_server.url}
    page.context.add_cookies([cookie | {"value": sign_in(world.baraka).cookies["s"].value}])
    page.context.set_offline(False)
    page.wait_for_timeout(1500)  # the open page of Amina tries, in the session of Baraka
    page.goto("/waiting")
    ready(page)
    page.wait_for_selector("#waiting-none:not([hidden])")
    assert not Post.objects.exists()
    page.context.add_cookies([cookie | {"value": sign_in(world.amina).cookies["s"].value}])
    page.goto("/waiting")
    page.wait_for_selector("#waiting-none:not([hidden])")
    assert Post.objects.get().author == world.amina


def test_signing_out_with_things_waiting_asks(come_in, world, live_server):
    page = come_in(world.amina, inside(world.maths), **NO_WORKER)
    offline(page)
    say(page, "Before I go.")
    offline(page, on=False)
    page.wait_for_selector(".mine:has-text('Before I go.') .ok")
    page.context.route("**/c/*/", lambda route: route.abort())
    page.fill(".write textarea", "One more.")
    page.click(".write .go")
    page.wait_for_selector(".wait:has-text('One more.')")
    page.goto("/me")
    ready(page)
    page.click("text=Sign out on this phone")
    page.wait_for_selector("#held-leave")
    shot(page, "leave")
    page.click("#held-leave >> text=Stay signed in")
    assert page.locator("#held-leave").count() == 0
    page.context.unroute("**/c/*/")
    page.click("text=Sign out on this phone")
    page.click("#held-leave >> text=Send it first")
    page.wait_for_url("**/sign-in**")
    assert Post.objects.filter(text="One more.").count() == 1


def test_two_open_pages_and_the_worker_send_it_once(come_in, world):
    page = come_in(world.amina, inside(world.maths))
    other = page.context.new_page()
    other.goto(inside(world.maths))
    ready(other)
    offline(page)
    for number in range(5):
        say(page, f"Once only {number}.")
    page.context.set_offline(False)
    other.evaluate("outbox.drain(true)")
    page.evaluate("outbox.drain(true)")
    page.wait_for_selector(".mine:has-text('Once only 4.') .ok")
    said = Post.objects.order_by("created_at", "id").values_list("text", flat=True)
    assert list(said) == [f"Once only {number}." for number in range(5)]


def test_the_worker_sends_where_no_page_is_open(come_in, world, live_server):
    page = come_in(world.amina, inside(world.maths))
    other = page.context.new_page()
    other.goto("about:blank")
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.route("**/c/*/", lambda route: route.abort())  # for the page alone
    ready(page)
    say(page, "By the worker.")
    page.wait_for_timeout(300)
    page.close()
    for _tenth in range(150):
        if Post.objects.filter(text="By the worker.").exists():
            break
        other.wait_for_timeout(100)
    assert Post.objects.filter(text="By the worker.").count() == 1


NO_STORE = "Object.defineProperty(window, 'indexedDB', {get() { throw new Error('private'); }})"
NO_ROOM = """IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }"""


@pytest.mark.parametrize("broken", [NO_STORE, NO_ROOM], ids=["private mode", "no room"])
def test_where_nothing_can_be_kept_the_form_goes_as_without_a_script(come_in, world, broken):
    page = come_in(world.amina)
    page.add_init_script(broken)
    page.goto(inside(world.maths))
    ready(page)
    page.fill(".write textarea", "Sent all the same.")
    page.click(".write .go")
    page.wait_for_selector(".mine:has-text('Sent all the same.') .ok")
    page.context.set_offline(True)
    page.fill(".write textarea", "Not lost.")
    page.click(".write .go")
    page.wait_for_selector("[role=alert]:has-text('no room to keep it')")
    assert page.input_value(".write textarea") == "Not lost."


def test_too_large_to_keep_goes_the_plain_way(come_in, world):
    page = come_in(world.amina, inside(world.maths))
    ready(page)
    page.evaluate("outbox.MOST = 10")
    page.fill(".write textarea", "Longer than ten.")
    page.click(".write .go")
    page.wait_for_selector(".mine:has-text('Longer than ten.') .ok")


def test_a_report_waits_too(come_in, world):
    post = actions.say(by=world.otieno, community=world.maths, text="Buy my phone.")
    page = come_in(world.amina, inside(world.maths, f"p/{short(post.pk)}/report"))
    offline(page)
    page.locator("main form input[type=radio]").first.check()
    page.click("main form .btn")
    page.wait_for_selector(".held .wait")
    assert not Report.objects.exists()
    offline(page, on=False)
    page.wait_for_selector(".held >> text=Sent.")
    assert Report.objects.count() == 1


def test_without_a_name_nothing_is_kept_and_it_is_said(come_in, world):
    page = come_in(world.amina, inside(world.maths, "ask/without-name"))
    offline(page)
    page.fill("textarea[name=text]", "Why is a minus times a minus a plus?")
    page.click("main form .btn.wide")
    page.wait_for_selector("[role=alert]:has-text('nothing is kept on this phone')")
    shot(page, "quiet")
    assert page.evaluate(KEPT) == 0
    assert "minus" in page.input_value("textarea[name=text]")
