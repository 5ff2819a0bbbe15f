"""Every page of the product in Urdu on a small phone, read from the URL configuration.

With STAFFROOM_PICTURES=FOLDER a picture of each page is kept there, for people to look at.
"""

import os
import re
from pathlib import Path

import polib
import pytest

from tests.firewall.routes import Route, all_routes
from tests.firewall.rules import ALLOWED, FURTHER, NOBODY
from tests.firewall.sample import address, furnish

CATALOGUE = Path(__file__).parents[2] / "staffroom/locale/ur/LC_MESSAGES/django.po"
#: Whom we ask first for a page that several people may open.
ORDER = ["amina", "baraka", "gathoni", "hamisi", "daudi", "chausiku", NOBODY]
FILES = re.compile(r"photo|/file$|\.(csv|xlsx|json|zip|svg)$|/new$|style$|export/")

READ = """() => {
  const found = [], words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const node = words.currentNode.parentElement, text = words.currentNode.textContent.trim();
    if (text && node.checkVisibility() && !node.closest('[translate=no],[lang]:not(html):not([lang=ur]),[dir=auto],bdi,script,textarea,option')) found.push(text);
  }
  for (const node of document.querySelectorAll('[aria-label],[placeholder],[title]'))
    for (const name of ['aria-label', 'placeholder', 'title']) if (node.getAttribute(name)) found.push(node.getAttribute(name));
  return found;
}"""
CLIPPED = """() => [...document.querySelectorAll('main *, .bar *, .board *')].filter(node => {
  if (!node.checkVisibility() || node.closest('.vh,svg,.chips,.said,.one,.tw,textarea,select,math,.across,.long')) return false;
  const style = getComputedStyle(node), hides = style.overflowX != 'visible' || style.overflowY != 'visible';
  const box = node.matches('.btn,.tabs a,.pick,.r,.chip,.hit,.tear,.new,.av');
  if (!hides && !box) return false;
  return node.scrollWidth > node.clientWidth + 2 || node.scrollHeight > node.clientHeight + 3;
}).map(node => node.outerHTML.slice(0, 120))"""
ICONS = """() => [...document.querySelectorAll('svg.i')].filter(svg => svg.checkVisibility()).filter(svg => {
  const name = svg.querySelector('use').getAttribute('href').split('#')[1];
  const turned = getComputedStyle(svg).transform.startsWith('matrix(-1');
  return turned != ['back', 'next', 'send', 'reply'].includes(name);
}).map(svg => svg.outerHTML.slice(0, 120))"""
NUMBERS = """() => {
  const found = [], words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const node = words.currentNode.parentElement;
    if (!node.checkVisibility() || !/\\+?\\d[\\d ]{7,}\\d|\\d KB\\b.*\\d KB\\b|https?:/.test(words.currentNode.textContent)) continue;
    if (node.closest('p,li,legend,span.s')?.textContent.match(/KB/) && !/\\+\\d/.test(words.currentNode.textContent)) continue;
    if (getComputedStyle(node).direction != 'ltr') found.push(words.currentNode.textContent.trim());
  }
  for (const input of document.querySelectorAll('input[type=tel],input.code'))
    if (getComputedStyle(input).direction != 'ltr') found.push(input.name);
  return found;
}"""
#: Under the heading all lines begin at the right, in whatever letters.
BOARD = """() => [...document.querySelectorAll('.top h1, .top p')].filter(node => node.checkVisibility()
  && getComputedStyle(node).direction == 'ltr' || node.dir == 'auto').map(node => node.outerHTML.slice(0, 90))"""
LATIN = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")


def english() -> set[str]:
    """Texts of the product that read otherwise in Urdu."""
    return {
        entry.msgid
        for entry in polib.pofile(str(CATALOGUE))
        if entry.msgstr and entry.msgstr != entry.msgid and len(entry.msgid) > 2
    }


def opens(route: Route) -> str:
    """The first of the known people whom the page lets in."""
    allowed = FURTHER.get(route.name, ALLOWED.get(route.rule, set()))
    if route.name in {"sign_in", "sign_in_code", "staff_password", "join", "gone"}:
        return NOBODY if NOBODY in allowed else ""
    return next((name for name in ORDER if name in allowed), "")


ROUTES = [
    route for route in all_routes() if not route.is_third_party and not FILES.search(route.pattern)
]


def wrong_on(page, sideways, known: set[str]) -> list[str]:
    """All that is not as Urdu should be on the page that stands open."""
    root = page.evaluate("[document.documentElement.dir, document.documentElement.lang]")
    found = [] if root == ["rtl", "ur"] else [f"it is {root}"]
    said = page.evaluate(READ)
    found += [f"English: {text[:80]}" for text in said if text in known or LATIN.search(text)]
    found += [f"sticks out: {what}" for what in sideways(page)]
    found += [f"is cut off: {what}" for what in page.evaluate(CLIPPED)]
    found += [f"is turned the wrong way: {what}" for what in page.evaluate(ICONS)]
    found += [f"begins at the left: {what}" for what in page.evaluate(BOARD)]
    found += [f"runs from the right: {what}" for what in page.evaluate(NUMBERS)]
    return found


def is_page(answer) -> bool:
    """Not a redirect, a file, a piece of a page, or something that only takes a form."""
    html = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    return html and b"<html" in answer.content


def keep(page, name: str) -> None:
    if folder := os.environ.get("STAFFROOM_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.slow
@pytest.mark.parametrize("who", ORDER)
def test_every_page_is_whole_in_urdu(who, come_in, world, settings, sideways, sign_in):
    settings.DEMO = False
    furnish(world)
    person = getattr(world, who, None)
    if person:
        type(person).objects.filter(pk=person.pk).update(language="ur")
    client, page = sign_in(person), come_in(person)
    if not person:
        page.context.add_cookies([{"name": "l", "value": "ur", "url": page.url}])
    known, wrong, seen = english(), [], 0
    for route in ROUTES:
        if opens(route) != who:
            continue
        url = address(route, world)
        if not is_page(client.get(url)):
            continue
        page.goto(url, wait_until="domcontentloaded")
        seen += 1
        keep(page, f"{who}-{route.name}")
        wrong += [f"{route}: {what}" for what in wrong_on(page, sideways, known)]
    assert not wrong, "\n".join(wrong)
    assert seen or who in {"chausiku"}


def test_the_checks_can_fail(come_in, world, sideways):
    """A page with one fault of each kind is found out."""
    type(world.amina).objects.filter(pk=world.amina.pk).update(language="ur")
    page = come_in(world.amina, "/me")
    assert wrong_on(page, sideways, english()) == []
    page.evaluate("""() => {
      document.querySelector('main').insertAdjacentHTML('beforeend', `<p>Sign out on this phone</p>
        <p>these are english words</p><div class="btn" id="cut"></div>
        <p id="wide">x</p><p>+254 700 000 001</p>`);
      document.getElementById('cut').textContent = 'ا'.repeat(9) + ' ' + 'ب'.repeat(99);
      document.getElementById('cut').style.cssText = 'inline-size:40px;block-size:20px;overflow:hidden';
      document.getElementById('wide').style.inlineSize = '900px';
      document.querySelector('main svg.i:not(.flip)').classList.add('flip');
    }""")
    found = "\n".join(wrong_on(page, sideways, english()))
    for kind in (
        "English: Sign out",
        "English: these",
        "sticks out",
        "is cut off",
        "turned",
        "from",
    ):
        assert kind in found, f"{kind} is not found:\n{found}"
