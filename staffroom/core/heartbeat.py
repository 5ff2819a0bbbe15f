"""Workers and clocks say that they are alive, so that a person can ask."""

import datetime as dt
import os
import socket
import time

from staffroom import __version__
from staffroom.core.clock import now
from staffroom.core.models import Heartbeat

EVERY = 10.0  # seconds
ALIVE = dt.timedelta(seconds=45)


class Beat:
    """One process's sign of life; `beat()` may be called as often as one likes."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.name = f"{kind}-{socket.gethostname()[:30]}-{os.getpid()}"
        self._started = now()
        self._last: float | None = None

    def beat(self) -> None:
        if self._last is not None and time.monotonic() - self._last < EVERY:
            return
        self._last = time.monotonic()
        Heartbeat.objects.update_or_create(
            name=self.name,
            defaults={
                "kind": self.kind,
                "version": __version__,
                "started_at": self._started,
                "at": now(),
            },
        )

    def stop(self) -> None:
        Heartbeat.objects.filter(name=self.name).delete()


def alive(kind: str) -> list[Heartbeat]:
    """The processes of one kind heard from lately."""
    moment = now()  # a beat from later than now is one from before the clock went back
    return list(Heartbeat.objects.filter(kind=kind, at__gt=moment - ALIVE, at__lt=moment + ALIVE))


def forget(using: str) -> None:
    """No process is known to run on this database."""
    Heartbeat.objects.using(using).all().delete()


def sweep() -> None:
    """Forget processes that have been silent for a day, or beat in days to come."""
    day = dt.timedelta(days=1)
    Heartbeat.objects.exclude(at__range=(now() - day, now() + day)).delete()
