"""Everything about one person in one file: for a program as JSON, for a person as a page."""

import datetime as dt
import html
import json
import tempfile
import zipfile
from decimal import Decimal
from typing import IO, Any

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from staffroom.core import audit, hooks
from staffroom.core.clock import now
from staffroom.core.words import listed
from staffroom.people.models import Person

Record = dict[str, list[dict[str, Any]]]


def write(person: Person) -> IO[bytes]:
    """A zip with `index.html`, one JSON file for each kind of thing, and the person's files.

    Made on disk, so that many photos do not fill the memory; the file goes with its last reader.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        record: Record = {}
        for part in hooks.export_person:
            record |= part(person=person)
        for kind, rows in record.items():
            archive.writestr(
                f"{kind}.json", json.dumps(rows, default=_plain, ensure_ascii=False, indent=1)
            )
        for part in hooks.export_files:
            part(person=person, zip=archive)
        files = [name for name in archive.namelist() if not name.endswith(".json")]
        archive.writestr("index.html", page(person, record, files))
    audit.write("person.exported", actor=person)
    file.seek(0)
    return file


def page(person: Person, record: Record, files: list[str]) -> str:
    """The same as a page that opens without Staffroom and without network."""
    parts = [
        "<!doctype html>",
        f'<html lang="{get_language()}" dir="{"rtl" if get_language_bidi() else "ltr"}">',
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        f"<title>{_('My data')}</title>",
        f"<h1>{html.escape(person.name)}</h1>",
        f"<p>{_('All that Staffroom holds about me.')} {now():%Y-%m-%d %H:%M} UTC</p>",
    ]
    for kind, rows in record.items():
        parts.append(f"<h2>{html.escape(kind.replace('_', ' ').capitalize())} ({len(rows)})</h2>")
        parts += [_row(row) for row in rows]
    if files:
        parts.append(f"<h2>{_('Files')}</h2><ul>")
        parts += [f'<li><a href="{html.escape(name)}">{html.escape(name)}</a>' for name in files]
        parts.append("</ul>")
    return "\n".join(parts)


def _row(row: dict[str, Any]) -> str:
    cells = "".join(
        f"<dt>{html.escape(str(key).replace('_', ' '))}</dt>"
        f'<dd dir="auto">{html.escape(_said(value))}</dd>'
        for key, value in row.items()
        if value not in ("", None, [])
    )
    return f"<dl>{cells}</dl><hr>"


def _said(value: Any) -> str:
    if isinstance(value, list):
        return listed(map(_said, value))
    if isinstance(value, dict):
        return json.dumps(value, default=_plain, ensure_ascii=False)
    return str(_plain(value)) if not isinstance(value, str | int | float) else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return str(value)


def own_files(*, person: Person, zip: zipfile.ZipFile) -> None:
    """This room's files: the photo."""
    if person.photo:
        try:
            with person.photo.open("rb") as photo:
                zip.writestr("photo-of-me.webp", photo.read())
        except FileNotFoundError:
            return
