"""A bad line between the phone and Staffroom: what a mast, a tunnel and a hotspot do to a request.

Only what the outbox sends is treated badly (`X-Act`, `/waiting/who`); pages pass. Everything is drawn
from one seed, so a run can be played again.
"""

import asyncio
import contextlib
import random
import threading
from collections import Counter

#: What may happen, and how often in a hundred.
WEATHER = {
    "pass": 46,
    "lose the request": 9,
    "lose the answer": 12,
    "send twice": 8,
    "send again later": 8,
    "half an answer": 6,
    "slow": 5,
    "arrive after giving up": 4,
    "hotspot page": 1,
    "busy": 1,
}
PAGE = b"<p>Welcome to Free WiFi</p>"
HOTSPOT = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE
)
BUSY = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Relay:
    """Listens on `port`, speaks to Staffroom at `upstream`; `calm` lets everything through."""

    def __init__(self, upstream: int, seed: int) -> None:
        self.upstream, self.calm = upstream, False
        self.random, self.seen = random.Random(seed), Counter[str]()
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._later: set[asyncio.Task] = set()
        self._open: set[asyncio.Task] = set()
        ready = threading.Event()
        threading.Thread(target=self._run, args=(ready,), daemon=True).start()
        ready.wait(10)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)

        async def begin() -> None:
            server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=2**20)
            self.port = server.sockets[0].getsockname()[1]
            ready.set()

        self._loop.run_until_complete(begin())
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        with contextlib.suppress(RuntimeError):
            self._loop.run_until_complete(asyncio.sleep(0.05))

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)  # the loop itself holds tasks weakly
        task.add_done_callback(self._open.discard)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            whole = head + await reader.readexactly(_length(head))
            await self._treat(head, whole, writer)
        except asyncio.CancelledError:
            return
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            writer.transport.abort()
        finally:
            with contextlib.suppress(OSError):
                writer.close()

    async def _treat(self, head: bytes, whole: bytes, writer: asyncio.StreamWriter) -> None:
        ours = b"\r\nx-act:" in head.lower() or head.startswith(b"GET /waiting/who")
        if self.calm or not ours:
            return await self._answer(writer, await self._ask(whole))
        what = self.random.choices(list(WEATHER), list(WEATHER.values()))[0]
        self.seen[what] += 1
        if what == "lose the request":
            return writer.transport.abort()
        if what == "arrive after giving up":
            self._soon(whole)
            return writer.transport.abort()
        if what in {"hotspot page", "busy"}:
            return await self._answer(writer, HOTSPOT if what == "hotspot page" else BUSY)
        if what == "slow":
            await asyncio.sleep(self.random.uniform(0.05, 0.4))
        if what == "send again later":
            self._soon(whole)
        if what == "send twice":
            first, _second = await asyncio.gather(self._ask(whole), self._ask(whole))
            return await self._answer(writer, first)
        answer = await self._ask(whole)
        if what == "lose the answer":
            return writer.transport.abort()
        if what == "half an answer":
            writer.write(answer[: len(answer) // 2])
            await writer.drain()
            return writer.transport.abort()
        return await self._answer(writer, answer)

    def _soon(self, whole: bytes) -> None:
        """The same request once more, later: out of order with all that is sent meanwhile."""

        async def copy() -> None:
            await asyncio.sleep(self.random.uniform(0.1, 2.5))
            with contextlib.suppress(OSError):
                await self._ask(whole)

        task = self._loop.create_task(copy())
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    @property
    def quiet(self) -> bool:
        return not self._later

    async def _ask(self, whole: bytes) -> bytes:
        """The answer of Staffroom; OSError where it is not there."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        try:
            writer.write(_closing(whole))
            await writer.drain()
            answer = await reader.read(-1)
            if not answer:
                raise ConnectionResetError
            return answer
        finally:
            writer.close()

    @staticmethod
    async def _answer(writer: asyncio.StreamWriter, answer: bytes) -> None:
        writer.write(answer)
        await writer.drain()


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def _closing(whole: bytes) -> bytes:
    """One request a connection: then the answer ends where the connection does."""
    head, _, body = whole.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body
