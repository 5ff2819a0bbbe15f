"""What a month of full participation costs a teacher: a browser with the worker, the real servers, true bytes.

python benchmarks/month.py                       English, Swahili and Urdu over HTTP/2 with TLS; then a
                                                 week beside it over HTTP/1.1, and without dictionaries
python benchmarks/month.py --days 6 --only en    quicker

26 days. Each: the app is opened in the morning and in the evening, over a new connection (a phone
does not keep one in a pocket); 20 new messages are read in two communities, two posts sent, three
thanks given, a question read with its answers. Each week also a photo, a puzzle, a lesson plan, a
message that arrives while one reads, five minutes with the page left open, and a Sunday after which
the browser's dictionaries have gone.

Bytes are counted at a relay between browser and server: bodies and headers (with the frames of
HTTP/2) apart, TLS apart. Beside each body stands what the same page would have been with Brotli
alone, with gzip alone, and as it is: the plain server-rendered page without any of this, which is
the naive peer. TCP and IP are not counted, about 40 bytes a packet.
"""

import argparse
import contextlib
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks._relay import Relay
from benchmarks._town import Member, Town, caddy, granian, town

PHOTO = 3_500_000  # as the camera of a cheap phone takes it
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-quic",  # it would go round the relay
]
#: Comes when the page can be read and used already: every page works without its script.
LATER = (".js", "mark.svg", ".webmanifest")
DETAIL = bool(os.environ.get("DETAIL"))
NAMES = {"en": "English", "sw": "Swahili", "ur": "Urdu"}


Launch = Callable[[str], contextlib.AbstractContextManager[Browser]]


@dataclass
class Cost:
    times: int = 0
    requests: int = 0
    body: int = 0  # both ways
    headers: int = 0
    tls: int = 0
    br: int = 0
    gzip: int = 0
    raw: int = 0
    seen: int = 0  # bodies of what is needed to see and use the page
    dcz: int = 0  # how many answers were told by their differences

    def add(self, other: "Cost") -> None:
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def web(self) -> int:
        return self.body + self.headers


@dataclass
class Book:
    """Costs by kind of act, and by day."""

    acts: dict[str, Cost] = field(default_factory=dict)
    days: list[Cost] = field(default_factory=list)
    first: list[Cost] = field(default_factory=list)

    def all(self) -> Cost:
        whole = Cost()
        for cost in self.acts.values():
            whole.add(cost)
        return whole


class Phone:
    """A member's browser, and what it costs."""

    def __init__(self, here: Town, relay: Relay, context: BrowserContext) -> None:
        self.here, self.relay, self.context = here, relay, context
        self.page: Page = context.new_page()
        self.url = f"{'https' if relay.tls else 'http'}://localhost:{relay.port}"
        self.book = Book()
        here.counted()

    @contextlib.contextmanager
    def act(self, name: str, *into: Cost) -> Iterator[None]:
        before = self.relay.read()
        yield
        self.relay.quiet()
        wire = self.relay.read().minus(before)
        lines = self.here.counted()
        if DETAIL:
            for line in lines:
                print(f"    {name[:40]:<42}{line}")
        cost = Cost(1, len(lines), tls=wire.handshake + wire.records)
        for line in lines:
            cost.body += line.get("sent", 0) + line["up"]
            for kind in ("br", "gzip", "raw"):
                setattr(cost, kind, getattr(cost, kind) + line[kind] + line["up"])
            cost.dcz += line.get("coding") == "dcz"
            if not re.sub(r"\.[0-9a-f]{12}\.", ".", line["path"]).endswith(LATER):
                cost.seen += line.get("sent", 0)
        cost.headers = wire.plain - cost.body
        for book in (self.book.acts.setdefault(name, Cost()), *into):
            book.add(cost)

    def open(self, path: str) -> None:
        self.page.goto(self.url + path, wait_until="load")

    def post(self, text: str) -> None:
        self.page.fill(".write textarea", text)
        saved = self.page.locator(".mine .ok")
        before = saved.count()
        self.page.click(".write .go")
        if not _until(self, lambda: saved.count() > before):
            raise SystemExit("a message was not taken: " + self.page.inner_text("main")[-300:])

    def thank(self) -> None:
        self.page.evaluate(
            """() => [...document.querySelectorAll('button[formaction$="/thank"]')].pop()?.click()"""
        )


