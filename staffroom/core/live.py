"""Pages that hear at once that something is new: one open answer each, in a bounded number of places.

An open answer holds a thread. So there are `settings.LIVE` places in a process beside the threads that
answer requests (`staffroom web --live`); whoever finds none polls as before. While a page listens it has
no connection to the database: one thread a process looks for all of them. What is sent is the word that
something is new, never what: the page then asks for it, and is asked who it is, as by polling.
"""

import os
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.db import DatabaseError, connection
from django.http import HttpRequest, StreamingHttpResponse

from staffroom.core.sessions import SessionStore

#: Seconds: between two looks; between two signs of life, below the minute after which proxies hang
#: up; the longest that one answer stays open.
LOOK, BEAT, LONGEST = 2.0, 50.0, 600.0
NEWS, SIGN = b"data:\n\n", b":\n\n"
#: The browser waits so long before it opens a broken line again.
FIRST = b"retry:15000\n\n"


class Ear:
    """One page that listens for a change of what `look` gives under `key`."""

    def __init__(self, key: Hashable, look: Callable[[], Any], known: Any) -> None:
        self.key, self.look, self.known = key, look, known
        self.rung = threading.Event()


class Bell:
    """All ears of this process, and the one thread that looks for them while there are any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ears: set[Ear] = set()
        self._thread: threading.Thread | None = None

    def listen(self, ear: Ear, places: int) -> bool:
        """Take a place; False where none is free."""
        with self._lock:
            if len(self._ears) >= places:
                return False
            self._ears.add(ear)
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, daemon=True, name="bell")
                self._thread.start()
            return True

    def leave(self, ear: Ear) -> None:
        with self._lock:
            self._ears.discard(ear)

    def _all(self) -> list[Ear]:
        with self._lock:
            if not self._ears or closing():
                self._thread = None
            return list(self._ears)

    def _watch(self) -> None:
        while ears := self._all():
            if closing():
                break
            ring(ears)
            time.sleep(LOOK)
        for ear in ears:
            ear.rung.set()
        _put_down()


def ring(ears: list[Ear]) -> None:
    """Look once for each key, and wake whom it concerns."""
    found: dict[Hashable, Any] = {}
    for ear in ears:
        try:
            if ear.key not in found:
                found[ear.key] = ear.look()
        except DatabaseError:  # it restarts: look again the next time
            _put_down()
            return
        if found[ear.key] != ear.known:
            ear.known = found[ear.key]
            ear.rung.set()


def closing() -> bool:
    """The house is being closed (`cli.web` takes its sign down first of all)."""
    sign = os.environ.get("STAFFROOM_OPEN")
    return bool(sign) and not os.path.exists(sign or "")


bell = Bell()


class Line:
    """What one page hears. Closed by whoever serves it, also where it was never begun."""

    def __init__(self, ear: Ear, still: Callable[[], bool]) -> None:
        self._ear, self._words = ear, _words(ear, still)

    def __iter__(self) -> Iterator[bytes]:
        return self._words

    def close(self) -> None:
        bell.leave(self._ear)
        self._words.close()


def _words(ear: Ear, still: Callable[[], bool]) -> Any:
    until = time.monotonic() + LONGEST
    _put_down()
    yield FIRST
    while time.monotonic() < until:
        rung = ear.rung.wait(BEAT)
        ear.rung.clear()
        if closing():
            return
        allowed = still()
        _put_down()
        if not allowed:
            return
        yield NEWS if rung else SIGN


def wanted(request: HttpRequest) -> bool:
    """Whether the page asks to be told, rather than for what is new."""
    return request.headers.get("Accept") == "text/event-stream"


def line(
    request: HttpRequest,
    *,
    key: Hashable,
    look: Callable[[], Any],
    known: Any,
    allowed: Callable[[Any], bool],
) -> StreamingHttpResponse | None:
    """An open answer that tells when `look()` is no longer `known`; None where there is no place.

    `allowed(person)` is asked before each word, of the person as the session then says.
    A lent phone gets none: its session ends by itself where nobody asks for a page.
    """
    if "idle" in request.session:
        return None
    ear = Ear(key, look, known)
    if not bell.listen(ear, settings.LIVE):
        return None
    session = request.session.session_key
    response = StreamingHttpResponse(
        Line(ear, lambda: _still(session, allowed)), content_type="text/event-stream"
    )
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"  # nginx would wait for more
    return response


def _still(session: str | None, allowed: Callable[[Any], bool]) -> bool:
    """Signed in as before, and still allowed."""
    request = HttpRequest()
    request.session = SessionStore(session)
    person = get_user(request)
    return person.is_authenticated and allowed(person)


def _put_down() -> None:
    """A page that only listens holds no connection to the database."""
    if not connection.in_atomic_block:
        connection.close()
