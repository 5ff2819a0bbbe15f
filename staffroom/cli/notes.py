"""Practice notes between installations: a signed package out, a signed package in."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from staffroom.cli import BadInput

if TYPE_CHECKING:
    from staffroom.library.models import Signer
    from staffroom.places.models import Programme

HELP = "Exchange practice notes with another installation, as signed packages."
EXAMPLES = [
    "staffroom notes export notes.zip",
    "staffroom notes import notes.zip",
    'staffroom notes import notes.zip --trust "1f2e 3d4c 5b6a 7988 a1b2 c3d4 e5f6 0718"',
    "staffroom notes fingerprint",
]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["export", "import", "fingerprint"])
    parser.add_argument("file", nargs="?", help="the package")
    parser.add_argument("--programme", default="", help="its name, where there are several")
    parser.add_argument(
        "--trust", default="", help="import: trust the signer with this fingerprint from now on"
    )
    parser.add_argument("--force", action="store_true", help="export: write over an existing file")
    parser.add_argument("--json", action="store_true", help="say what was done as JSON")


def run(options: argparse.Namespace) -> int:
    if options.act == "fingerprint":
        return _fingerprint(options)
    if not options.file:
        raise BadInput("say which file: `staffroom notes export notes.zip`.")
    programme = _programme(options.programme)
    act = _export if options.act == "export" else _import
    return act(options, programme)


def _fingerprint(options: argparse.Namespace) -> int:
    from staffroom.core import signed

    own = signed.own_fingerprint()
    print(json.dumps({"fingerprint": own}) if options.json else own)
    return 0


def _programme(name: str) -> "Programme":
    from staffroom.places.models import Programme

    found = Programme.objects.all()
    if name:
        found = found.filter(name=name)
    names = list(found.order_by("name")[:20])
    if len(names) == 1:
        return names[0]
    if not names:
        raise BadInput("there is no such programme here.")
    raise BadInput(
        "there are several programmes; say which with --programme: "
        + ", ".join(each.name for each in names)
    )


def _export(options: argparse.Namespace, programme: "Programme") -> int:
    from staffroom.core import signed
    from staffroom.library.actions import note_packages

    path = Path(options.file)
    if path.exists() and not options.force:
        raise BadInput(f"{path} is there already; choose another name, or say --force.")
    data, count = note_packages.export(by=None, programme=programme)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), "wb") as file:
            file.write(data)
    except OSError as error:
        raise BadInput(f"{path} cannot be written ({error.strerror}).") from None
    own = signed.own_fingerprint()
    _say(
        options,
        {"file": str(path), "notes": count, "bytes": len(data), "fingerprint": own},
        f"{count} note(s) in {path}, {len(data)} bytes, signed with {own}",
    )
    return 0


def _import(options: argparse.Namespace, programme: "Programme") -> int:
    from staffroom.library.actions import note_packages

    try:
        data = Path(options.file).read_bytes()
    except OSError as error:
        raise BadInput(f"{options.file} cannot be read ({error.strerror}).") from None
    package = note_packages.receive(by=None, programme=programme, data=data)
    signer = package.signer
    if package.state == "waiting" and options.trust:
        _check_same(signer, options.trust)
        note_packages.trust(by=None, signer=signer)
        package.refresh_from_db()
    told: dict[str, Any] = {
        "signer": signer.name,
        "fingerprint": signer.fingerprint,
        "state": package.state,
        "notes": package.notes,
        **package.result,
    }
    if package.state == "waiting":
        _say(options, told, _waits(signer))
        return 3
    counts = ", ".join(f"{count} {what}" for what, count in package.result.items())
    _say(options, told, f"signed by {signer.name} ({signer.fingerprint}); {counts}")
    return 0


def _check_same(signer: "Signer", given: str) -> None:
    plain = lambda text: "".join(text.split()).lower()  # noqa: E731
    if plain(given) != plain(signer.fingerprint):
        raise BadInput(
            f"this package is signed with {signer.fingerprint} ({signer.name}), not with {given}. "
            "It waits; nothing was taken in."
        )


def _waits(signer: "Signer") -> str:
    return (
        f"This package is signed by {signer.name}, key {signer.fingerprint}, whom nobody here has "
        "decided about. Compare the fingerprint with theirs by phone or on paper. It waits at "
        f'/programme/notes; to take it in from here: --trust "{signer.fingerprint}"'
    )


def _say(options: argparse.Namespace, told: dict[str, Any], words: str) -> None:
    if options.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(words, file=sys.stdout)
