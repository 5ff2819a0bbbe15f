"""The ground of the local servers that speak a provider's protocol: for tests and the simulator.

A channel's `pretend.py` has a class with this as its base. It keeps what our house sent, can be
told to fail, and calls our webhook as the provider would.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request that our house made."""

    method: str
    path: str  # with its query
    headers: dict[str, str]  # names in small letters
    body: bytes


@dataclass
class Answer:
    """What the server says to it."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drop: bool = False  # the line breaks after the request was taken


class Pretend:
    """A server on a port of this machine, in threads; `answer(asked)` is the provider's part."""

    def __init__(self, port: int = 0) -> None:
        self.asked: list[Asked] = []
        #: Told from outside, first in first out: answers instead of the usual ones.
        self.faults: list[Answer] = []
        #: How our house is called: (address, headers, body) -> status; tests put a client here.
        self.call: Callable[[str, dict[str, str], bytes], int] = _post
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        # Looks often whether it shall stop: hundreds of tests wait for it.
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def answer(self, asked: Asked) -> Answer:
        raise NotImplementedError

    def take(self, asked: Asked) -> Answer:
        with self._lock:
            self.asked.append(asked)
            fault = self.faults.pop(0) if self.faults else None
        return fault if fault and not fault.drop else self._usual(asked, fault)

    def _usual(self, asked: Asked, fault: Answer | None) -> Answer:
        answer = self.answer(asked)
        answer.drop = bool(fault)
        return answer

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def __enter__(self) -> "Pretend":
        return self

    def __exit__(self, *about: object) -> None:
        self.close()


def _post(address: str, headers: dict[str, str], body: bytes) -> int:
    import httpx

    return httpx.post(address, headers=headers, content=body, timeout=20).status_code


def _handler(server: Pretend) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = server.take(Asked(self.command, self.path, headers, body))
            time.sleep(answer.delay)
            if answer.drop:
                self.close_connection = True
                return
            try:
                self.send_response(answer.status)
                for name, value in ({"Content-Type": "application/json"} | answer.headers).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)
            except (BrokenPipeError, ConnectionResetError):
                return  # our house gave up waiting

        do_GET = do_POST = do_PUT = do_DELETE = _serve

        def log_message(self, *args: Any) -> None:
            return

    return Handler
