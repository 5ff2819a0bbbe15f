"""The frame of every page: small screens, large letters, right to left, keyboard, no script, policy."""

import pytest

PUBLIC = ["/", "/sign-in", "/about/privacy", "/nothing-here", "/style"]
INSIDE = ["/", "/communities", "/me"]


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


@pytest.mark.parametrize("path", PUBLIC)
def test_a_stranger_finds_nothing_sticking_out_at_320_px(come_in, sideways, db, path):
    assert sideways(come_in(None, path, width=320)) == []


@pytest.mark.parametrize("path", [*INSIDE, "/style"])
def test_nothing_sticks_out_with_letters_twice_as_large(come_in, sideways, world, path):
    page = come_in(world.amina, path, width=320)
    page.evaluate("document.documentElement.classList.add('big')")
    assert sideways(page) == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", PUBLIC)
def test_axe_finds_nothing_serious(come_in, axe, db, path, dark):
    page = come_in(None, path, dark=dark, bypass_csp=True)
    assert axe(page) == []


def test_the_page_mirrors_for_urdu(come_in, sideways, world):
    world.amina.language = "ur"
    world.amina.save()
    page = come_in(world.amina, "/")
    assert page.get_attribute("html", "dir") == "rtl"
    line = page.evaluate("getComputedStyle(document.querySelector('.page'), '::before').right")
    assert line.endswith("px")
    assert float(line[:-2]) < 60
    assert sideways(page) == []


def test_the_browser_has_nothing_to_complain_of(come_in, world, complaints):
    for path in [*INSIDE, "/style", "/about/privacy"]:
        come_in(world.amina, path)
    assert complaints == []


def test_the_skip_link_is_the_first_stop_and_leads_to_the_page(come_in, world):
    page = come_in(world.amina, "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_menu_opens_and_closes_by_keyboard(come_in, db):
    page = come_in(None, "/style")
    page.focus(".board .menu summary")
    page.keyboard.press("Enter")
    assert page.locator(".board .menu a").first.is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".board .menu a").first.is_visible()


def test_the_menu_opens_without_javascript(come_in, db):
    page = come_in(None, "/style", javascript=False)
    page.click(".board .menu summary")
    assert page.locator(".board .menu a").first.is_visible()


def test_everything_one_can_touch_is_large_enough(come_in, world):
    small = """() => [...document.querySelectorAll('a,button,summary,input,select,textarea')]
      .filter(node => node.offsetParent && !node.closest('p:not(.quiet),.skip,.pick,li.list') && node.type != 'hidden')
      .filter(node => node.getBoundingClientRect().height < 43.5)
      .map(node => node.outerHTML.slice(0, 120))"""
    for path in [*INSIDE, "/style"]:
        assert come_in(world.amina, path).evaluate(small) == []


def test_lost_signal_is_said_plainly(come_in, world):
    page = come_in(world.amina, "/")
    assert not page.locator("#off").is_visible()
    page.context.set_offline(True)
    page.wait_for_selector("#off:not([hidden])")
    page.context.set_offline(False)
    page.wait_for_selector("#off", state="hidden")
