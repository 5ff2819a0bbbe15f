"""One member's phone: real Chromium with its own profile, which can be killed and opened again."""

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.journeys.conftest import CHROMIUM, PHONE, RETURNING
from tests.outbox.house import free_port

#: Writes as a person does (the form, the button), only faster; returns when all is on the phone.
WRITE = """async acts => {
  const form = document.getElementById("write"), press = document.getElementById("act");
  const pixels = Uint8Array.from(atob(acts.photo), char => char.charCodeAt(0));
  for (const {kind, text, to} of acts.list) {
    if (kind == "press") {
      const button = document.createElement("button");
      button.setAttribute("form", "act"); button.setAttribute("formaction", to); button.hidden = true;
      document.body.append(button);
      await outbox.submit(press, button);
      continue;
    }
    form.elements.text.value = text;
    if (kind == "photo") {
      const hold = new DataTransfer();
      hold.items.add(new File([pixels], "board.png", {type: "image/png"}));
      form.querySelector("input[name=photo]").files = hold.files;
      form.elements.shows.value = "nobody";
    }
    await outbox.submit(form, form.querySelector(".go"));
  }
  return (await outbox.all()).length;
}"""
#: A question, on its own page; it knows that it is much like others, and is asked all the same.
ASK = """async text => {
  const form = document.querySelector("form[data-outbox]"), sure = document.createElement("input");
  sure.type = "hidden"; sure.name = "sure"; sure.value = "1"; form.append(sure);
  form.elements.text.value = text;
  await outbox.submit(form, form.querySelector(".btn.wide"));
}"""
#: Signal comes back very often, so that a test does not wait as long as a person can.
EAGER = "setInterval(() => dispatchEvent(new Event('online')), 50)"


class Phone:
    """`open` begins the browser, with everything that its profile kept; `kill` is SIGKILL."""

    def __init__(self, playwright: Any, folder: Path, address: str, cookie: str) -> None:
        self.playwright, self.folder, self.address, self.cookie = (
            playwright,
            folder,
            address,
            cookie,
        )
        self.process: subprocess.Popen[bytes] | None = None
        self.page: Any = None

    def open(self, path: str) -> None:
        port = free_port()
        self.process = subprocess.Popen(
            [
                str(CHROMIUM),
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--no-first-run",
                f"--user-data-dir={self.folder}",
                f"--remote-debugging-port={port}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.browser = self._connected(port)
        context = self.browser.contexts[0]
        context.set_default_timeout(60_000)
        context.add_init_script(RETURNING)
        context.add_cookies([{"name": "s", "value": self.cookie, "url": self.address}])
        self.page = context.pages[0] if context.pages else context.new_page()
        self.page.set_viewport_size(PHONE)
        self.go(path)

    def _connected(self, port: int) -> Any:
        until = time.monotonic() + 40
        while True:
            try:
                return self.playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
            except Exception:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def go(self, path: str) -> None:
        """Open a page of Staffroom, however often it takes while the house is being begun again."""
        for _try in range(20):
            try:
                self.page.goto(self.address + path, wait_until="domcontentloaded")
                self.page.wait_for_selector("#held-words", state="attached", timeout=15_000)
                self.page.evaluate(EAGER)
                return
            except Exception as error:
                last = error
                time.sleep(0.5)
        raise last

    def write(self, acts: list[dict[str, str]], photo: str) -> int:
        """How many still wait when all are written."""
        return int(self.page.evaluate(WRITE, {"list": acts, "photo": photo}))

    def ask(self, text: str) -> None:
        self.page.evaluate(ASK, text)

    def waits(self) -> int:
        return int(self.page.evaluate("outbox.all().then(acts => acts.length)"))

    def why(self) -> list[str]:
        """What the phone says of the first few that wait."""
        told = "acts => acts.slice(0, 4).map(a => [a.turn, a.to, a.state, a.why, a.tries, a.due].join(' '))"
        return list(self.page.evaluate(f"outbox.all().then({told})"))

    def kill(self) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
