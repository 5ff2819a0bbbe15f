"""The real server, on the database of the test, which can be killed and begun again."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class House:
    """On PostgreSQL the test's own database; on SQLite a file with everything that was in memory."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = free_port(), folder
        (folder / "files").mkdir()
        if connection.vendor == "sqlite":
            self.file = folder / "house.sqlite3"
            connection.ensure_connection()
            with sqlite3.connect(self.file) as copy:
                connection.connection.backup(copy)
            self.url = f"sqlite:///{self.file}"
        else:
            said = {key: quote(str(value)) for key, value in connection.settings_dict.items()}
            self.url = f"postgres://{said['USER']}:{said['PASSWORD']}@{said['HOST']}:{said['PORT']}/{said['NAME']}"
        self.process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Until it answers."""
        own = {"DATABASE_URL": self.url, "OUTBOX_FILES": str(self.folder / "files")}
        command = ["-m", "granian", "--interface", "wsgi", "--workers", "1", "--port"]
        more = ["--blocking-threads", "4", "--no-ws", "tests.outbox.served:application"]
        with (self.folder / "house.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command, str(self.port), "--backlog", "256", *more],
                cwd=ROOT,
                env=os.environ | {"PYTHONPATH": str(ROOT)} | own,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/waiting/who", timeout=5)
                return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError((self.folder / "house.log").read_text()[-2000:])

    def kill(self) -> None:
        """As when the light goes out."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What stands in its database."""
        if connection.vendor == "sqlite":
            with sqlite3.connect(self.file) as base:
                return base.execute(query).fetchall()
        with connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())
