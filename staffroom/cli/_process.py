"""What web, worker and clock share: stopping when asked, and not outliving the supervisor."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections, connections

log = logging.getLogger("staffroom.process")


class Stop:
    """Set by SIGTERM and SIGINT; `stop.wait(seconds)` sleeps until then."""

    def __init__(self) -> None:
        self._event = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._event.set())

    def __call__(self) -> bool:
        return self._event.is_set()

    def wait(self, seconds: float) -> None:
        self._event.wait(seconds)


def leave_with_the_supervisor() -> None:
    """Stop this process when the supervisor that started it is gone."""
    parent = os.environ.get("STAFFROOM_SUPERVISOR", "")
    if not parent:
        return

    def watch() -> None:
        while os.getppid() == int(parent):
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="supervisor").start()


def refuse_newer_tables() -> None:
    """One line, and nothing begun, where the database belongs to a newer version."""
    from staffroom.cli import BadInput
    from staffroom.core.backups import Unusable
    from staffroom.core.upgrade import refuse_newer

    try:
        refuse_newer()
    except Unusable as error:
        raise BadInput(str(error)) from None


def loop(stop: Stop, once: Callable[[], bool], *, pause: float, name: str) -> None:
    """Call `once` until told to stop; pause when it had nothing to do, longer after an error."""
    failures = 0
    while not stop():
        close_old_connections()
        try:
            busy = once()
            failures = 0
        except Exception:
            failures += 1
            log.exception("loop.failed", extra={"loop": name, "failures": failures})
            for connection in connections.all(initialized_only=True):
                connection.close()
            stop.wait(min(2**failures, 30))
            continue
        if not busy:
            stop.wait(pause)
    connections.close_all()
