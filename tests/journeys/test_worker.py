"""What stands between the pages and the signal: visited, read without signal, current again, cleared."""

import re
import threading

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Error

from staffroom.communities.models import Membership
from staffroom.conversations.models import Post
from staffroom.conversations.views import stream
from staffroom.core.lean import lean
from staffroom.web.worker import views
from tests.firewall.sample import furnish
from tests.journeys.test_shared_phone import KEPT, enter, phone  # noqa: F401

pytestmark = pytest.mark.returning


@pytest.fixture
def visit(come_in, world):
    """A phone of Amina's on which the worker stands, with the pages it has opened since."""

    def make(*paths, person=None, **more):
        page = come_in(person or world.amina, "/", **more)
        ready(page)
        for path in paths:
            page.goto(path)
            settled(page)
        return page

    return make


def ready(page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.wait_for_function("() => navigator.serviceWorker.controller")


def settled(page) -> None:
    """Once the page is current and its copy lies on the phone."""
    page.wait_for_function(
        """async () => {
          if (document.body.dataset.kept) return false;
          const pages = (await caches.keys()).filter(name => name.startsWith('pages-'));
          for (const name of pages) if (await (await caches.open(name)).match(location.href.replace(/#.*/, ''))) return true;
        }"""
    )


def room(community) -> str:
    return reverse("stream", args=[community.pk])


@pytest.fixture
def slow(monkeypatch):
    """Staffroom takes its time with a community's page, until told to go on."""
    go_on, real = threading.Event(), stream._room

    def waits(*args):
        go_on.wait(10)
        return real(*args)

    def make():
        monkeypatch.setattr(stream, "_room", waits)
        return go_on

    yield make
    go_on.set()


def test_what_was_visited_is_read_without_signal_and_says_as_of_when(visit, world, complaints):
    Post.objects.create(community=world.maths, author=world.baraka, text="Fold the paper first")
    page = visit(room(world.maths), "/communities")
    page.context.set_offline(True)
    page.goto(room(world.maths))
    assert page.locator("text=Fold the paper first").count() == 1
    assert re.fullmatch(r"(No signal\. )?As of \d\d:\d\d", page.locator("#when").inner_text())
    page.goto("/me/settings")
    assert page.locator("#missing").is_visible()
    page.locator("#visited a", has_text="Mathematics, Mwingi").wait_for()
    page.click("#visited a:has-text('Mathematics, Mwingi')")
    page.wait_for_selector("text=Fold the paper first")


def test_it_opens_from_the_phone_and_becomes_current_around_what_is_typed(visit, world, slow):
    page = visit(room(world.maths), "/communities")
    Post.objects.create(community=world.maths, author=world.baraka, text="New since then")
    go_on = slow()
    page.goto(room(world.maths))
    assert page.get_attribute("body", "data-kept")
    assert "Updating" in page.locator("#when").inner_text()
    assert page.locator("text=New since then").count() == 0
    page.fill(".write textarea", "Half a thought")
    go_on.set()
    page.wait_for_selector("text=New since then")
    assert page.input_value(".write textarea") == "Half a thought"
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert page.locator("#when").is_hidden()
    assert page.get_attribute("body", "data-kept") is None


def test_after_signing_out_without_signal_nothing_is_here_and_the_session_ends_at_contact(
    visit, world
):
    page = visit(room(world.maths), "/me")
    page.context.set_offline(True)
    page.click("text=Sign out on this phone")
    page.wait_for_selector("#left:not([hidden])")
    kept = page.evaluate(KEPT)
    assert [name for name in kept["caches"] if not name.startswith(("files-", "state"))] == []
    assert "Amina" not in page.content()
    page.context.set_offline(False)
    page.goto(room(world.maths))
    assert "/sign-in" in page.url


def test_another_on_this_phone_sees_no_page_of_the_first(come_in, world, phone, live_server):  # noqa: F811
    page = come_in()
    page.context.add_cookies([{"name": "p", "value": phone, "url": live_server.url}])
    enter(page, "Amina Hassan", "2741")
    ready(page)
    for path in (room(world.maths), "/me"):
        page.goto(path)
        settled(page)
    Session.objects.all().delete()  # twelve hours later
    page.goto("/communities")
    page.wait_for_url("**/sign-in**")
    page.context.set_offline(True)
    with pytest.raises(Error):
        page.goto("/me")  # locked: nobody is in
    page.context.set_offline(False)
    enter(page, "Baraka Mutiso", "5183")
    ready(page)
    page.goto("/communities")
    settled(page)
    page.context.set_offline(True)
    page.goto("/me")
    assert page.locator("#missing").is_visible()
    assert "Amina" not in page.content()
    assert len([name for name in page.evaluate("caches.keys()") if name.startswith("pages-")]) == 1


def test_a_session_that_ended_leads_from_the_copy_to_the_door(visit, world):
    page = visit(room(world.maths), "/communities")
    Session.objects.all().delete()
    page.goto(room(world.maths))
    page.wait_for_url("**/sign-in**")
    page.context.set_offline(True)
    with pytest.raises(Error):
        page.goto(room(world.maths))


def test_a_membership_that_ended_takes_its_page_away(visit, world):
    page = visit(room(world.maths), "/communities")
    Membership.objects.filter(person=world.amina, community=world.maths).delete()
    page.goto(room(world.maths))
    page.wait_for_function("() => !document.querySelector('#stream')")
    page.context.set_offline(True)
    page.goto(room(world.maths))
    assert page.locator("#missing").is_visible()


def test_after_writing_the_page_comes_from_the_house(visit, world):
    page = visit(room(world.maths), "/me")
    page.goto(room(world.maths))
    settled(page)
    page.fill(".write textarea", "Paper first")
    page.click("[aria-label=Send]")
    page.wait_for_selector("#stream li[id^=p-]:has-text('Paper first')")
    page.goto("/me")
    page.goto(room(world.maths))
    assert page.get_attribute("body", "data-kept") is None
    assert page.locator("text=Paper first").count() == 1


def test_what_may_not_be_kept_is_not_here(visit, world):
    never = [reverse("ask_without_name", args=[world.maths.pk]), reverse("asked_without_name")]
    page = visit(room(world.maths))
    for path in never:
        page.goto(path)
    page.goto("/me")
    settled(page)
    page.context.set_offline(True)
    for path in never:
        page.goto(path)
        assert page.locator("#missing").is_visible()


def test_a_full_phone_reads_on(visit, world):
    page = visit("/me")
    origin = page.evaluate("location.origin")
    tell = page.context.new_cdp_session(page)
    tell.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    page.goto(room(world.maths))
    page.goto("/communities")
    assert page.locator("text=Mathematics, Mwingi").count() == 1


def test_a_new_release_takes_over_between_two_pages(visit, world, monkeypatch):
    page = visit("/communities")
    first = {name for name in page.evaluate("caches.keys()") if name.startswith("files-")}
    monkeypatch.setattr(views, "_lean", lambda: lean(views.SOURCE.read_text()) + "\n// newer\n")
    page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update())")
    page.wait_for_function(
        "() => navigator.serviceWorker.getRegistration().then(one => !!one.waiting)"
    )
    page.goto("/me")
    page.wait_for_function(
        "async old => { const now = (await caches.keys()).filter(name => name.startsWith('files-'));"
        " return now.length == 1 && now[0] != old; }",
        arg=first.pop(),
    )
    assert page.locator("h1").inner_text() == "Amina Hassan"
    page.context.set_offline(True)
    page.goto("/communities")
    assert page.locator("text=Mathematics, Mwingi").count() == 1


