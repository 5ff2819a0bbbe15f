"""Put a backup back: whole, or not at all."""

import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

from staffroom.core import heartbeat
from staffroom.core.backups import FILES, KEYS, Unusable, check, rows, schema
from staffroom.core.backups.snapshot import in_new_file
from staffroom.core.clock import now
from staffroom.core.full import is_full

Progress = Callable[[str, int], None]
#: Tables that a new database already fills by itself.
BY_THEMSELVES = {"django_content_type", "auth_permission", "django_migrations"}


@dataclass
class Done:
    manifest: dict[str, Any]
    kept: list[Path]  # where the old data went


def restore(source: Path, *, replace: bool = False, progress: Progress = lambda *_: None) -> Done:
    """Check everything first, load beside the present data, then take its place."""
    with check.open_archive(source) as archive:
        manifest = check.manifest_of(archive, source.name)
        check.refuse_newer(manifest, source.name)
        refuse_running()
        nothing_here = empty()
        if not replace and not nothing_here:
            raise Unusable(
                "there is data here already. Say --replace to put the backup in its place "
                "(the present data is kept beside it where that is possible)."
            )
        check.everything(archive, manifest)
        refuse_no_room(archive)
        with aside(archive, manifest, progress) as (files, keys):
            kept = _load(archive, manifest, progress)
            kept += _swap_folder(files, Path(settings.MEDIA_ROOT))
            for fresh, place in keys:
                fresh.replace(place)
        if nothing_here:
            kept = [path for path in kept if not _discard(path)]
    # What migrations leave to the end of `migrate`: content types of new models.
    call_command("migrate", verbosity=0, interactive=False)
    return Done(manifest, kept)


def empty() -> bool:
    """Nothing but what a new installation makes by itself."""
    connection = connections[DEFAULT_DB_ALIAS]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in rows.tables(apps):
            name = model._meta.db_table
            if name in present and name not in BY_THEMSELVES | _OWN:
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")  # noqa: S608
                if cursor.fetchone():
                    return False
    return True


_OWN = {"core_heartbeat", "core_dutydone"}


def refuse_running() -> None:
    present = connections[DEFAULT_DB_ALIAS].introspection.table_names()
    if "core_heartbeat" in present and (heartbeat.alive("worker") or heartbeat.alive("clock")):
        raise Unusable(
            "Staffroom is running on this database. Stop it (Ctrl+C or `systemctl stop`), wait a "
            "minute if it was killed, then restore."
        )


def refuse_no_room(archive: zipfile.ZipFile) -> None:
    """Rows need about their own size again as tables; found out before anything is begun."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    needed = int(1.5 * sum(entry.file_size for entry in archive.infolist()))
    free = shutil.disk_usage(settings.DATA).free
    if free < needed:
        raise Unusable(
            f"there is no room: about {needed / 1e9:.1f} GB are needed in {settings.DATA} and "
            f"{free / 1e9:.1f} GB are free. Nothing was changed; make room first."
        )


@contextmanager
def aside(
    archive: zipfile.ZipFile, manifest: dict[str, Any], progress: Progress
) -> Iterator[tuple[Path, list[tuple[Path, Path]]]]:
    """The files and keys beside their places; gone again if what follows fails."""
    files = Path(settings.MEDIA_ROOT).with_name(f"{Path(settings.MEDIA_ROOT).name}.restoring")
    places = [Path(settings.DATA) / name for name in manifest["keys"]]
    keys = [(place.with_name(f"{place.name}.restoring"), place) for place in places]
    try:
        _unpack_files(archive, manifest, files, progress)
        for fresh, place in keys:
            _put_key(archive.read(KEYS + place.name), fresh)
        yield files, keys
    except (OSError, DatabaseError) as error:
        if not is_full(error):
            raise
        raise Unusable(
            "the disk became full half way; nothing was changed. Make room, then restore again."
        ) from error
    finally:
        shutil.rmtree(files, ignore_errors=True)
        for fresh, _place in keys:
            fresh.unlink(missing_ok=True)


def _load(archive: zipfile.ZipFile, manifest: dict[str, Any], progress: Progress) -> list[Path]:
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        return _load_sqlite(archive, manifest, progress)
    with transaction.atomic():
        _drop_tables()
        _build(archive, manifest, progress)
    return []


def _load_sqlite(
    archive: zipfile.ZipFile, manifest: dict[str, Any], progress: Progress
) -> list[Path]:
    """Into a new file beside the present one, then in its place."""
    target = Path(connections[DEFAULT_DB_ALIAS].settings_dict["NAME"])
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.restoring")
    fresh.unlink(missing_ok=True)
    try:
        with in_new_file(fresh):
            _build(archive, manifest, progress)
        _to_disk(fresh)
        return _swap_file(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)


def _build(archive: zipfile.ZipFile, manifest: dict[str, Any], progress: Progress) -> None:
    """The tables as they were when the backup was made, their rows, then today's tables."""
    using = DEFAULT_DB_ALIAS
    then = [(app, name) for app, name in manifest["migrations"]]
    schema.build(using, then)
    models = {model._meta.db_table: model for model in rows.tables(schema.models_at(then))}
    if missing := set(manifest["tables"]) - set(models):
        raise Unusable(check.damaged(f"unknown tables {', '.join(sorted(missing))}"))
    try:
        with transaction.atomic(using=using):
            _fill(models, archive, manifest, using, progress)
    except DatabaseError as error:  # a value or a reference that the database will not have
        if is_full(error):
            raise
        raise Unusable(check.damaged(type(error).__name__)) from error
    schema.build(using)
    heartbeat.forget(using)  # they beat elsewhere: nothing runs on these tables yet


