"""Starts children, starts them again when they die, stops all within ten seconds."""

import contextlib
import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

from staffroom.cli._process import Stop

log = logging.getLogger("staffroom.supervisor")
PATIENCE = 9.0  # seconds to finish what is being done, then SIGKILL
PR_SET_PDEATHSIG = 1  # linux/prctl.h
STEADY = 30.0  # a child that lived so long is started again at once


@dataclass
class Child:
    """One process, in a group of its own so that its own children go with it."""

    name: str
    command: list[str]  # words of `staffroom`, or with `program` a whole command
    program: bool = False
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_at: float = 0.0
    deaths: int = 0
    delays: list[float] = field(default_factory=lambda: [0.2, 1, 2, 5, 10, 30])

    def start(self) -> None:
        ours = [] if self.program else [sys.executable, "-m", "staffroom.cli"]
        self.process = subprocess.Popen(
            [*ours, *self.command],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            env=self.surroundings(),
            # A program that is not ours does not watch its parent; the kernel does it (Linux).
            preexec_fn=_die_with_parent if self.program else None,
        )
        self.started = time.monotonic()

    def surroundings(self) -> dict[str, str]:
        """Our secrets are in the environment; a program that is not ours gets none of them."""
        known = dict(os.environ)
        if self.program:
            known = {
                name: value
                for name, value in known.items()
                if name != "DATABASE_URL" and not name.startswith("STAFFROOM_")
            }
        return known | self.environment | {"STAFFROOM_SUPERVISOR": str(os.getpid())}

    def signal(self, number: int) -> None:
        """To the process itself: it tells its own children."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)

    def kill_group(self) -> None:
        """Nothing of a dead child may live on and hold its port."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def tend(self) -> None:
        """Start it if its time has come; notice its death."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.kill_group()
        self.deaths = 0 if now - self.started > STEADY else self.deaths + 1
        delay = self.delays[min(self.deaths, len(self.delays) - 1)]
        log.error("child.died", extra={"child": self.name, "code": code, "again_in": delay})
        self.process, self.start_at = None, now + delay


def _die_with_parent() -> None:
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def tell_systemd(word: str) -> None:
    """A word for whoever started us (sd_notify); nothing where that is a person."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
            out.sendto(
                word.encode(), address.replace("@", "\0", 1) if address[0] == "@" else address
            )


class Supervisor:
    def __init__(
        self, children: list[Child], *, announcement: str, addresses: list[tuple[str, int]]
    ) -> None:
        self.children = children
        self.announcement = announcement
        self.addresses = addresses

    def run(self) -> int:
        stop = Stop()
        for child in self.children:
            child.start()
        announced = False
        while not stop():
            if not announced and self.answers():
                announced = True
                print(self.announcement, flush=True)
                tell_systemd("READY=1")
            for child in self.children:
                child.tend()
            stop.wait(0.2)
        return self.stop()

    def answers(self) -> bool:
        """Somebody listens wherever browsers will come."""
        for asked, port in self.addresses:
            host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(asked, asked)  # noqa: S104
            try:
                socket.create_connection((host, port), timeout=0.5).close()
            except OSError:
                return False
        return True

    def stop(self) -> int:
        """0 if all left by themselves."""
        tell_systemd("STOPPING=1")
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        clean = True
        for child in self.children:
            try:
                if child.process:
                    child.process.wait(max(0.05, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.error("child.killed", extra={"child": child.name})
                clean = False
            child.kill_group()
        return 0 if clean else 1
