"""Real processes on a real database: a file of SQLite, or a PostgreSQL database of their own."""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, seconds: float = 120.0):
    """What `what()` gives once it is true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := what():
            return value
        time.sleep(0.1)
    raise AssertionError("waited in vain")


class House:
    """One deployment: a data folder and a database."""

    def __init__(self, data: Path, url: str = "", **environment: str) -> None:
        self.data = data
        given = {
            name: value for name, value in os.environ.items() if not name.startswith("STAFFROOM_")
        }
        given.pop("DATABASE_URL", None)
        self.environment = given | {
            "STAFFROOM_DATA": str(data),
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "staffroom.config.settings",
        }
        if url:
            self.environment["DATABASE_URL"] = url
        self.environment |= environment
        self.running: list[subprocess.Popen] = []

    def run(self, *words: str, code: int | None = 0) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [sys.executable, "-m", "staffroom.cli", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
        )
        if code is not None:
            assert done.returncode == code, (
                f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
            )
        return done

    def python(self, code: str):
        """Run code inside Django; what it prints, as JSON."""
        lines = "import json, django; django.setup()\n" + code
        done = subprocess.run(
            [sys.executable, "-c", lines],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            cwd=ROOT,
        )
        assert done.returncode == 0, done.stderr
        said = done.stdout.strip().splitlines()
        return json.loads(said[-1]) if said else None

    def start(self, *words: str, **environment: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-m", "staffroom.cli", *words],
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
        )
        self.running.append(process)
        return process

    def serve(self, *words: str, **environment: str) -> tuple[subprocess.Popen, int]:
        """Start `staffroom serve`; wait until it answers."""
        port = free_port()
        process = self.start("serve", "--port", str(port), "--workers", "1", *words, **environment)
        wait_for(lambda: process.poll() is not None or get(port, "/readyz") == 200)
        assert process.poll() is None, process.stdout.read()
        return process, port

    def close(self) -> None:
        for process in self.running:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(15)
                except subprocess.TimeoutExpired:
                    process.kill()
            process.stdout.close()


def get(port: int, path: str, timeout: float = 5) -> int:
    """The status of one page; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=timeout) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """`migrated(kind)`: a house with tables and nothing in them, to be copied; made once."""
    made: dict[str, House] = {}
    server = os.environ.get("DATABASE_URL", "")

    def of(kind: str) -> House:
        if kind not in made:
            url = new_database(server) if kind != "sqlite" else ""
            made[kind] = House(tmp_path_factory.mktemp("migrated"), url)
            made[kind].run("manage", "migrate", "-v", "0")
        return made[kind]

    yield of
    for house in made.values():
        if "DATABASE_URL" in house.environment:
            drop_database(server, house.environment["DATABASE_URL"])


OLD = ROOT / "tests" / "data" / "v0.1" / "backup.zip"


@pytest.fixture(scope="session")
def grown(tmp_path_factory):
    """A house of the first version brought up to date, to be copied. On SQLite made once for all
    processes that test: it goes through every migration there ever was."""
    server = os.environ.get("DATABASE_URL", "")
    if server:
        house = House(tmp_path_factory.mktemp("grown"), new_database(server))
        house.run("restore", str(OLD))
        yield house
        drop_database(server, house.environment["DATABASE_URL"])
        return
    base = tmp_path_factory.getbasetemp()
    place = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    house = House(place / "grown")
    with (place / "grown.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "grown.done").exists():
            house.run("restore", str(OLD))
            (place / "grown.done").touch()
    yield house


@pytest.fixture
def make_house(tmp_path, migrated):
    """`make_house()`: a deployment on the kind of database that these tests run on.

    `make_house("sqlite")` where the kind matters, `like=` for a copy of another, `ready=True` for
    one that has its tables.
    """
    houses: list[House] = []
    databases: list[tuple[str, str]] = []

    def make(
        kind: str = "", like: House | None = None, ready: bool = False, **environment: str
    ) -> House:
        server = os.environ.get("DATABASE_URL", "") if kind != "sqlite" else ""
        if ready:
            like = migrated("" if server else "sqlite")
        url = new_database(server, like) if server else ""
        if server:
            databases.append((server, url))
        house = House(tmp_path / f"house{len(houses)}", url, **environment)
        if like:
            shutil.copytree(like.data, house.data)
        houses.append(house)
        return house

    yield make
    for house in houses:
        house.close()
    for server, url in databases:
        drop_database(server, url)


def new_database(server: str, like: House | None = None) -> str:
    """The URL of a new database on the server that these tests run on."""
    name = f"house_{uuid.uuid4().hex[:12]}"
    template = f' TEMPLATE "{_name(like.environment["DATABASE_URL"])}"' if like else ""
    _execute(server, f'CREATE DATABASE "{name}"{template}')
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def drop_database(server: str, url: str) -> None:
    _execute(server, f'DROP DATABASE IF EXISTS "{_name(url)}" WITH (FORCE)')


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _execute(url: str, sql: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql)


@pytest.fixture
def house(make_house) -> House:
    return make_house()
