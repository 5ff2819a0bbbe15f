"""Services that start with the machine, written for this machine."""

import argparse
import datetime as dt
import os
import re
import shutil
import sys
from pathlib import Path

from staffroom.cli import BadInput, _caddy, _units

HELP = "Write hardened systemd services: pages with HTTPS, worker, backup and doctor timers."
EXAMPLES = [
    "staffroom systemd --domain staffroom.example.org",
    "staffroom systemd --domain staffroom.example.org --write /etc/systemd/system",
]
DJANGO = False
NAME = re.compile(r"[a-z_][a-z0-9_-]{0,30}")
SIZE = re.compile(r"[1-9]\d*[MG]")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--domain", action="append", required=True, metavar="NAME",
                        help="the name that leads here; more than one may be given")  # fmt: skip
    parser.add_argument("--user", default="staffroom", help="whose services (default: staffroom)")
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(os.environ.get("STAFFROOM_DATA", "/var/lib/staffroom")),
        help="the data folder (default: STAFFROOM_DATA, else /var/lib/staffroom)",
    )
    parser.add_argument(
        "--env-file",
        type=Path,
        default=Path("/etc/staffroom.env"),
        help="the file with the settings (default: %(default)s)",
    )
    parser.add_argument(
        "--may-write",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="one more folder that may be written, as the one of STAFFROOM_BACKUP_TO",
    )
    parser.add_argument("--memory", default="1G", help="most memory of each (default: %(default)s)")
    parser.add_argument(
        "--check-at", default="06:00", help="when backup and health are checked (%(default)s)"
    )
    parser.add_argument("--write", type=Path, metavar="DIR", help="write them there")


def run(options: argparse.Namespace) -> None:
    domains = [_caddy.check_domain(name, internal=False) for name in options.domain]
    place = _units.Place(
        program=program(),
        user=_checked(options.user, NAME, "--user"),
        data=_absolute(options.data),
        environment=_absolute(options.env_file),
        writes=tuple(map(_absolute, options.may_write)),
    )
    texts = _units.units(
        place,
        domains,
        memory=_checked(options.memory, SIZE, "--memory"),
        check_at=_time(options.check_at),
    )
    if options.write is None:
        for name, text in texts.items():
            print(f"# /etc/systemd/system/{name}\n{text}")
        return
    _write(options.write, texts)
    _next(options, place)


def program() -> str:
    """How `staffroom` is called by its full name."""
    beside = Path(sys.executable).with_name("staffroom")
    if beside.exists():
        return str(beside)
    return f"{sys.executable} -m staffroom.cli"


def _checked(text: str, form: re.Pattern[str], option: str) -> str:
    if not form.fullmatch(text):
        raise BadInput(f"{option} {text!r} cannot be used.")
    return text


def _absolute(path: Path) -> Path:
    if not path.is_absolute() or re.search(r"[\s%\"'\\]", str(path)):
        raise BadInput(f"{path}: give the whole path, from /, without spaces.")
    return path


def _time(text: str) -> dt.time:
    try:
        return dt.time.fromisoformat(text)
    except ValueError:
        raise BadInput(f"--check-at {text!r} is no time of day, as 06:00 is.") from None


def _write(folder: Path, texts: dict[str, str]) -> None:
    if not folder.is_dir():
        raise BadInput(f"there is no folder {folder}.")
    for name, text in texts.items():
        try:
            (folder / name).write_text(text)
        except OSError as error:
            raise BadInput(f"{folder / name} cannot be written ({error.strerror}).") from None
        print(f"wrote {folder / name}")


def _next(options: argparse.Namespace, place: _units.Place) -> None:
    if not shutil.which("caddy"):
        print("Caddy is still missing: apt-get install caddy && systemctl disable --now caddy")
    if not place.environment.exists():
        print(
            f"{place.environment} is still missing; docs/reference/settings.md tells what is in it."
        )
    print(
        "Next: systemctl daemon-reload && systemctl enable --now "
        "staffroom-web staffroom-worker staffroom-backup.timer staffroom-doctor.timer"
    )
