"""Everything on one machine: web, worker and clock under one supervisor."""

import argparse
import os
import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING

from staffroom.cli import BadInput, _caddy, web

if TYPE_CHECKING:
    from staffroom.cli._supervisor import Child

HELP = "Run Staffroom: web, worker and clock together; with --domain also HTTPS."
EXAMPLES = [
    "staffroom serve",
    "staffroom serve --domain staffroom.example.org",
    "staffroom serve --domain school.lan --tls internal --http-port 8080 --https-port 8443",
    "STAFFROOM_HOSTS=staffroom.example.org staffroom serve --port 8000 --workers 4",
    "DATABASE_URL=postgres://USER:PASSWORD@HOST/NAME staffroom serve",
]
DJANGO = False  # the domain is one of the settings, so it must be known before they are read


def arguments(parser: argparse.ArgumentParser) -> None:
    web.arguments(parser)
    parser.add_argument("--no-migrate", action="store_true", help="leave the database as it is")
    parser.add_argument(
        "--part",
        choices=["all", "web", "work"],
        default="all",
        help="only the pages, or only worker and clock (default: all)",
    )
    front = parser.add_argument_group("HTTPS, by Caddy")
    front.add_argument(
        "--domain",
        action="append",
        default=[],
        metavar="NAME",
        help="answer under this name with a certificate; more than one may be given",
    )
    front.add_argument(
        "--tls",
        choices=["public", "internal"],
        default="public",
        help="internal: certificates of our own, where there is no public name (default: public)",
    )
    front.add_argument("--http-port", type=web.port, default=80, help="(%(default)s)")
    front.add_argument("--https-port", type=web.port, default=443, help="(%(default)s)")
    front.add_argument(
        "--email", default="", help="where the giver of certificates may write to you"
    )


def run(options: argparse.Namespace) -> int:
    from staffroom.cli import start_django

    front = front_of(options)
    if front:
        settings_for(front)
    start_django()
    return run_started(options, front)


def front_of(options: argparse.Namespace) -> _caddy.Front | None:
    """What is asked to stand in front of us, looked at before anything is begun."""
    if not options.domain:
        return None
    if options.part == "work":
        raise BadInput("worker and clock answer no browsers: leave out --domain, or --part work.")
    if options.host != "127.0.0.1":
        raise BadInput("with --domain it is Caddy that listens to others: leave out --host.")
    internal = options.tls == "internal"
    domains = [_caddy.check_domain(name, internal=internal) for name in options.domain]
    _caddy.program(domains[0])
    for port in (options.http_port, options.https_port):
        refuse_taken_port("0.0.0.0", port, "--http-port or --https-port")  # noqa: S104
    return _caddy.Front(
        domains, options.port, options.http_port, options.https_port, internal, options.email
    )


def settings_for(front: _caddy.Front) -> None:
    """The names are ours (STAFFROOM_HOSTS), and only Caddy's word is taken for where one comes from."""
    given = [name.strip() for name in os.environ.get("STAFFROOM_HOSTS", "").split(",")]
    names = dict.fromkeys([*front.domains, *filter(None, given)])
    os.environ["STAFFROOM_HOSTS"] = ",".join(names)
    os.environ["STAFFROOM_PROXIES"] = "127.0.0.1"


def run_started(
    options: argparse.Namespace,
    front: _caddy.Front | None = None,
    more: "Sequence[Child]" = (),
) -> int:
    """The rest, once Django knows its settings; `more` runs beside it."""
    from django.conf import settings

    from staffroom.cli._process import refuse_newer_tables
    from staffroom.cli._supervisor import Child, Supervisor
    from staffroom.core.security import refuse_insecure

    refuse_insecure()
    if options.part == "work":
        refuse_newer_tables()
        work = [Child("worker", ["worker"]), Child("clock", ["clock"])]
        said = "Staffroom's worker and clock are running. Stop them with Ctrl+C."
        return Supervisor(work, announcement=said, addresses=[]).run()
    refuse_taken_port(options.host, options.port)
    prepare(migrate=not options.no_migrate)
    where = ["--host", options.host, "--port", str(options.port)]
    size = ["--workers", str(options.workers), "--threads", str(options.threads)]
    live = ["--live", str(options.live)]
    children = [Child("web", ["web", *where, *size, *live])]
    if options.part == "all":
        children += [Child("worker", ["worker"]), Child("clock", ["clock"])]
    children += more
    addresses = [(options.host, options.port)]
    if front:
        command = _caddy.write(front, settings.DATA, settings.BODY_MAX_BYTES)
        mine = _caddy.environment(settings.DATA / "caddy")
        children.append(Child("caddy", command, program=True, environment=mine))
        addresses.append(("127.0.0.1", front.https))
    said = announcement(options, front)
    return Supervisor(children, announcement=said, addresses=addresses).run()


def refuse_taken_port(host: str, port: int, option: str = "--port") -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise BadInput(
                f"this account may not listen on port {port}. The service that `staffroom systemd` "
                f"writes may; else try {option} with a number above 1023."
            ) from None
        except OSError as error:
            raise BadInput(
                f"cannot listen on {host}, port {port} ({error.strerror}). "
                f"Something else may be using it: try {option} with another number."
            ) from None


def prepare(*, migrate: bool) -> None:
    """Bring the database and the static files up to date."""
    from django.conf import settings
    from django.core.management import call_command

    from staffroom.core.backups import Unusable
    from staffroom.core.upgrade import refuse_newer, upgrade

    settings.DATA.mkdir(parents=True, exist_ok=True)
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    try:
        if migrate:
            upgrade(say=lambda text: print(text, flush=True))
        else:
            refuse_newer()
    except Unusable as error:
        raise BadInput(str(error)) from None
    call_command("collectstatic", verbosity=0, interactive=False)


def announcement(options: argparse.Namespace, front: _caddy.Front | None = None) -> str:
    from django.conf import settings

    if front:
        address = front.address()
    elif settings.HOSTS and settings.HTTPS:
        address = f"https://{settings.HOSTS[0]}/ (port {options.port} here)"
    else:
        shown = "localhost" if options.host in {"127.0.0.1", "0.0.0.0", "::"} else options.host  # noqa: S104
        address = f"http://{shown}:{options.port}/"
    kind = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
    database = {"sqlite3": "SQLite", "postgresql": "PostgreSQL"}[kind]
    demo = ", demo: anyone here may sign in as anyone" if settings.DEMO else ""
    return f"Staffroom is open at {address}  ({database}{demo}). Stop it with Ctrl+C."
