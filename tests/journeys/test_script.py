"""app.js and outbox.js against a server that answers as told: waiting, retrying, polling, drafts."""

import json
import re
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

CORE = Path(__file__).parents[2] / "staffroom" / "core"
PAGE = """<!doctype html><html lang="en"><title>Stream</title><body data-me="abc">
<ol id="stream" data-poll="/new?room=tea" data-cursor="c0"><li id="p-1">First <button form="act" formaction="/thank">Thank</button></li></ol>
<template id="pencil" data-waits="waiting for signal" data-needs="needs you" data-again="Try again" data-change="Change it"
 data-new="There is something new below."><li class="mine"><div class="wait"><p class="words"></p>
 <p class="st"><span></span></p></div></li></template>
<form method="post" action="/say" data-outbox data-send="#stream" data-draft="lessons" data-draft-url="/draft">
<input type="hidden" name="csrfmiddlewaretoken" value="t"><input type="hidden" name="id" value="server" data-new-id>
<textarea name="text"></textarea><button>Send</button></form>
<form method="post" action="/help" data-outbox data-swap="#helped"><button id="b">This helped</button></form>
<form id="act" method="post" data-outbox data-swap="entry"></form>
<p id="helped">0</p><a class="file photo" href="/full" data-photo="/small">Photo 38 KB</a>
<form method="post" action="/sign-out"><button id="out">Sign out</button></form>
<script src="/app.js" data-outbox="/outbox.js"></script></body></html>"""
UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><rect width="2" height="2"/></svg>'


@pytest.fixture
def app(open_phone, complaints):
    """The page in a browser, and what its server got and shall answer."""
    server = SimpleNamespace(
        got=[], say=lambda form: (200, ""), new=lambda: (204, "", ""), drafts=[]
    )

    def answer(route):
        request = route.request
        path = urlsplit(request.url).path
        form = _fields(request.post_data or "")
        done = {"X-Done": request.headers.get("x-act", "").split(" ")[0]}
        if path in {"/app.js", "/outbox.js"}:
            route.fulfill(path=CORE / "static" / path[1:], content_type="text/javascript")
        elif path == "/say":
            server.got.append(form)
            status, html = server.say(form)
            route.abort() if status == 0 else route.fulfill(
                status=status,
                body=html,
                content_type="text/html",
                headers=done if status == 200 else {"X-Why": "said"},
            )
        elif path == "/new":
            server.got.append(parse_qs(urlsplit(request.url).query))
            status, html, cursor = server.new()
            route.fulfill(status=status, body=html, headers={"X-Cursor": cursor})
        elif path == "/draft":
            server.drafts.append(form)
            route.fulfill(status=204)
        elif path == "/help":
            route.fulfill(body='<p id="helped">1</p>', content_type="text/html", headers=done)
        elif path == "/thank":
            route.fulfill(
                body='<li id="p-1">First <button form="act" formaction="/unthank">Thanked</button></li>',
                content_type="text/html",
                headers=done,
            )
        elif path == "/small":
            route.fulfill(body=PIXEL, content_type="image/svg+xml")
        elif path == "/":
            route.fulfill(body=PAGE, content_type="text/html")
        else:
            route.fulfill(
                body="" if path == "/waiting/words" else "<title>Else</title>",
                content_type="text/html",
            )

    page = open_phone()
    page.route("**/*", answer)
    page.clock.install()
    page.goto("http://staffroom.test/")
    return SimpleNamespace(page=page, server=server)


def _fields(text: str) -> dict[str, str]:
    """What was sent: one line of fields, or a form in parts."""
    if not text.startswith("--"):
        return dict(parse_qsl(text, keep_blank_values=True))
    return dict(re.findall(r'name="([^"]+)"\r\n\r\n(.*?)\r\n--', text, re.S))


def _say(page, text: str) -> None:
    page.fill("textarea", text)
    page.click("text=Send")


def test_ids_are_made_on_the_phone_and_a_sent_one_is_not_used_again(app):
    first = app.page.input_value("[name=id]")
    assert UUID7.fullmatch(first)
    app.server.say = lambda form: (200, f'<li id="p-{form["id"]}">{form["text"]}</li>')
    _say(app.page, "Paper first")
    app.page.wait_for_selector("#stream li[id^=p-]:has-text('Paper first')")
    assert app.server.got[0]["id"] == first
    assert app.page.input_value("[name=id]") != first
    assert app.page.locator(".wait").count() == 0
    assert app.page.input_value("textarea") == ""


