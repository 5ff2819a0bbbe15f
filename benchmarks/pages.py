"""The community page with 20 posts, signed in by turns as each of its members: pages a second.

python benchmarks/pages.py [sqlite|postgresql …]

One granian process, 16 connections kept open. A second of processor time is what a core gives:
that figure stands even when the machine has other work; the other is what a clock on the wall saw.
"""

import http.client
import itertools
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks._house import ROOT, House, free_port, house
from benchmarks._processor import of_session

CONNECTIONS, SECONDS, WARM = 16, 8.0, 2.0


@dataclass(frozen=True)
class Pace:
    pages: float  # a second
    per_core: float  # a second of processor time
    p50: float  # milliseconds
    p95: float


@contextmanager
def serving(application: str) -> Iterator[tuple[int, int]]:
    """One process of granian with `application`: its port, and the group of its processes."""
    port = free_port()
    options = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "2", "--no-ws"]
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "granian",
            application,
            "--port",
            str(port),
            "--log-level",
            "error",
            *options,
        ],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        for _ in range(200):
            try:
                http.client.HTTPConnection("127.0.0.1", port, timeout=5).request("GET", "/sign-in")
                break
            except OSError:
                time.sleep(0.1)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(15)


def measure(port: int, session: int, path: str, cookies: list[str]) -> Pace:
    took: list[float] = []
    stop = time.monotonic() + WARM + SECONDS
    begin = time.monotonic() + WARM

    def visit() -> None:
        turn = itertools.cycle(cookies)  # each member in turn
        wire = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while (start := time.monotonic()) < stop:
            wire.request(
                "GET", path, headers={"Cookie": f"s={next(turn)}", "Accept-Encoding": "br"}
            )
            answer = wire.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"{path}: {answer.status}")
            if start >= begin:
                took.append(time.monotonic() - start)

    visitors = [threading.Thread(target=visit) for _ in range(CONNECTIONS)]
    for visitor in visitors:
        visitor.start()
    time.sleep(WARM)
    before, count = of_session(session), len(took)
    time.sleep(SECONDS)
    used, served = of_session(session) - before, len(took) - count
    for visitor in visitors:
        visitor.join()
    cuts = statistics.quantiles(took, n=20)
    return Pace(served / SECONDS, served / used, cuts[9] * 1000, cuts[18] * 1000)


def compare(here: House, database: str) -> None:
    path = f"/c/{here.community}/"
    paces = {}
    for name, application in [
        ("rendered plainly", "benchmarks._plain:application"),
        ("pages kept", "staffroom.config.wsgi:application"),
    ]:
        with serving(application) as (port, session):
            pace = paces[name] = measure(port, session, path, here.cookies)
        print(
            f"{database:<11} {name:<17} {pace.per_core:7.0f} pages a core-second"
            f" {pace.pages:7.0f} a second  p50 {pace.p50:6.1f} ms  p95 {pace.p95:6.1f} ms",
            flush=True,
        )
    plain, kept = paces["rendered plainly"], paces["pages kept"]
    print(f"{database:<11} ratio {kept.per_core / plain.per_core:.2f}", flush=True)


def write(database: str, how_many: int = 300) -> None:
    """Posts a second by one writer, through the action: permission, search, audit and outbox too."""
    from staffroom.communities.models import Community, Membership
    from staffroom.conversations.actions import say

    community = Community.objects.get()
    member = Membership.objects.filter(community=community).select_related("person")[0].person
    start = time.perf_counter()
    for number in range(how_many):
        say(by=member, community=community, text=f"Number {number} of many.", room="tea")
    rate = how_many / (time.perf_counter() - start)
    print(f"{database:<11} {rate:.0f} posts written a second", flush=True)


def main(wanted: list[str]) -> None:
    inside = os.environ.get("BENCH_DATABASE")
    if inside:
        with house() as here:
            compare(here, inside)
            write(inside)
        return
    for database in wanted or ["sqlite", "postgresql"]:
        command = [sys.executable, __file__]
        if database == "postgresql":
            if not shutil.which("pg_virtualenv"):
                print("postgresql: pg_virtualenv is not here")
                continue
            url = "postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/postgres"
            script = f'DATABASE_URL={url} exec "$0" "$@"'
            command = ["pg_virtualenv", "sh", "-c", script, *command]
        subprocess.run(command, check=True, env=os.environ | {"BENCH_DATABASE": database})


if __name__ == "__main__":
    main(sys.argv[1:])
