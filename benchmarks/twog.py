"""Times on a slow link: 40 kbit/s each way and 600 ms there and back, in a browser with the worker.

python benchmarks/twog.py

The link is a relay between browser and server, so that it reaches what the worker asks for too; the
servers are the real ones, Caddy with TLS over HTTP/2. Cold: a new connection, with all that opening
one takes (TCP, TLS); warm: the connection stands. Seconds until the page is painted (first
contentful paint), until everything of it is there, and, where it opened from the phone with its date,
until it has become current.
"""

import contextlib
import shutil
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks._relay import Relay
from benchmarks._town import Member, caddy, granian, town
from benchmarks.month import FLAGS, phone_of

RATE, DELAY = 40_000 / 8, 0.3  # bytes a second; seconds one way
TIMES = """() => new Promise(done => {
  const told = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
  const look = () => told() ? done([told(), performance.getEntriesByType("navigation")[0].loadEventEnd]) : setTimeout(look, 50);
  look();
})"""


Times = tuple[float, float, float]


def seconds(page: Page, url: str) -> Times:
    page.goto(url, wait_until="load", timeout=120_000)
    page.wait_for_timeout(100)
    painted, loaded = page.evaluate(TIMES)
    kept = page.evaluate("!!document.body.dataset.kept")
    page.wait_for_function("() => !document.body.dataset.kept", polling=50, timeout=120_000)
    current = page.evaluate("performance.now()") if kept else loaded
    return painted / 1000, loaded / 1000, current / 1000


def show(name: str, times: list[Times]) -> None:
    told = (statistics.median(one) for one in zip(*times, strict=True))
    print(f"{name:<58}" + "".join(f"{one:>9.1f}" for one in told))


def main() -> int:
    chromium = shutil.which("chromium")
    if not chromium or not shutil.which("caddy"):
        print("this needs Chromium and Caddy: apt-get install chromium caddy")
        return 0
    with town() as here, sync_playwright() as playwright:

        @contextlib.contextmanager
        def launch(trusted: str) -> Iterator[Browser]:
            more = [f"--ignore-certificate-errors-spki-list={trusted}"]
            browser = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, *more])
            yield browser
            browser.close()

        print(f"{'seconds, 40 kbit/s, 600 ms':<58}{'painted':>9}{'complete':>9}{'current':>9}")
        for dictionaries in ("on", "off"):
            with (
                granian(here, HTTPS="on", DICTIONARIES=dictionaries) as web,
                caddy(here, web) as (front, trusted),
                Relay(front, tls=True, rate=RATE, delay=DELAY) as relay,
                launch(trusted) as browser,
            ):
                member = Member("en", 0)
                member.others_say(0, 20)
                with phone_of(browser, here, relay, member, "en") as phone:
                    phone.context.set_default_timeout(120_000)
                    print(f"dictionaries {dictionaries}")
                    page, url, stream = phone.page, phone.url, member.stream(0)
                    show("the first view ever (Today), cold", [seconds(page, url + "/")])
                    show("the community for the first time, warm", [seconds(page, url + stream)])
                    page.evaluate("localStorage.setItem('at', '1')")  # it was long ago
                    seconds(page, url + "/")
                    page.wait_for_function(
                        "() => navigator.serviceWorker.controller", timeout=120_000
                    )
                    page.wait_for_timeout(20_000)  # what it keeps comes down the same line
                    seconds(page, url + stream)
                    seconds(page, url + "/")
                    cold, warm, said = [], [], []
                    for _ in range(3):
                        relay.quiet(1)
                        relay.cut()
                        cold.append(seconds(page, url + "/"))
                        warm.append(seconds(page, url + stream))
                        member.others_say(0, 3)
                        said.append(seconds(page, url + stream))
                    show("Today again, cold", cold)
                    show("a known community, nothing new, warm", warm)
                    show("a known community, three new messages, warm", said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
