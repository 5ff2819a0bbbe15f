"""Polling against one open answer: bytes on the wire, both ways, with TLS; threads, memory and the end.

python benchmarks/live.py

curl asks with the headers of a phone's Chrome, through a pipe that counts; over HTTP/1.1 without TLS and
over HTTP/2 with TLS through Caddy. Takes two minutes: a sign of life comes every fifty seconds.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks._house import House, free_port, house

POLLS = 20
LISTENS = 104  # seconds: two signs of life
BROWSER = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36",
    "Accept-Language": "sw-KE,sw;q=0.9,en;q=0.8",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "sec-ch-ua": '"Chromium";v="130", "Google Chrome";v="130", "Not?A_Brand";v="99"',
    "sec-ch-ua-mobile": "?1",
    "sec-ch-ua-platform": '"Android"',
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "empty",
}


class Pipe:
    """Passes everything on to a port and counts it."""

    def __init__(self, to: int) -> None:
        self.count, self._to = 0, to
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            here, _ = self._door.accept()
            there = socket.create_connection(("127.0.0.1", self._to))
            for one, other in ((here, there), (there, here)):
                threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while block := one.recv(65536):
                self.count += len(block)
                other.sendall(block)
            other.shutdown(socket.SHUT_WR)


def curl(where: House, base: str, times: int, *more: str, cookie: str = "") -> list[str]:
    path = f"{base}/c/{where.community}/new?room=lessons&after={where.cursor}"
    headers = BROWSER | {"Referer": f"{base}/c/{where.community}/"}
    cookies = f"s={cookie or where.cookie}; c={'k' * 32}; l=sw"
    command = ["curl", "-sk", *more, "-H", f"Cookie: {cookies}"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    return [*command, *(word for _ in range(times) for word in ("-o", "/dev/null", path))]


@contextlib.contextmanager
def caddy(upstream: int) -> Iterator[int]:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "Caddyfile"
        file.write_text(
            f"{{\n admin off\n skip_install_trust\n auto_https disable_redirects\n"
            f" storage file_system {folder}\n}}\n"
            f"https://localhost:{port} {{\n tls internal\n reverse_proxy 127.0.0.1:{upstream}\n}}\n"
        )
        program = shutil.which("caddy") or "caddy"
        child = subprocess.Popen(
            [program, "run", "--config", str(file), "--adapter", "caddyfile"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            time.sleep(3)
            yield port
        finally:
            child.terminate()
            child.wait(10)


def measure(where: House, name: str, to: int, base: str, *more: str) -> None:
    """What one poll costs, what opening a line costs, what a sign of life costs."""

    def through(times: int, *options: str) -> int:
        pipe = Pipe(to)
        subprocess.run(
            curl(where, base.format(port=pipe.port), times, *more, *options),
            timeout=120,
            check=False,
        )
        return pipe.count

    first, many = through(1), through(1 + POLLS)
    poll = (many - first) / POLLS
    events = ("-N", "-H", "Accept: text/event-stream", "-m")
    opened, listened = through(1, *events, "3"), through(1, *events, str(LISTENS))
    sign = (listened - opened) / 2
    line = poll + opened - first  # on a connection that stands already
    print(f"\n{name}: a poll {poll:.0f} B, a line opened {line:.0f} B, a sign of life {sign:.0f} B")
    for minutes in (1, 5, 10, 30):
        polled = polls_in(minutes * 60) * poll
        told = line * (1 + minutes // 10.01) + (minutes * 60 // 50) * sign
        print(f"  {minutes:>2} quiet minutes: polling {polled:>7,.0f} B, line {told:>6,.0f} B")


def polls_in(seconds: float) -> int:
    at, pause, count = 5.0, 5.0, 0
    while at <= seconds:
        count += 1
        pause = min(pause * 1.5, 60)
        at += pause
    return count


def threads(where: House) -> None:
    """Memory and answers of the server while all places are taken, and how it ends."""
    port = where.url.rsplit(":", 1)[-1]
    before, quick = memory(port), answers(where)
    places = 8 * min(4, os.cpu_count() or 1)
    lines = [
        subprocess.Popen(
            curl(where, where.url, 1, "-N", "-H", "Accept: text/event-stream", "-m", "60",
                 cookie=where.cookies[number % len(where.cookies)])
        )
        for number in range(places * 2)
    ]  # fmt: skip
    time.sleep(4)
    open_now = sum(line.poll() is None for line in lines)
    after, still = memory(port), answers(where)
    print(f"\n{open_now} of {places * 2} pages found a place ({places} places)")
    print(f"  memory {before:.0f} MB, with lines {after:.0f} MB")
    print(f"  a page {quick:.0f} ms, with lines {still:.0f} ms (median of 40)")


def answers(where: House) -> float:
    import urllib.request

    took = []
    for _ in range(40):
        request = urllib.request.Request(
            f"{where.url}/c/{where.community}/", headers={"Cookie": f"s={where.cookie}"}
        )
        start = time.perf_counter()
        urllib.request.urlopen(request).read()
        took.append((time.perf_counter() - start) * 1000)
    return sorted(took)[20]


def memory(port: str) -> float:
    """Resident megabytes of all processes of the server."""
    total = 0.0
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError, IndexError):
            words = (entry / "cmdline").read_bytes()
            parent = (entry / "stat").read_text().rsplit(")", 1)[1].split()[1]
            above = Path("/proc", parent, "cmdline").read_bytes()
            if any(b"staffroom.cli" in each and port.encode() in each for each in (words, above)):
                lines = (entry / "status").read_text().splitlines()
                total += next(int(each.split()[1]) for each in lines if each.startswith("VmRSS"))
    return total / 1000


if __name__ == "__main__":
    with house() as where:
        inner = int(where.url.rsplit(":", 1)[-1])
        with caddy(inner) as outer:
            plain = threading.Thread(
                target=measure,
                args=(where, "HTTP/1.1", inner, "http://127.0.0.1:{port}", "--http1.1"),
            )
            plain.start()

            measure(where, "HTTP/2 with TLS", outer, "https://localhost:{port}", "--http2")
            plain.join()
        threads(where)
        start = time.perf_counter()
    print(f"  stopped with lines open in {time.perf_counter() - start:.1f} s")
