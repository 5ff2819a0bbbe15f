"""Kill it at random moments while people write, and see whether it kept what it said it kept.

    python benchmarks/durability.py --database sqlite --times 50
    python benchmarks/durability.py --database postgresql --times 50 --seed 7

Starts web and worker (and a PostgreSQL of its own, fsync on), lets several phones post through HTTP
with ids of their own and send again after every failure, and meanwhile kills -9 what the seed says.
Then it counts. Leaves with 1 if a promise was broken.
"""

import argparse
import contextlib
import http.client
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks._house import free_port  # noqa: E402

CSRF = "d" * 32
MEMBERS = 120  # so that nobody meets the limit of 60 posts in ten minutes


class Process:
    """A child in a group of its own, that can be killed whole or in part and started again."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name, self.command = name, command
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.child = subprocess.Popen(
            self.command, cwd=ROOT, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def kill(self) -> None:
        if self.child:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()

    def kill_one_child(self, rnd: random.Random) -> None:
        """One of its children alone: it starts another by itself."""
        assert self.child
        if below := children_of(self.child.pid):
            kill(rnd.choice(below))

    def tend(self) -> None:
        """As `staffroom serve` does: granian leaves when its children die in quick succession."""
        if self.child and self.child.poll() is not None:
            self.start()


class Cluster:
    """A PostgreSQL of our own with fsync on. Not as root: then as the account `postgres`."""

    name = "database"

    def __init__(self, folder: Path) -> None:
        self.bin = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        self.data, self.port = folder / "postgres", free_port()
        self.data.mkdir()
        self.become: list[str] = []
        if os.geteuid() == 0:
            folder.chmod(0o711)
            shutil.chown(self.data, "postgres", "postgres")
            self.become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self._do("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def _do(self, program: str, *words: str) -> None:
        subprocess.run(
            [*self.become, str(self.bin / program), "-D", str(self.data), *words],
            check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self) -> None:
        with (self.data.parent / "postgres.log").open("ab") as log:
            self.child = subprocess.Popen(
                [
                    *self.become, str(self.bin / "postgres"), "-D", str(self.data), "-p", str(self.port),
                    "-c", "listen_addresses=127.0.0.1", "-c", "fsync=on", "-k", str(self.data),
                ],
                cwd="/", start_new_session=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        if not wait_until(self.answers, 90):
            raise SystemExit(f"PostgreSQL does not start\n{self.last_words()}")

    def answers(self) -> bool:
        asked = [str(self.bin / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(asked).returncode == 0

    def kill(self) -> None:
        """All of it at once, as if the machine had gone."""
        os.kill(self.child.pid, signal.SIGSTOP)  # so that it has no more children while we look
        below = children_of(self.child.pid)
        for one in (self.child.pid, *below):
            kill(one)
        self.child.wait()
        while any(not is_zombie(one) for one in below):
            time.sleep(0.02)

    def kill_one_child(self, rnd: random.Random) -> None:
        """One of its children: it ends all others and recovers by itself."""
        if below := children_of(self.child.pid):
            kill(rnd.choice(below))

    def tend(self) -> None:
        """It starts its own children again; whoever runs the machine starts it if it leaves."""
        if self.child.poll() is not None:
            self.start()

    def last_words(self) -> str:
        return (self.data.parent / "postgres.log").read_text()[-3000:]

    def stop(self) -> None:
        kill(self.child.pid)
        self.child.wait()


def kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def children_of(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(text) for text in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def is_zombie(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    return True


@dataclass
class Book:
    """What the phones know."""

    acknowledged: dict[uuid.UUID, tuple[str, bool]] = field(default_factory=dict)
    given_up: int = 0
    refused: int = 0
    failures: int = 0
    resent: int = 0


class Phone(threading.Thread):
    """Writes, and sends again under the same id until it is told that it is kept."""

    def __init__(
        self, number: int, seed: int, port: int, house: dict[str, Any], book: Book
    ) -> None:
        super().__init__(daemon=True)
        self.number, self.random = number, random.Random(seed * 1000 + number)
        self.port, self.house, self.book = port, house, book
        self.stopping = threading.Event()
        self.count = 0

    def run(self) -> None:
        while not self.stopping.is_set():
            self.write_one()
            time.sleep(self.random.uniform(0.02, 0.25))

    def write_one(self) -> None:
        from staffroom.core.ids import uuid7

        self.count += 1
        id, text = uuid7(), f"phone {self.number} wrote {self.count}"
        photo = picture(self.random) if self.random.random() < 0.15 else b""
        cookie = self.house["cookies"][(self.count * 7 + self.number * 31) % MEMBERS]
        for _ in range(100):
            status = self.send(cookie, id, text, photo)
            if status == 302:
                self.book.acknowledged[id] = (text, bool(photo))
                if self.random.random() < 0.2:  # the answer was lost on the way: once more
                    self.book.resent += 1
                    self.send(cookie, id, text, photo)
                return
            if status in {422, 429}:
                self.book.refused += 1
                return
            self.book.failures += 1
            time.sleep(0.2)
        self.book.given_up += 1

    def send(self, cookie: str, id: uuid.UUID, text: str, photo: bytes) -> int:
        fields = {"id": str(id), "text": text, "csrfmiddlewaretoken": CSRF}
        body, kind = encoded(fields, photo)
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            link.request(
                "POST", f"/c/{self.house['community']}/", body,
                {"Content-Type": kind, "Cookie": f"s={cookie}; c={CSRF}"},
            )  # fmt: skip
            return link.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            link.close()


def picture(rnd: random.Random) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.frombytes("RGB", (48, 48), rnd.randbytes(48 * 48 * 3)).resize((320, 240)).save(
        out, "JPEG"
    )
    return out.getvalue()


def encoded(fields: dict[str, str], photo: bytes) -> tuple[bytes, str]:
    if not photo:
        return urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded"
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = b'--b\r\nContent-Disposition: form-data; name="photo"; filename="p.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    return b"".join([*parts, head, photo, b"\r\n--b--\r\n"]), "multipart/form-data; boundary=b"


def furnish() -> dict[str, Any]:
    """A community with members who are signed in."""
    from django.test import Client

    from benchmarks._house import _furnish
    from staffroom.people.models import Person

    _, community, _, _ = _furnish(posts=5, members=MEMBERS)
    cookies = []
    for person in Person.objects.order_by("pk"):
        client = Client()
        client.force_login(person)
        cookies.append(client.cookies["s"].value)
    return {"community": community, "cookies": cookies}


def ready(port: int) -> bool:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        link.request("GET", "/readyz")
        return link.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        link.close()


def tended(things: list[Any], port: int) -> bool:
    for thing in things:
        thing.tend()
    return ready(port)


def wait_until(true: Any, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def onslaught(things: list[Any], times: int, rnd: random.Random, port: int) -> dict[str, int]:
    """Kill at random moments; what was killed how often."""
    killed: dict[str, int] = {}
    for _ in range(times):
        time.sleep(rnd.uniform(0.3, 2.0))
        victim = rnd.choice(things)
        in_part = victim.name != "worker" and rnd.random() < 0.4
        how = f"a child of {victim.name}" if in_part else victim.name
        killed[how] = killed.get(how, 0) + 1
        if in_part:
            victim.kill_one_child(rnd)
        else:
            victim.kill()
            time.sleep(rnd.uniform(0, 0.5))
            victim.start()
        if not wait_until(lambda: tended(things, port), 90):
            said = victim.last_words() if isinstance(victim, Cluster) else ""
            raise SystemExit(f"did not come back after {how} was killed\n{said}")
    return killed


def verdict(book: Book, before: dict[str, int]) -> list[tuple[str, str, bool]]:
    """Each promise: what was counted, and whether it was kept."""
    from django.db import connection

    connection.close()
    return [*_posts(book, before), *_outbox(before), *_photos(book), _database(connection)]


def _posts(book: Book, before: dict[str, int]) -> list[tuple[str, str, bool]]:
    from staffroom.conversations.models import Post
    from staffroom.core.models import AuditEntry

    rows = dict(Post.objects.filter(text__startswith="phone ").values_list("pk", "text"))
    lost = [id for id, (text, _) in book.acknowledged.items() if rows.get(id) != text]
    doubled = len(rows) - len(set(rows.values()))
    written = AuditEntry.objects.filter(act="post.written").count() - before["audit"]
    return [
        ("posts acknowledged", str(len(book.acknowledged)), bool(book.acknowledged)),
        ("of these lost", str(len(lost)), not lost),
        ("posts doubled", str(doubled), not doubled),
        ("posts without their audit line, or the reverse", str(abs(written - len(rows))), written == len(rows)),
    ]  # fmt: skip


def _outbox(before: dict[str, int]) -> list[tuple[str, str, bool]]:
    from benchmarks._heard import ACT
    from staffroom.conversations.models import Post
    from staffroom.core.models import AuditEntry, OutboxEntry

    posts = Post.objects.filter(text__startswith="phone ").count()
    entries = OutboxEntry.objects.filter(topic="post.written")
    waiting = entries.filter(delivered_at=None).count()
    dead = entries.exclude(dead_at=None).count()
    heard = list(AuditEntry.objects.filter(act=ACT).values_list("on_id", flat=True))
    twice = len(heard) - len(set(heard))
    missing = entries.count() - before["outbox"] - posts
    unheard = entries.count() - waiting - len(set(heard))
    return [
        ("posts without their outbox entry, or the reverse", str(missing), missing == 0),
        ("entries whose effect came twice", str(twice), twice == 0),
        ("entries delivered without effect", str(unheard), unheard == 0),
        ("entries still waiting", str(waiting), True),
        ("entries given up", str(dead), dead == 0),
    ]


def _photos(book: Book) -> list[tuple[str, str, bool]]:
    import datetime as dt

    from django.conf import settings

    from staffroom.conversations.actions import photos
    from staffroom.conversations.models import Photo
    from staffroom.core.clock import now

    with_photo = {id for id, (_, photo) in book.acknowledged.items() if photo}
    have = set(Photo.objects.filter(post__in=with_photo).values_list("post", flat=True))
    folder = Path(settings.MEDIA_ROOT) / "photos"
    before = len(list(folder.glob("*")))
    photos.sweep(now() + dt.timedelta(days=2))
    named = {
        name for row in Photo.objects.values_list("file", "small") for name in row
    }  # fmt: skip
    there = {f"photos/{path.name}" for path in folder.glob("*")}
    lost, stray = len(named - there), len(there - named)
    return [
        ("acknowledged posts with a photo", str(len(with_photo)), True),
        ("of these without it", str(len(with_photo - have)), with_photo == have),
        ("photo rows without their file", str(lost), not lost),
        (f"files without a row after the sweep (it took {before - len(there)})", str(stray), not stray),
    ]  # fmt: skip


def _database(connection: Any) -> tuple[str, str, bool]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            said = cursor.fetchone()[0]
            cursor.execute("PRAGMA foreign_key_check")
            return (
                "PRAGMA integrity_check, foreign_key_check",
                said,
                said == "ok" and not cursor.fetchall(),
            )
        cursor.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
        cursor.execute(
            "SELECT bt_index_check(c.oid, true), c.relname FROM pg_class c JOIN pg_am a ON a.oid = c.relam "
            "JOIN pg_index i ON i.indexrelid = c.oid WHERE a.amname = 'btree' AND c.relkind = 'i' "
            "AND i.indisvalid AND c.relpersistence = 'p'"
        )
        return "amcheck, every index against its table", f"{len(cursor.fetchall())} good", True


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--times", type=int, default=50, help="how often something is killed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--phones", type=int, default=4)
    parser.add_argument("--drain", type=float, default=200, help="seconds to wait for the outbox")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {
            "STAFFROOM_DATA": str(folder / "data"), "STAFFROOM_LOG_LEVEL": "CRITICAL",
            "DJANGO_SETTINGS_MODULE": "staffroom.config.settings", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        for unwanted in ("DATABASE_URL", "STAFFROOM_HOSTS", "STAFFROOM_DEBUG"):
            os.environ.pop(unwanted, None)
        cluster = Cluster(folder) if options.database == "postgresql" else None
        if cluster:
            os.environ["DATABASE_URL"] = cluster.url
            cluster.start()
        try:
            return measure(options, cluster)
        finally:
            if cluster:
                cluster.stop()


def measure(options: argparse.Namespace, cluster: Cluster | None) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from staffroom.core.models import AuditEntry, OutboxEntry

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    house = furnish()
    before = {
        "audit": AuditEntry.objects.filter(act="post.written").count(),
        "outbox": 0,
    }
    OutboxEntry.objects.all().delete()  # those of the furniture
    connection.close()
    port, rnd, book = free_port(), random.Random(options.seed), Book()
    python = sys.executable
    web = Process(
        "web", [python, "-m", "staffroom.cli", "web", "--port", str(port), "--workers", "2"]
    )
    worker = Process("worker", [python, "-m", "benchmarks._heard"])
    things: list[Any] = [web, worker, *([cluster] if cluster else [])]
    web.start()
    worker.start()
    phones = [Phone(n, options.seed, port, house, book) for n in range(options.phones)]
    began = time.monotonic()
    try:
        if not wait_until(lambda: ready(port), 60):
            raise SystemExit("the server did not start")
        for phone in phones:
            phone.start()
        killed = onslaught(things, options.times, rnd, port)
        for phone in phones:
            phone.stopping.set()
        for phone in phones:
            phone.join(60)
        took = time.monotonic() - began
        connection.close()
        waiting = OutboxEntry.objects.filter(delivered_at=None, dead_at=None)
        wait_until(lambda: not waiting.exists(), options.drain)
    finally:
        web.kill()
        worker.kill()
    return report(options, book, killed, took, verdict(book, before))


def report(
    options: argparse.Namespace,
    book: Book,
    killed: dict[str, int],
    took: float,
    rows: list[tuple[str, str, bool]],
) -> int:
    victims = ", ".join(f"{name} {times}" for name, times in sorted(killed.items()))
    print(f"{options.database}, {options.times} times kill -9 (seed {options.seed}): {victims}")
    print(
        f"{options.phones} phones wrote for {took:.0f} s; {book.failures} sendings failed and were sent "
        f"again, {book.resent} more were sent twice, {book.refused} refused, {book.given_up} given up"
    )
    for what, count, good in rows:
        print(f"  {what:<58} {count:>10}  {'' if good else 'BROKEN'}")
    return 0 if all(good for *_, good in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