def day(phone: Phone, member: Member, number: int) -> None:
    today = Cost()
    do = phone.act
    one, two = member.stream(0), member.stream(1)
    question = member.somebody_asks(0) if number % 2 == 0 else ""
    for part in ("morning", "evening"):
        phone.relay.cut()
        member.others_say(0, 5 if question or part == "evening" else 6)
        member.others_say(1, 5 if part == "morning" else 4)
        with do("opening the app (a new connection)", today):
            phone.open("/")
        with do("a community with its new messages", today):
            phone.open(one)
        if part == "morning":
            with do("thanking", today):
                phone.thank()
        else:
            for _ in range(2):
                with do("thanking", today):
                    phone.thank()
            if question:
                with do("(every other day) a question, its answers"):
                    phone.open(question)
        with do("the other community, its new messages", today):
            phone.open(two)
        with do("sending a message", today):
            phone.post(member.next_words())
    phone.book.days.append(today)
    if number % 6 == 5:
        week(phone, member)


def week(phone: Phone, member: Member) -> None:
    do, one = phone.act, member.stream(0)
    member.somebody_shows(0)
    with do("(weekly) the community once more"):
        phone.open(one)
    with do("(weekly) a photo, looked at"):
        phone.page.evaluate(
            "() => [...document.querySelectorAll('a.photo[data-photo]')].pop()?.click()"
        )
    puzzle = member.puzzle()
    with do("(weekly) a puzzle, read and answered"):
        phone.open(puzzle)
        field = phone.page.locator("main input[type=text], main input[type=number]").first
        if field.count():
            field.fill("9")
            with phone.page.expect_navigation(wait_until="load"):
                phone.page.locator("main form.b button.wide").first.click()
    if plan := member.plan():
        with do("(weekly) a lesson plan"):
            phone.open(plan)
    with do("(weekly) a community seen again, nothing new"):
        phone.open(one)
        phone.relay.quiet()
        phone.here.counted()
    with do("(weekly) the same once more, nothing new"):
        phone.open(one)
    with do("(weekly) one message arrives while one reads"):
        member.others_say(0, 1)
        _until(phone, lambda: _seen(phone, member))
    leave_open(phone, one)
    sunday()


def _seen(phone: Phone, member: Member) -> bool:
    words = member.texts[member.said % len(member.texts)][:20]
    return words in phone.page.inner_text("#stream")


def _until(phone: Phone, true: Callable[[], bool], most: float = 30) -> bool:
    stop = time.monotonic() + most
    while not true():
        if time.monotonic() > stop:
            return False
        phone.page.wait_for_timeout(100)
    return True


def leave_open(phone: Phone, path: str) -> None:
    """Five minutes with the page in sight, by the browser's own clock put forward."""
    page = phone.context.new_page()
    page.clock.install()
    page.goto(phone.url + path, wait_until="load")
    phone.relay.quiet()
    phone.here.counted()
    with phone.act("(weekly) five minutes with the page left open"):
        for _ in range(60):
            page.clock.run_for(5000)
            page.wait_for_timeout(40)
    page.close()


def sunday() -> None:
    """More than a day passes: nobody has a dictionary any more."""
    from staffroom.core.models import KeptPage

    KeptPage.objects.all().delete()


def first_visit(phone: Phone, member: Member) -> None:
    """Never been here: Today, then a community. The worker comes when somebody comes back."""
    view, rest = Cost(), Cost()
    phone.here.counted()
    with phone.act("the first visit: Today", view):
        phone.open("/")
    with phone.act("the first visit: a community", rest):
        phone.open(member.stream(0))
    with phone.act("the first visit: the other one"):
        phone.open(member.stream(1))
    whole = Cost()
    whole.add(view)
    whole.add(rest)
    phone.book.first = [view, whole]
    phone.page.evaluate("localStorage.setItem('at', '1')")  # it was long ago


@contextlib.contextmanager
def phone_of(
    browser: Browser, here: Town, relay: Relay, member: Member, language: str
) -> Iterator[Phone]:
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, locale=language,
        user_agent="Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/130.0.0.0 Mobile Safari/537.36",
    )  # fmt: skip
    context.set_default_timeout(30_000)
    phone = Phone(here, relay, context)
    context.add_cookies(
        [
            {
                "name": "__Host-s" if relay.tls else "s",
                "value": member.cookie(),
                "path": "/",
                "domain": "localhost",
                "secure": relay.tls,
                "httpOnly": True,
                "sameSite": "Lax",
            }
        ]
    )
    yield phone
    context.close()


def play(browser: Browser, here: Town, relay: Relay, language: str, days: int, who: int) -> Book:
    member = Member(language, who)
    member.others_say(0, 20)
    member.others_say(1, 20)
    with phone_of(browser, here, relay, member, language) as phone:
        first_visit(phone, member)
        for number in range(days):
            day(phone, member, number)
        return phone.book