def test_without_signal_it_waits_survives_a_reload_and_goes_once_with_the_same_id(app):
    app.server.say = lambda form: (0, "")
    _say(app.page, "How many folds?")
    app.page.wait_for_selector(".wait:has-text('waiting for signal')")
    for _moment in range(100):  # until it was tried once
        if any("text" in form for form in app.server.got):
            break
        app.page.wait_for_timeout(50)
    app.page.reload()
    app.page.wait_for_selector(".wait:has-text('How many folds?')")
    app.server.say = lambda form: (200, f'<li id="p-{form["id"]}">{form["text"]}</li>')
    for _moment in range(8):
        app.page.clock.run_for(2_000)
        app.page.wait_for_timeout(60)
    app.page.wait_for_selector("#stream li[id^=p-]:has-text('How many folds?')")
    sent = [form for form in app.server.got if "text" in form]
    assert len(sent) >= 2
    assert len({form["id"] for form in sent}) == 1
    assert app.page.locator("text=How many folds?").count() == 1
    app.page.reload()
    assert app.page.locator(".wait").count() == 0


def test_a_refusal_says_why_and_gives_the_words_back(app):
    app.server.say = lambda form: (422, '<p class="say">Please shorten it.</p>')
    _say(app.page, "Long words")
    app.page.wait_for_selector(".wait:has-text('needs you: Please shorten it.')")
    app.page.click("text=Change it")
    app.page.wait_for_function("document.querySelector('textarea').value == 'Long words'")
    app.server.say = lambda form: (200, f'<li id="p-{form["id"]}">{form["text"]}</li>')
    _say(app.page, "Short words")
    app.page.wait_for_selector("#stream li:has-text('Short words')")
    app.page.wait_for_timeout(100)
    assert app.page.locator("text=Long words").count() == 0


def test_polling_backs_off_appends_and_remembers_the_cursor(app):
    app.page.clock.run_for(5_100)
    app.page.wait_for_timeout(100)
    assert app.server.got == [{"room": ["tea"], "after": ["c0"]}]
    app.page.clock.run_for(5_100)
    app.page.wait_for_timeout(100)
    assert len(app.server.got) == 1, "the second poll comes later than the first"
    answers = [(200, '<li id="p-1">First, edited</li><li id="p-2">Second</li>', "c1")]
    app.server.new = lambda: answers.pop() if answers else (204, "", "")
    app.page.clock.run_for(3_000)
    app.page.wait_for_selector("#p-2")
    assert app.page.locator("#stream li").all_inner_texts() == ["First, edited", "Second"]
    app.page.clock.run_for(5_100)
    app.page.wait_for_timeout(100)
    assert app.server.got[-1]["after"] == ["c1"]


def test_a_draft_is_kept_at_once_and_forgotten_when_sent(app):
    app.page.fill("textarea", "Half a thought")
    app.page.clock.run_for(2_100)
    app.page.wait_for_timeout(100)
    assert json.loads(app.server.drafts[0]["fields"]) == {"text": "Half a thought"}
    assert app.server.drafts[0]["place"] == "lessons"
    app.page.reload()
    assert app.page.input_value("textarea") == "Half a thought"
    app.server.say = lambda form: (200, f'<li id="p-{form["id"]}">{form["text"]}</li>')
    app.page.click("text=Send")
    app.page.wait_for_selector("#stream li:has-text('Half a thought')")
    app.page.reload()
    assert app.page.input_value("textarea") == ""


def test_sign_out_leaves_nothing_on_the_phone(app):
    app.page.fill("textarea", "Half a thought")
    app.page.click("#out")
    app.page.wait_for_function("document.title == 'Else'")
    assert app.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_part_answers_for_itself(app):
    app.page.click("#b")
    app.page.wait_for_selector("#helped:has-text('1')")


def test_a_button_of_an_entry_renews_the_entry_and_keeps_the_focus(app):
    app.page.click("text=Thank")
    app.page.wait_for_selector("#p-1:has-text('Thanked')")
    assert app.page.evaluate("document.activeElement.textContent") == "Thanked"
    assert app.page.locator("#stream li").count() == 1


def test_a_photo_loads_in_place_only_when_tapped(app):
    assert app.page.locator("a.photo img").count() == 0
    app.page.click("a.photo")
    app.page.wait_for_selector("a.photo img[alt='Photo 38 KB']")
    assert app.page.title() == "Stream"


def test_the_script_has_no_errors(app, complaints):
    app.page.wait_for_timeout(100)
    assert complaints == []
