"""Is this a whole backup that this version can read?"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from staffroom import __version__
from staffroom.core.backups import FILES, FORMAT, KEYS, MANIFEST, TABLES, Unusable, schema
from staffroom.core.backups.rows import Sum

CHUNK = 1 << 20


def open_archive(path: Path) -> zipfile.ZipFile:
    if not path.is_file():
        raise Unusable(f"there is no file {path}.")
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError):
        with path.open("rb") as file:
            begins_well = file.read(2) == b"PK"
        if begins_well:
            raise Unusable(
                f"{path.name} is cut off: its end is missing. Copy it again from where it was made."
            ) from None
        raise Unusable(f"{path.name} is not a backup of Staffroom.") from None


def manifest_of(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    try:
        manifest = json.loads(archive.read(MANIFEST))
        known = manifest["format"], manifest["tables"], manifest["files"], manifest["migrations"]
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile, zlib.error, RuntimeError):
        raise Unusable(f"{name} is not a backup of Staffroom.") from None
    if known[0] != FORMAT:
        raise Unusable(newer(name, manifest))
    return manifest


def newer(name: str, manifest: dict[str, Any]) -> str:
    version = manifest.get("staffroom", "?")
    return (
        f"{name} was made by a newer Staffroom ({version}; this is {__version__}). "
        "Update this one first, then restore."
    )


def refuse_newer(manifest: dict[str, Any], name: str) -> None:
    if schema.unknown([(app, migration) for app, migration in manifest["migrations"]]):
        raise Unusable(newer(name, manifest))


def lines(archive: zipfile.ZipFile, table: str, manifest: dict[str, Any]) -> Iterator[bytes]:
    """The rows of one table; `Unusable` at the end if they are not those that were written."""
    total = Sum()
    with archive.open(f"{TABLES}{table}.jsonl") as source:
        for line in source:
            total.add(line.rstrip(b"\n"))
            yield line.rstrip(b"\n")
    expected = manifest["tables"][table]
    if total.as_dict() != {key: expected[key] for key in total.as_dict()}:
        raise Unusable(damaged(f"table {table}"))


def damaged(what: str) -> str:
    return f"the backup is damaged ({what}). Copy it again from where it was made, or take another."


def everything(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Read the whole file once: nothing is begun with a backup that is not whole."""
    try:
        for table in manifest["tables"]:
            for _ in lines(archive, table, manifest):
                pass
        for folder, listed in ((FILES, manifest["files"]), (KEYS, manifest["keys"])):
            for name, expected in listed.items():
                _one_file(archive, folder, name, expected)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise Unusable(damaged(type(error).__name__)) from error


def _one_file(archive: zipfile.ZipFile, folder: str, name: str, expected: dict[str, Any]) -> None:
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts or "\\" in name:
        raise Unusable(damaged(f"a file named {name!r}"))
    digest = hashlib.sha256()
    with archive.open(folder + name) as source:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != expected["sha256"]:
        raise Unusable(damaged(f"file {name}"))
