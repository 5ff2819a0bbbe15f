"""Delivers the outbox and runs slow jobs. Any number may run, on any machine that has the database."""

import argparse
import threading
from functools import partial

HELP = "Deliver what others must hear and run slow jobs (part of `serve`)."
EXAMPLES = ["staffroom worker", "DATABASE_URL=postgres://… staffroom worker"]
PAUSE = 0.4  # seconds between looks when there is nothing to do
BESIDE = 5.0  # the same for what rooms do beside


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is waiting now, then leave")


def run(options: argparse.Namespace) -> None:
    from staffroom.cli._process import Stop, leave_with_the_supervisor, loop, refuse_newer_tables
    from staffroom.core import heartbeat, hooks, jobs, outbox
    from staffroom.core.security import refuse_insecure

    refuse_insecure()
    refuse_newer_tables()
    beat = heartbeat.Beat("worker")
    if options.once:
        while outbox.deliver() + jobs.run_due(beat.name):
            pass
        return
    stop = Stop()
    leave_with_the_supervisor()

    def deliver() -> bool:
        beat.beat()
        return bool(outbox.deliver(stopping=stop))

    def work() -> bool:
        return bool(jobs.run_due(beat.name, stopping=stop))

    slow = threading.Thread(
        target=loop, args=(stop, work), kwargs={"pause": PAUSE, "name": "jobs"}, daemon=True
    )
    slow.start()
    for part in hooks.beside_the_worker:
        threading.Thread(
            target=loop,
            args=(stop, partial(part, stopping=stop)),
            kwargs={"pause": BESIDE, "name": part.__module__},
            daemon=True,
        ).start()
    loop(stop, deliver, pause=PAUSE, name="outbox")
    slow.join(timeout=8)
    beat.stop()
