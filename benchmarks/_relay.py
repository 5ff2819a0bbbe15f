"""A relay between a browser and a server on this machine: counts the true bytes, and can be a slow link.

What TLS adds is told from its records: the handshake (certificates, tickets) and the frame of each
record. What TCP and IP add is not counted: some 40 bytes a packet, on every protocol alike.
"""

import asyncio
import contextlib
import threading
import time
from dataclasses import dataclass, fields

CHUNK = 1400
FRAME, SECRET_END = 5, 17  # before a record of TLS 1.3, and at its end: kind and tag
DATA = 23


@dataclass
class Bytes:
    """Both ways together, as they went over the wire."""

    plain: int = 0  # of HTTP: bodies, headers, frames
    handshake: int = 0
    records: int = 0
    connections: int = 0

    def minus(self, other: "Bytes") -> "Bytes":
        return Bytes(*(getattr(self, f.name) - getattr(other, f.name) for f in fields(self)))


class Records:
    """One connection's records, both ways."""

    def __init__(self, count: Bytes) -> None:
        self.count = count
        self.rest = {"up": b"", "down": b""}
        self.finished = {"up": False, "down": False}

    def add(self, way: str, data: bytes) -> None:
        data = self.rest[way] + data
        while len(data) >= FRAME:
            length = int.from_bytes(data[3:5]) + FRAME
            if len(data) < length:
                break
            self._record(way, data[0], length)
            data = data[length:]
        self.rest[way] = data

    def _record(self, way: str, kind: int, length: int) -> None:
        """The browser's first secret record ends the handshake; the server's next one is its ticket."""
        if kind == DATA and self.finished[way]:
            self.count.records += FRAME + SECRET_END
            self.count.plain += length - FRAME - SECRET_END
            return
        self.count.handshake += length
        if kind == DATA:
            self.finished[way] = way == "up" or self.finished["up"]


class Relay:
    """`with Relay(port, tls=True) as relay:` then `relay.port`, `relay.read()`, `relay.cut()`.

    `rate` in bytes a second both ways, `delay` in seconds one way: a link that all connections share.
    """

    def __init__(self, to: int, *, tls: bool, rate: float = 0, delay: float = 0) -> None:
        self.to, self.tls, self.rate, self.delay = to, tls, rate, delay
        self.count = Bytes()
        self.last = time.monotonic()
        self._free = {"up": 0.0, "down": 0.0}
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()
        self.port = 0

    def __enter__(self) -> "Relay":
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        self._loop.call_soon_threadsafe(self._end)
        self._thread.join(5)

    def read(self) -> Bytes:
        return Bytes(**vars(self.count))

    def cut(self) -> None:
        """Every connection ends, as when the phone was in a pocket for hours."""
        done = threading.Event()

        def end() -> None:
            for writer in self._writers:
                writer.transport.abort()
            done.set()

        self._loop.call_soon_threadsafe(end)
        done.wait(5)

    def quiet(self, seconds: float = 0.3, most: float = 15) -> None:
        """Wait until nothing has gone over the wire for a while."""
        until = time.monotonic() + most
        time.sleep(0.05)
        while time.monotonic() - self.last < seconds and time.monotonic() < until:
            time.sleep(0.02)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    def _end(self) -> None:
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        ended = asyncio.gather(*tasks, return_exceptions=True)
        ended.add_done_callback(lambda _: self._loop.stop())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.delay:
            await asyncio.sleep(2 * self.delay)  # TCP's own handshake
        there, back = await asyncio.open_connection("127.0.0.1", self.to)
        self.count.connections += 1
        records = Records(self.count)
        self._writers |= {writer, back}
        with contextlib.suppress(asyncio.CancelledError):  # when the relay ends
            await asyncio.gather(
                self._pass("up", reader, back, records), self._pass("down", there, writer, records)
            )
        self._writers -= {writer, back}

    async def _pass(
        self, way: str, source: asyncio.StreamReader, to: asyncio.StreamWriter, records: Records
    ) -> None:
        line: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        sender = asyncio.ensure_future(self._deliver(line, to))
        with contextlib.suppress(OSError):
            while data := await source.read(CHUNK):
                self._note(way, data, records)
                line.put_nowait((await self._turn(way, len(data)), data))
        line.put_nowait((time.monotonic() + self.delay, b""))
        with contextlib.suppress(OSError):
            await sender

    def _note(self, way: str, data: bytes, records: Records) -> None:
        self.last = time.monotonic()
        if self.tls:
            records.add(way, data)
        else:
            self.count.plain += len(data)

    async def _turn(self, way: str, size: int) -> float:
        """When these bytes arrive: after those before them, at the pace of the link."""
        if not self.rate:
            return 0.0
        now = time.monotonic()
        self._free[way] = max(self._free[way], now) + size / self.rate
        arrives = self._free[way] + self.delay
        # No more than two seconds of bytes wait in the link; then it holds back whoever sends.
        await asyncio.sleep(max(0.0, self._free[way] - now - 2))
        return arrives

    async def _deliver(
        self, line: "asyncio.Queue[tuple[float, bytes]]", to: asyncio.StreamWriter
    ) -> None:
        while True:
            due, data = await line.get()
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            self.last = time.monotonic()
            if not data:
                to.close()
                return
            to.write(data)
            await to.drain()