def test_a_book_is_kept_read_without_signal_and_goes_when_it_is_taken_out(visit, world):
    house = furnish(world)
    house.resource.title = "Folding fractions"
    house.resource.save()
    book = reverse("resource", args=[house.resource.pk])
    page = visit(book)
    page.click("#keep button")
    page.wait_for_selector("#keep button[aria-pressed=true]")
    page.context.set_offline(True)
    page.goto("/on-this-phone")
    page.locator("#shelved a", has_text="Folding fractions").wait_for()
    page.click("#shelved a")
    page.wait_for_selector("h1:has-text('Folding fractions')")
    kept = page.evaluate(
        "async url => (await (await fetch(url)).blob()).size",
        page.get_attribute("#keep", "data-file"),
    )
    assert kept == house.resource.editions.get().size
    page.context.set_offline(False)
    house.resource.version += 1
    house.resource.save()
    page.goto("/on-this-phone")
    page.wait_for_selector("#shelved >> text=It has changed at Staffroom.")
    page.click("#shelved >> text=Fetch it again")
    page.wait_for_selector("#shelved >> text=It has changed at Staffroom.", state="detached")
    house.resource.removed_at = house.resource.added_at
    house.resource.save()
    page.goto("/on-this-phone")
    page.wait_for_selector("#shelved li", state="detached")
