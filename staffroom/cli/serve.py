"""Everything on one machine: web, worker and clock under one supervisor."""

import argparse

from staffroom.cli import web

HELP = "Run Staffroom: web, worker and clock together."
EXAMPLES = [
    "staffroom serve",
    "STAFFROOM_HOSTS=staffroom.example.org staffroom serve --port 8000 --workers 4",
    "DATABASE_URL=postgres://USER:PASSWORD@HOST/NAME staffroom serve",
]


def arguments(parser: argparse.ArgumentParser) -> None:
    web.arguments(parser)
    parser.add_argument("--no-migrate", action="store_true", help="leave the database as it is")


def run(options: argparse.Namespace) -> int:
    from staffroom.cli._supervisor import Child, Supervisor
    from staffroom.core.security import refuse_insecure

    refuse_insecure()
    refuse_taken_port(options.host, options.port)
    prepare(migrate=not options.no_migrate)
    where = ["--host", options.host, "--port", str(options.port)]
    size = ["--workers", str(options.workers), "--threads", str(options.threads)]
    children = [
        Child("web", ["web", *where, *size]),
        Child("worker", ["worker"]),
        Child("clock", ["clock"]),
    ]
    address = (options.host, options.port)
    return Supervisor(children, announcement=announcement(options), address=address).run()


def refuse_taken_port(host: str, port: int) -> None:
    import socket

    from staffroom.cli import BadInput

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(
                f"cannot listen on {host}, port {port} ({error.strerror}). "
                "Something else may be using it: try --port with another number."
            ) from None


def prepare(*, migrate: bool) -> None:
    """Bring the database and the static files up to date."""
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA.mkdir(parents=True, exist_ok=True)
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    if migrate:
        call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def announcement(options: argparse.Namespace) -> str:
    from django.conf import settings

    if settings.HOSTS and settings.HTTPS:
        address = f"https://{settings.HOSTS[0]}/ (port {options.port} here)"
    else:
        shown = "localhost" if options.host in {"127.0.0.1", "0.0.0.0", "::"} else options.host  # noqa: S104
        address = f"http://{shown}:{options.port}/"
    kind = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
    database = {"sqlite3": "SQLite", "postgresql": "PostgreSQL"}[kind]
    demo = ", demo: anyone here may sign in as anyone" if settings.DEMO else ""
    return f"Staffroom is open at {address}  ({database}{demo}). Stop it with Ctrl+C."