def _fill(
    models: dict[str, rows.Model],
    archive: zipfile.ZipFile,
    manifest: dict[str, Any],
    using: str,
    progress: Progress,
) -> None:
    """Every row as it was, then read back and compared."""
    connection = connections[using]
    _defer_references(connection)
    given = {table: rows.Sum() for table in manifest["tables"]}
    for table, model in models.items():
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608
        if listed := manifest["tables"].get(table):
            lines = map(rows.plain, check.lines(archive, table, manifest))
            _fill_table(model, listed, given[table].through(lines), using, progress)
    for table in manifest["tables"]:
        total = rows.Sum()
        for line in rows.read(models[table], using):
            total.add(line)
        if total.as_dict()["rows_sha256"] != given[table].as_dict()["rows_sha256"]:
            raise Unusable(f"table {table} did not come back as it was; nothing was changed.")
    _settle(connection, models.values())


def _fill_table(
    model: rows.Model, listed: dict[str, Any], lines: Any, using: str, progress: Progress
) -> None:
    def counted() -> Any:
        for line in lines:
            yield line
            progress(model._meta.db_table, 1)

    rows.write(model, listed["columns"], counted(), using)


def _defer_references(connection: Any) -> None:
    """Tables are filled by name, so references are checked when all are there."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _settle(connection: Any, models: Any) -> None:
    """Check every reference now, and let numbering go on after the highest number."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for sql in connection.ops.sequence_reset_sql(no_style(), list(models)):
                cursor.execute(sql)
        else:
            connection.check_constraints()


def _drop_tables() -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        if names:
            quoted = ", ".join(map(connection.ops.quote_name, names))
            cursor.execute(f"DROP TABLE {quoted} CASCADE")


def _unpack_files(
    archive: zipfile.ZipFile, manifest: dict[str, Any], fresh: Path, progress: Progress
) -> None:
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name in manifest["files"]:
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(FILES + name) as source, path.open("wb") as out:
            shutil.copyfileobj(source, out)
        progress("files", 1)


def _put_key(content: bytes, path: Path) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)


def _old(path: Path) -> Path:
    return path.with_name(f"{path.name}.before-{now():%Y%m%d-%H%M%S}")


def _discard(path: Path) -> bool:
    """True if it was the database file of a new installation, which nobody misses."""
    if not path.is_file():
        return False
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    return True


def _swap_file(fresh: Path, target: Path) -> list[Path]:
    kept = []
    if target.exists():
        old = _old(target)
        target.rename(old)
        for ending in ("-wal", "-shm"):
            side = target.with_name(target.name + ending)
            if side.exists():
                side.rename(old.with_name(old.name + ending))
        kept.append(old)
    fresh.rename(target)
    return kept


def _swap_folder(fresh: Path, target: Path) -> list[Path]:
    kept = []
    if target.exists():
        if any(target.iterdir()):
            old = _old(target)
            target.rename(old)
            kept.append(old)
        else:
            target.rmdir()
    fresh.rename(target)
    return kept


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
