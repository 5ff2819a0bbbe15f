"""Make a backup while everything goes on."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import IO, Any

import pyrage
from django.conf import settings
from django.db import DatabaseError, connections

from staffroom import __version__
from staffroom.core.backups import (
    FILES,
    FORMAT,
    KEYS,
    MANIFEST,
    TABLES,
    Unusable,
    rows,
    schema,
    seal,
)
from staffroom.core.backups.snapshot import frozen
from staffroom.core.clock import now
from staffroom.core.full import is_full

Progress = Callable[[str, int], None]
CHUNK = 1 << 20


def make(
    target: Path,
    *,
    with_key: bool = False,
    seal_for: list[str] | None = None,
    progress: Progress = lambda *_: None,
) -> dict[str, Any]:
    """Write the backup to `target`, which appears only when it is whole; its manifest.

    With `seal_for` (public keys of age) the clear text is never written anywhere.
    """
    if target.is_dir():
        raise Unusable(f"{target} is a folder; name a file in it.")
    if not target.parent.is_dir():
        raise Unusable(f"there is no folder {target.parent}.")
    part = target.with_name(f".{target.name}.part")
    try:
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w+b") as file:
            with seal.closing(file, seal_for) if seal_for else nullcontext(file) as out:
                manifest = write(out, with_key=with_key, progress=progress)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except (OSError, pyrage.EncryptError, DatabaseError) as error:
        raise _said(target, error) from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


def write(
    out: IO[bytes], *, with_key: bool = False, progress: Progress = lambda *_: None
) -> dict[str, Any]:
    """Write the backup into an open file, which may be a pipe; its manifest."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        return _fill(archive, with_key=with_key, progress=progress)


def _said(target: Path, error: Exception) -> Exception:
    if is_full(error):
        return Unusable(f"there is no room on the disk for {target}. Make room, or choose another.")
    if isinstance(error, DatabaseError):
        return error
    return Unusable(f"could not write {target}: {getattr(error, 'strerror', None) or error}.")


def _fill(archive: zipfile.ZipFile, *, with_key: bool, progress: Progress) -> dict[str, Any]:
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "staffroom": __version__,
        "made_at": now().isoformat(timespec="seconds"),
    }
    with frozen() as using:
        manifest["database"] = connections[using].vendor
        had = schema.applied(using)
        if not had:
            raise Unusable("there is no database yet: start `staffroom serve` once.")
        if schema.unknown(had):
            raise Unusable("the database belongs to a newer Staffroom; use that one's `backup`.")
        manifest["migrations"] = had
        manifest["tables"] = {
            model._meta.db_table: _table(archive, model, using, progress)
            for model in rows.tables(schema.models_at(had))
        }
    # Files never change once written, so after the snapshot they hold all that it speaks of.
    manifest["files"] = dict(_files(archive, progress))
    manifest["keys"] = dict(_keys(archive)) if with_key else {}
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return manifest


def _table(
    archive: zipfile.ZipFile, model: rows.Model, using: str, progress: Progress
) -> dict[str, Any]:
    name = model._meta.db_table
    total = rows.Sum()
    with archive.open(f"{TABLES}{name}.jsonl", "w", force_zip64=True) as out:
        for line in total.through(rows.read(model, using)):
            out.write(line + b"\n")
            progress(name, 1)
    return {
        "model": model._meta.label_lower,
        "columns": [field.attname for field in rows.columns(model)],
        **total.as_dict(),
    }


def _files(archive: zipfile.ZipFile, progress: Progress) -> Iterator[tuple[str, dict[str, Any]]]:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        name = path.relative_to(root).as_posix()
        try:
            with path.open("rb") as source:
                yield name, _copy(archive, f"{FILES}{name}", source)
        except FileNotFoundError:
            continue  # removed by its owner a moment ago
        progress("files", 1)


def _copy(archive: zipfile.ZipFile, name: str, source: IO[bytes]) -> dict[str, Any]:
    """Photos are compressed already: stored as they are."""
    digest, size = hashlib.sha256(), 0
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_STORED
    with archive.open(entry, "w", force_zip64=True) as out:
        while chunk := source.read(CHUNK):
            out.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return {"bytes": size, "sha256": digest.hexdigest()}


def key_files() -> list[Path]:
    """Keys kept beside the data: whoever holds one and the database reads what is sealed."""
    return sorted(path for path in Path(settings.DATA).glob("*-key") if path.is_file())


def _keys(archive: zipfile.ZipFile) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in key_files():
        with path.open("rb") as source:
            yield path.name, _copy(archive, f"{KEYS}{path.name}", source)
