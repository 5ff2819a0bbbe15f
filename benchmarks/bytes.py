"""What a visit costs: bytes of bodies and of headers, told by Chromium, over the real server.

python benchmarks/bytes.py

HTTP/1.1 without TLS, so headers are dearer here than over HTTP/2 behind Caddy.
"""

import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks._house import House, house

BUDGET = 30_000


@dataclass
class Cost:
    """Requests, bytes of bodies and of headers (both ways)."""

    requests: int = 0
    body: int = 0
    headers: int = 0
    files: dict[str, int] = field(default_factory=dict)


class Meter:
    """Counts what one page's network does between two readings."""

    def __init__(self, page: Page) -> None:
        self.cost = Cost()
        self._urls: dict[str, str] = {}
        self._received: dict[str, int] = {}
        self._cached: set[str] = set()
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.requestWillBeSent", self._asked)
        wire.on("Network.requestWillBeSentExtraInfo", self._sent)
        wire.on("Network.responseReceivedExtraInfo", self._answered)
        wire.on("Network.requestServedFromCache", lambda e: self._cached.add(e["requestId"]))
        wire.on("Network.loadingFinished", self._finished)

    def _asked(self, event: dict[str, Any]) -> None:
        self._urls[event["requestId"]] = event["request"]["url"]

    def _sent(self, event: dict[str, Any]) -> None:
        lines = event["headers"]
        self.cost.headers += 40 + sum(len(name) + len(value) + 4 for name, value in lines.items())

    def _answered(self, event: dict[str, Any]) -> None:
        size = len(event.get("headersText", ""))
        self.cost.headers += size
        self._received[event["requestId"]] = size

    def _finished(self, event: dict[str, Any]) -> None:
        request = event["requestId"]
        if request in self._cached or not event["encodedDataLength"]:
            return
        body = int(event["encodedDataLength"]) - self._received.get(request, 0)
        self.cost.requests += 1
        self.cost.body += body
        self.cost.files[self._urls.get(request, "?").split("?")[0].rsplit("/", 1)[-1] or "page"] = (
            body
        )

    def read(self) -> Cost:
        cost, self.cost = self.cost, Cost()
        return cost


def visit(page: Page, meter: Meter, url: str) -> Cost:
    meter.read()
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(300)
    return meter.read()


def fresh(browser: Browser, where: House, signed_in: bool = True) -> tuple[Page, Meter]:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    if signed_in:
        context.add_cookies([{"name": "s", "value": where.cookie, "url": where.url}])
    page = context.new_page()
    return page, Meter(page)


def show(name: str, cost: Cost) -> None:
    print(
        f"{name:<46}{cost.requests:>9}{cost.body:>9,}{cost.headers:>9,}{cost.body + cost.headers:>9,}"
    )


def measure(browser: Browser, where: House) -> bool:
    print(f"{'':<46}{'requests':>9}{'bodies':>9}{'headers':>9}{'in all':>9}")
    page, meter = fresh(browser, where, signed_in=False)
    first = visit(page, meter, where.url + "/")
    show("first page, first visit, not signed in", first)
    page, meter = fresh(browser, where)
    today = visit(page, meter, where.url + "/")
    show("Today, first visit", today)
    stream = f"{where.url}/c/{where.community}/"
    more = visit(page, meter, stream)
    show("then the community (20 posts), the first time", more)
    show("the community again", visit(page, meter, stream))
    show("a question with its answers", visit(page, meter, f"{stream}q/{where.question}"))
    show("Today again", visit(page, meter, where.url + "/"))
    page.goto(stream, wait_until="networkidle")
    meter.read()
    page.wait_for_event("response", lambda answer: "/new" in answer.url, timeout=15_000)
    page.wait_for_timeout(300)
    show("asking whether something is new (nothing is)", meter.read())
    page.fill(".write textarea", "Thank you, I will try it tomorrow with 7 East.")
    meter.read()
    page.click(".write .go")
    page.wait_for_selector(".mine:has-text('7 East') .ok")
    page.wait_for_timeout(300)
    show("sending one message", meter.read())
    whole = today.body + today.headers + more.body + more.headers
    print(f"\nfirst visit in all, Today and a community: {whole:,} of {BUDGET:,} bytes")
    print("of it: " + ", ".join(f"{name} {size:,}" for name, size in today.files.items()))
    return whole <= BUDGET


def main() -> int:
    chromium = shutil.which("chromium")
    if not chromium:
        print("no Chromium on this machine: apt-get install chromium")
        return 0
    with house() as where, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        return 0 if measure(browser, where) else 1


if __name__ == "__main__":
    sys.exit(main())
