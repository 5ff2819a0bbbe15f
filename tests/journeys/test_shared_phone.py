"""A phone that two teachers share: nothing of the one is left for the other."""

import pytest
from playwright.sync_api import expect

from staffroom.people import cookie
from staffroom.people.actions import profiles
from staffroom.people.models import Phone

#: What a browser keeps of pages and scripts.
KEPT = """async () => ({
  caches: await caches.keys(),
  local: Object.entries(localStorage),
  session: Object.entries(sessionStorage),
  databases: (await indexedDB.databases()).map(one => one.name),
})"""


@pytest.fixture
def phone(world) -> str:
    """The token of a phone on which Amina and Baraka have a PIN."""
    token = cookie.new_token()
    made = Phone.objects.create(token_hash=cookie.digest(token))
    for person, pin in [(world.amina, "2741"), (world.baraka, "5183")]:
        profile, _ = profiles.keep_profile(person=person, phone=made, kind="shared")
        profiles.set_pin(person=person, profile=profile, pin=pin, again=pin)
    return token


def enter(page, name: str, pin: str) -> None:
    page.goto("/sign-in")
    page.click(f"text={name}")
    page.fill("input[name=pin]", pin)
    page.click("main form .btn")
    page.wait_for_selector(f"text={name.split()[0]}.")


def test_after_sign_out_nothing_of_the_person_is_left(come_in, world, phone, live_server):
    page = come_in()
    page.context.add_cookies([{"name": "p", "value": phone, "url": live_server.url}])
    enter(page, "Amina Hassan", "2741")
    page.evaluate(
        """async () => {
          localStorage.setItem('draft', 'Sekret of Amina');
          sessionStorage.setItem('draft', 'Sekret of Amina');
          await (await caches.open('pages')).put('/me', new Response('Sekret of Amina'));
          await new Promise(done => { const open = indexedDB.open('outbox'); open.onsuccess = () => { open.result.close(); done(); }; });
        }"""
    )
    for path in ("/me/phone", "/communities", "/me"):
        page.goto(path)
    expect(page.locator("body")).to_contain_text("Amina")
    page.click("text=Sign out on this phone")
    page.wait_for_url("**/sign-in")
    kept = page.evaluate(KEPT)
    assert kept == {"caches": [], "local": [], "session": [], "databases": []}
    assert {one["name"] for one in page.context.cookies()} <= {"p", "c"}
    for _ in range(4):
        page.go_back()
        page.wait_for_load_state()
        shown = page.inner_text("body")
        assert "•••" not in shown
        assert "Mathematics, Mwingi" not in shown
        assert "700 000001" not in shown.replace("\u00a0", " ")
        assert not page.locator("[data-me]").count()


def test_the_next_one_comes_in_by_pin_and_sees_their_own(come_in, world, phone, live_server, axe):
    page = come_in(bypass_csp=True)
    page.context.add_cookies([{"name": "p", "value": phone, "url": live_server.url}])
    page.goto("/sign-in")
    assert axe(page) == []
    enter(page, "Amina Hassan", "2741")
    page.goto("/me")
    page.click("text=Sign out on this phone")
    page.wait_for_url("**/sign-in")
    page.click("text=Baraka Mutiso")
    assert axe(page) == []
    page.fill("input[name=pin]", "2741")  # Amina's
    page.click("main form .btn")
    page.wait_for_selector("text=not the PIN")
    page.fill("input[name=pin]", "5183")
    page.click("main form .btn")
    page.goto("/me")
    assert "Baraka Mutiso" in page.inner_text("h1")
