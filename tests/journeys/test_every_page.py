"""Every page that links lead to, for each kind of person: nothing sticks out, nothing stumbles, nothing complains."""

import re
from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest

from staffroom.conversations.models import Document, Photo, Post, Recording
from staffroom.core.clock import now
from tests.journeys.test_lesson_plan import furnished

SHORT = re.compile(r"[A-Za-z0-9_-]{22}(?=/|$)")
FILES = re.compile(
    r"/guide\?lang|/photo/|/paper/|/library/[^/]+/(file|look)/|/staff/|/export/file|/static/|/qr|/pdf$|\.(csv|xlsx|json|zip|svg|txt)$"
)
MOST = 70
SMALL = """() => [...document.querySelectorAll('a,button,summary,input,select,textarea')]
  .filter(node => node.offsetParent && node.type != 'hidden')
  .filter(node => !node.matches('.vh') && !node.closest('p:not(.quiet),.list,dd,td,.words,.skip,.pick,.ban,.notice,.facts'))
  .filter(node => node.getBoundingClientRect().height < 43.5)
  .map(node => node.outerHTML.slice(0, 140))"""


def shape(url: str) -> str:
    """The page without its ids, so that each kind of page is looked at once."""
    parts = urlsplit(url)
    names = ",".join(sorted(part.split("=")[0] for part in parts.query.split("&") if part))
    path = SHORT.sub("*", parts.path)
    return re.sub(r"/(levers|design|evidence)/[^/]+$", r"/\1/*", path) + "?" + names


def walk(page, start: str = "/"):
    """Each kind of page that can be reached by links, once."""
    page.goto(start)
    home = urlsplit(page.url).netloc
    seen, waiting = {shape(page.url)}, deque([page.url])
    while waiting and len(seen) <= MOST:
        url = waiting.popleft()
        answer = page.goto(url)
        yield url, answer
        for href in page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)"):
            link = urljoin(url, href).split("#")[0]
            kind = shape(link)
            if urlsplit(link).netloc == home and kind not in seen and not FILES.search(link):
                seen.add(kind)
                waiting.append(link)


@pytest.fixture
def busy(world, settings):
    """A world in which much has been said."""
    settings.DEMO = False
    for author in (world.otieno, world.amina):
        for kind in ("message", "question", "prompt", "celebration"):
            post = Post.objects.create(
                community=world.maths,
                kind=kind,
                author=author,
                about=world.nafula if kind == "celebration" else None,
                saying="Haba na haba hujaza kibaba." if kind == "celebration" else "",
                text="How many quarters are in three? They counted twelve.",
                topic="Fractions",
                grade=7,
            )
            if kind == "question":
                Post.objects.create(
                    community=world.maths,
                    kind="answer",
                    question=post,
                    author=world.baraka,
                    text="Fold paper.",
                    helped_count=2,
                )
                Post.objects.filter(pk=post.pk).update(answer_count=1, helped_count=2)
    Photo.objects.create(
        community=world.maths, post=post, owner=world.otieno, width=4, height=3, size=38_000
    )
    about = {"community": world.maths, "post": post, "owner": post.author, "size": 38_000}
    Recording.objects.create(seconds=65, transcript="Fold it twice.", **about)
    Document.objects.create(
        name="Lesson plan, fractions, grade 6.pdf",
        kind="pdf",
        pages=2,
        first_page_size=9000,
        **about,
    )
    Post.objects.filter(pk=post.pk).update(attached_count=2, text=r"$\frac{3}{4}$ of $5")
    Post.objects.filter(kind="prompt", author=world.amina).update(pinned_at=now())
    furnished(world)
    return world


PEOPLE = ["amina", "baraka", "chausiku", "esther", "gathoni", "hamisi"]


@pytest.mark.slow
@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_opens_fits_and_can_be_used_by_all(
    come_in, busy, sideways, complaints, axe, who
):
    """On 320 pixels; axe finds nothing serious."""
    page = come_in(getattr(busy, who), width=320)
    wrong = []
    for url, answer in walk(page):
        path = urlsplit(url).path
        if answer.status >= 400:
            wrong.append(f"{path}: {answer.status}")
            continue
        wrong += [f"{path} sticks out: {what}" for what in sideways(page)]
        wrong += [f"{path} too small to touch: {what}" for what in page.evaluate(SMALL)]
        wrong += [f"{path}: {what}" for what in axe(page)]
        if page.locator("h1").count() != 1:
            wrong.append(f"{path}: {page.locator('h1').count()} first headings")
    assert not wrong, "\n".join(wrong)
    assert complaints == []


#: English sentences, Latin commas and full stops after Urdu letters, dots that read as zeros.
FOREIGN = """() => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (words.nextNode()) {
    const text = words.currentNode.textContent, node = words.currentNode.parentElement;
    if (!node.checkVisibility() || node.closest('[lang]:not(html),[dir=auto],bdi,script,style,textarea')) continue;
    if (/[a-z]{2,} [a-z]{2,} [a-z]{2,}/.test(text)) found.push(text.trim().slice(0, 80));
  }
  return found.concat(document.body.innerText.match(/.{0,30}(\u00b7|[\u0620-\u06d3][,.;?](?=\\s)).{0,30}/g) || []);
}"""


@pytest.mark.slow
# All people read all pages in Urdu in test_urdu.py; here it is the size of the letters.
@pytest.mark.parametrize("who", ["amina", "gathoni"])
def test_every_page_is_urdu_mirrored_and_carries_letters_twice_as_large(
    come_in, busy, sideways, who
):
    person = getattr(busy, who)
    person.language = "ur"
    person.save()
    page = come_in(person)
    wrong = []
    for url, _answer in walk(page):
        path = urlsplit(url).path
        if page.evaluate("document.documentElement.dir") != "rtl":
            wrong.append(f"{path}: is not mirrored")
        wrong += [f"{path} is not Urdu: {what}" for what in page.evaluate(FOREIGN)]
        page.evaluate("document.documentElement.classList.add('big')")
        wrong += [f"{path} sticks out: {what}" for what in sideways(page)]
    assert not wrong, "\n".join(wrong)
