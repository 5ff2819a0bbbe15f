"""The demo's local servers of WhatsApp, Telegram and text messages, with a phone for each."""

import argparse

HELP = "Run the demo's local servers of WhatsApp, Telegram and text messages (part of `demo`)."
EXAMPLES = ["staffroom simulator --house http://127.0.0.1:8000 --ports 8001 8002 8003 8004"]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--house", required=True, metavar="URL", help="where Staffroom answers")
    parser.add_argument(
        "--ports",
        required=True,
        type=int,
        nargs=4,
        metavar="PORT",
        help="for the phones, WhatsApp, Telegram and text messages",
    )


def run(options: argparse.Namespace) -> None:
    from django.conf import settings

    from staffroom.cli import BadInput
    from staffroom.cli._process import Stop, leave_with_the_supervisor, loop
    from staffroom.web.simulator import servers
    from staffroom.web.simulator.ports import Ports

    if not settings.DEMO:
        raise BadInput("these servers are for the demo alone: start `staffroom demo`.")
    stop = Stop()
    leave_with_the_supervisor()
    servers.run(Ports(*options.ports), options.house.rstrip("/"))
    loop(stop, lambda: False, pause=1.0, name="simulator")
