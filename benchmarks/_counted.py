"""The real application, with a line of sizes for each answer: what it cost, what it would have cost.

granian benchmarks._counted:application, lines go to the file STAFFROOM_COUNTED.
"""

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

from staffroom.config.wsgi import application as real
from staffroom.core.transport import encodings
from staffroom.core.transport.middleware import Transport

_FILE = open(os.environ["STAFFROOM_COUNTED"], "a", buffering=1)  # noqa: SIM115 as long as the process
_small = Transport._small


def _counted(self: Transport, request: Any, response: Any, body: bytes) -> tuple[str, bytes]:
    """The same body by other means, measured and thrown away."""
    worth = len(body) >= 200
    request.META["counted"] = {
        "raw": len(body),
        "br": len(encodings.squeezed(body, "br")[1]) if worth else len(body),
        "gzip": len(encodings.squeezed(body, "gzip")[1]) if worth else len(body),
    }
    return _small(self, request, response, body)


Transport._small = _counted  # type: ignore[method-assign]


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    line: dict[str, Any] = {
        "path": environ["PATH_INFO"],
        "method": environ["REQUEST_METHOD"],
        "up": int(environ.get("CONTENT_LENGTH") or 0),
    }

    def started(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        named = {name.lower(): value for name, value in headers}
        sent = int(named.get("content-length", 0))
        line.update(status=int(status[:3]), sent=sent, coding=named.get("content-encoding", ""))
        return start(status, headers, *more)

    answer = real(environ, started)
    line.update(environ.get("counted", dict.fromkeys(("raw", "br", "gzip"), line.get("sent", 0))))
    _FILE.write(json.dumps(line) + "\n")
    return answer