@contextlib.contextmanager
def over(
    here: Town, launch: Launch, protocol: str, **settings: str
) -> Iterator[tuple[Relay, Browser]]:
    """A relay before the servers, and a browser that trusts them."""
    if protocol == "HTTP/2":
        with (
            granian(here, HTTPS="on", **settings) as web,
            caddy(here, web) as (front, trusted),
            Relay(front, tls=True) as relay,
            launch(trusted) as browser,
        ):
            yield relay, browser
    else:
        with (
            granian(here, **settings) as web,
            Relay(web, tls=False) as relay,
            launch("") as browser,
        ):
            yield relay, browser


def show(title: str, book: Book) -> None:
    print(f"\n{title}")
    columns = ("times", "requests", "body", "headers", "in all", "TLS", "Brotli", "gzip", "naive")
    print(f"{'for one, in bytes':<46}" + "".join(f"{one:>10}" for one in columns))
    for name, cost in book.acts.items():
        print(
            f"{name:<46}"
            + f"{cost.times:>10}"
            + "".join(f"{one / cost.times:>10,.0f}" for one in _row(cost))
        )
    whole = book.all()
    print(f"{'all of it':<46}" + f"{'':>10}" + "".join(f"{one:>10,}" for one in _row(whole)))
    print("(the last three: bodies alone, had the same pages been sent so)")


def _row(cost: Cost) -> tuple[int, ...]:
    return cost.requests, cost.body, cost.headers, cost.web, cost.tls, cost.br, cost.gzip, cost.raw


def judge(book: Book) -> bool:
    """Each budget of the design, and whether it holds."""
    acts = book.acts
    again, one = (
        acts.get("(weekly) the same once more, nothing new"),
        acts.get("(weekly) one message arrives while one reads"),
    )
    usual = sorted(one.web for one in book.days)[len(book.days) // 2]
    first = book.first[0]
    lines = [
        ("first usable view (page, style, icons; headers)", first.seen + first.headers, 14_000),
        ("whole first visit, bodies and headers", book.first[1].web, 30_000),
        ("an active day, bodies and headers (median)", usual, 10_000),
    ]
    if again:
        lines.append(("a known page with little new, body", again.body // again.times, 400))
    if one:
        lines.append(("one new message, body", one.body // one.times, 300))
    for name, cost, most in lines:
        print(f"  {'PASS' if cost <= most else 'over':<6}{name:<46}{cost:>8,} of {most:,}")
    dearest = max(one.web for one in book.days)
    print(f"  the dearest day, the first or after a Sunday: {dearest:,}")
    whole = book.all()
    month = whole.web + whole.tls
    days = len(book.days)
    print(
        f"  {days} days in all, with TLS: {month / 1e6:.2f} MB; a photo as a phone takes it is {PHOTO / 1e6:.1f} MB"
    )
    return all(cost <= most for _, cost, most in lines)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--days", type=int, default=26)
    parser.add_argument("--only", choices=list(NAMES), default="")
    parser.add_argument(
        "--no-others", action="store_true", help="not beside HTTP/1.1 and no dictionaries"
    )
    options = parser.parse_args()
    chromium = shutil.which("chromium")
    if not chromium or not shutil.which("caddy"):
        print("this needs Chromium and Caddy: apt-get install chromium caddy")
        return 0
    good = True
    with town() as here, sync_playwright() as playwright:

        @contextlib.contextmanager
        def launch(trusted: str) -> Iterator[Browser]:
            more = [f"--ignore-certificate-errors-spki-list={trusted}"] if trusted else []
            browser = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, *more])
            yield browser
            browser.close()

        for who, language in enumerate([options.only] if options.only else NAMES):
            with over(here, launch, "HTTP/2") as (relay, browser):
                book = play(browser, here, relay, language, options.days, who)
            show(
                f"{NAMES[language]}, HTTP/2 with TLS, with dictionaries, {options.days} days", book
            )
            good &= judge(book)
        if not options.no_others:
            language = options.only or "en"
            for who, (protocol, dictionaries) in enumerate(
                [("HTTP/2", "off"), ("HTTP/1.1", "on"), ("HTTP/1.1", "off")], 3
            ):
                with over(here, launch, protocol, DICTIONARIES=dictionaries) as (relay, browser):
                    book = play(browser, here, relay, language, min(6, options.days), who)
                show(
                    f"{NAMES[language]}, {protocol}, dictionaries {dictionaries}, {min(6, options.days)} days",
                    book,
                )
                judge(book)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
