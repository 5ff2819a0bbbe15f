"""A real browser for the journeys: Debian's Chromium on a phone-sized screen, a live server behind it."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
HERE = Path(__file__).parent
PHONE = {"width": 360, "height": 640}


def pytest_collection_modifyitems(items) -> None:
    """Every journey is marked `browser`; without Chromium they are skipped, but never in CI."""
    reason = "no Chromium on this machine: apt-get install chromium"
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and os.environ.get("CI") != "true":
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser(engine) -> Iterator:
    assert CHROMIUM, "CI must have Chromium: apt-get install chromium"
    chromium = engine.chromium.launch(
        executable_path=CHROMIUM,
        args=[
            "--no-sandbox",
            "--disable-dev-shm-usage",
            # A microphone that beeps, and a person who allows it.
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
        ],
    )
    yield chromium
    chromium.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console said in this test: violations of the policy, errors of scripts."""
    return []


#: A phone on which Staffroom was open before: so its worker comes with the first page.
RETURNING = "if (!localStorage.getItem('at')) localStorage.setItem('at', '1')"


@pytest.fixture
def open_phone(request, browser, complaints) -> Iterator[Callable]:
    """A fresh browser: `open_phone(javascript=False, dark=True, width=320)` gives its page."""
    contexts = []
    returning = request.node.get_closest_marker("returning")

    def make(*, javascript=True, dark=False, width=PHONE["width"], height=PHONE["height"], **more):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            **more,
        )
        context.set_default_timeout(20_000)
        if returning:
            context.add_init_script(RETURNING)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda line: complaints.append(line.text) if line.type == "error" else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    if returning:  # what a worker asked for last is answered before the tables are emptied
        time.sleep(0.4)


@pytest.fixture
def come_in(open_phone, live_server, sign_in) -> Callable:
    """A page of the live server; with a person, signed in as by code: `come_in(world.amina)`."""

    def make(person=None, path="/", **phone):
        page = open_phone(base_url=live_server.url, **phone)
        if person is not None:
            cookie = sign_in(person).cookies["s"]
            page.context.add_cookies([{"name": "s", "value": cookie.value, "url": live_server.url}])
        page.goto(path)
        return page

    return make


@pytest.fixture
def world(transactional_db, world):
    """The known world, committed, so that the server's threads see it."""
    return world


SIDEWAYS = """() => {
  const wide = document.documentElement.clientWidth;
  const found = [...document.querySelectorAll('body *')].filter(node => {
    const box = node.getBoundingClientRect();
    if (!box.width || !box.height || !node.checkVisibility() || node.closest('.tw,.chips,.sum,.vh,.skip,.across,.long,svg')) return false;
    return box.right > wide + 1 || box.left < -1;
  });
  return found.map(node => node.outerHTML.slice(0, 90)).slice(0, 5)
    .concat(document.scrollingElement.scrollWidth > wide + 1 ? ['the page itself'] : []);
}"""


@pytest.fixture
def sideways() -> Callable:
    """What sticks out of a page at its side."""
    return lambda page: page.evaluate(SIDEWAYS)


@pytest.fixture
def axe() -> Callable:
    """What axe finds that a person would stumble over: serious and critical."""

    def run(page) -> list[str]:
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        return [
            f"{one['id']}: {one['nodes'][0]['html'][:160]}"
            for one in found
            if one["impact"] in {"serious", "critical"}
        ]

    return run
