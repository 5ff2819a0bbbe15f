"""Does what is due at a time: the night's work at 02:00, sweeping, jobs whose worker died."""

import argparse

HELP = "Do what is due at its time (part of `serve`)."
EXAMPLES = ["staffroom clock", "staffroom clock --once"]
PAUSE = 10.0


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is due now, then leave")
    parser.add_argument(
        "--night", action="store_true", help="do the night's work now, whatever the time"
    )


def home_zone() -> str:
    """The time zone of the first programme; UTC before there is one."""
    from staffroom.places.models import Programme

    return Programme.objects.order_by("pk").values_list("timezone", flat=True).first() or "UTC"


def run(options: argparse.Namespace) -> None:
    from staffroom.cli._process import Stop, leave_with_the_supervisor, loop, refuse_newer_tables
    from staffroom.core import heartbeat, schedule
    from staffroom.core.security import refuse_insecure

    refuse_insecure()
    refuse_newer_tables()
    if options.night:
        schedule.nightly()
        return
    if options.once:
        schedule.keep(home_zone())
        return
    stop = Stop()
    leave_with_the_supervisor()
    beat = heartbeat.Beat("clock")

    def tick() -> bool:
        beat.beat()
        schedule.keep(home_zone())
        return False

    loop(stop, tick, pause=PAUSE, name="clock")
    beat.stop()
