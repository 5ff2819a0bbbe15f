"""Take the pictures of the README and the docs from a running demo: python bin/shots.py [URL]

Without a URL it starts `staffroom demo` on a free port with data of its own, which takes a while.
Each picture is WebP and at most 60 KB.
"""

import contextlib
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
MOST = 60_000


@dataclass(frozen=True)
class Shot:
    """`go` is a list of links to tap, by their words or a selector, from Today or the page `at`.

    `written` on the demo's phones: which one, and what; the picture waits for the answer.
    """

    name: str
    who: str = "amina"
    go: tuple[str, ...] = ()
    dark: bool = False
    language: str = ""
    width: int = 360
    height: int = 640
    at: str = ""
    written: tuple[tuple[str, str], ...] = ()


STREAM = ("a.r[href*='#']:has-text('Mathematics, Mwingi')",)
SHOTS = [
    Shot("today"),
    Shot("today-dark", dark=True),
    Shot("today-wide", width=1100, height=760),
    Shot("stream", go=STREAM),
    Shot("stream-dark", go=STREAM, dark=True),
    Shot("stream-wide", go=STREAM, width=1100, height=760),
    Shot("stream-urdu", go=STREAM, language="ur"),
    Shot("question", go=(*STREAM, "a.q:has-text('turn the second fraction')")),
    Shot("ask", go=(*STREAM, "a.ask")),
    Shot("without-name", go=(*STREAM, "a.ask", "button:has-text('Without my name')")),
    Shot("desk", who="baraka", go=("a.r:has-text('at your desk')",)),
    Shot("practice", go=("nav.tabbar a:last-child", "a[href='/practice']")),
    Shot("communities", go=("nav.tabbar a:nth-child(2)",)),
    Shot("about", go=(*STREAM, ".board .menu summary", "a[href$='/about']")),
    Shot("me", go=("nav.tabbar a:last-child",)),
    Shot("nothing-for-the-head-teacher", who="esther"),
    Shot(
        "phones",
        at="/demo/phones",
        written=(("whatsapp", "TODAY"), ("telegram", "TODAY"), ("sms", "TODAY")),
        width=1280,
        height=840,
    ),
    Shot("garden", who="gathoni", go=("a[href='/garden']",), width=1100, height=760),
]


@contextlib.contextmanager
def demo() -> Iterator[str]:
    with socket.socket() as free, tempfile.TemporaryDirectory() as folder:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        url = f"http://127.0.0.1:{port}"
        server = subprocess.Popen(
            [sys.executable, "-m", "staffroom.cli", "demo", "--port", str(port)],
            cwd=ROOT,
            env=os.environ | {"STAFFROOM_DATA": f"{folder}/demo", "PYTHONPATH": str(ROOT)},
        )
        try:
            for _ in range(300):
                with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/demo"):
                    break
                time.sleep(1)
            yield url
        finally:
            server.terminate()
            server.wait(20)


def take(browser: Browser, url: str, shot: Shot) -> bytes:
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.dark else "light",
        device_scale_factor=1 if shot.width > 600 else 2,
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{url}/demo")
    page.locator(f"form[action$='/{shot.who}'] button, button[value='{shot.who}']").first.click()
    page.wait_for_selector(".home")
    if shot.language:
        speak(page, url, shot.language)
    if shot.at:
        page.goto(url + shot.at)
    for step in shot.go:
        page.locator(step).last.click()
        page.wait_for_load_state("networkidle")
    for channel, text in shot.written:
        page.fill(f"#t-{channel}", text)
        page.click(f"#write-{channel} .btn")
        page.locator(f"#talk-{channel} .in").last.wait_for(timeout=60_000)
    page.wait_for_timeout(300)
    picture = page.screenshot()
    if shot.language:
        speak(page, url, "en")
    context.close()
    return picture


def speak(page: Page, url: str, language: str) -> None:
    """Change the language of the pages, as a member does, and come back to Today."""
    page.goto(f"{url}/me/settings")
    page.check(f"input[name=language][value={language}]")
    page.locator("main form button.btn").first.click()
    page.goto(url)


def keep(name: str, picture: bytes) -> int:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for quality in range(90, 20, -10):
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MOST:
            break
    (PICTURES / f"{name}.webp").write_bytes(out.getvalue())
    return out.tell()


def main(wanted: list[str]) -> int:
    urls = [word for word in wanted if word.startswith("http")]
    names = [word for word in wanted if not word.startswith("http")]
    PICTURES.mkdir(parents=True, exist_ok=True)
    failed = 0
    with contextlib.ExitStack() as stack:
        url = urls[0].rstrip("/") if urls else stack.enter_context(demo())
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        for shot in SHOTS:
            if names and shot.name not in names:
                continue
            try:
                print(f"{shot.name}: {keep(shot.name, take(browser, url, shot)):,} bytes")
            except Exception as error:
                failed += 1
                print(f"{shot.name}: {str(error).splitlines()[0]}")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
