"""Structured logs: one JSON object a line, without personal data."""

import datetime as dt
import json
import logging
from typing import Any

log = logging.getLogger("staffroom.request")
_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class JsonLines(logging.Formatter):
    """Time, level, logger, event and the extras; of an exception its class and place, never its text."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        line.pop("request", None)
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _places(record.exc_info[2])
        return json.dumps(line, default=str, ensure_ascii=False)


def request_fault(**kwargs: Any) -> None:
    """Connected to Django's signal for what no view handled: the class and the place, no more."""
    request = kwargs.get("request")
    match = getattr(request, "resolver_match", None)
    log.error(
        "request.fault",
        exc_info=True,
        extra={"route": match.view_name if match else "-"},
    )


def _places(traceback: object) -> list[str]:
    frames = []
    while traceback is not None:
        code = traceback.tb_frame.f_code  # type: ignore[attr-defined]
        frames.append(f"{code.co_filename.rsplit('staffroom/', 1)[-1]}:{traceback.tb_lineno}")  # type: ignore[attr-defined]
        traceback = traceback.tb_next  # type: ignore[attr-defined]
    return frames[-8:]
