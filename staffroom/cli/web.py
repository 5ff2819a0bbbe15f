"""Answers browsers: granian with WSGI and threads. Any number may run behind a proxy."""

import argparse
import contextlib
import os
import signal
import tempfile
from typing import Any

HELP = "Answer browsers (part of `serve`)."
EXAMPLES = ["staffroom web --port 8000 --workers 4"]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=port, default=8000, help="port to listen on (%(default)s)")
    parser.add_argument(
        "--workers", type=int, default=0, help="processes (default: one a core, at most 4)"
    )
    parser.add_argument(
        "--threads", type=int, default=4, help="requests at a time in one process (%(default)s)"
    )
    parser.add_argument(
        "--live",
        type=int,
        default=8,
        help="pages of one process that hear at once what is new; others ask now and then (%(default)s)",
    )


def port(text: str) -> int:
    value = int(text)
    if not 0 < value < 65536:
        raise argparse.ArgumentTypeError(f"a port is between 1 and 65535, not {value}")
    return value


def processes(asked: int) -> int:
    return asked if asked > 0 else min(4, os.cpu_count() or 1)


def run(options: argparse.Namespace) -> None:
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from staffroom.cli._process import leave_with_the_supervisor, refuse_newer_tables
    from staffroom.core.security import refuse_insecure

    refuse_insecure()
    refuse_newer_tables()
    leave_with_the_supervisor()
    live = max(0, options.live)
    # For workers that are born from this process, and for those that read everything anew.
    settings.LIVE = live
    os.environ["STAFFROOM_LIVE"] = str(live)
    server = Granian(
        "staffroom.config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=processes(options.workers),
        blocking_threads=options.threads + live,  # each of them holds one
        respawn_failed_workers=True,
        respawn_interval=1,
        workers_kill_timeout=8,
        websockets=False,
        log_level=LogLevels.warning,
    )
    with tempfile.NamedTemporaryFile(prefix="staffroom-open-") as sign:
        os.environ["STAFFROOM_OPEN"] = sign.name
        server.on_startup(lambda: _take_down_when_closing(sign.name))
        with contextlib.suppress(FileNotFoundError):
            server.serve()
            return


def _take_down_when_closing(sign: str) -> None:
    """Pages that listen would hold up the end: they hang up when the sign is gone."""
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def closing(number: int, frame: Any, before: Any = before) -> None:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(sign)
            before(number, frame)

        signal.signal(number, closing)
