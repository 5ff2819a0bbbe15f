"""A second connection: one that sees the database as it was at one moment, or a new database file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction


@contextmanager
def alias(name: str, **changes: Any) -> Iterator[str]:
    """The default database under another name, with other settings, for as long as needed."""
    base = connections[DEFAULT_DB_ALIAS].settings_dict
    options = {**base["OPTIONS"], **changes.pop("OPTIONS", {})}
    connections.settings[name] = {**base, **changes, "OPTIONS": options}
    try:
        yield name
    finally:
        connections[name].close()
        del connections[name]
        del connections.settings[name]


@contextmanager
def frozen() -> Iterator[str]:
    """An alias whose reads all see the same moment; whoever writes is not kept waiting."""
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        options: dict[str, Any] = {"transaction_mode": "DEFERRED"}
    else:
        from psycopg import IsolationLevel

        options = {"isolation_level": IsolationLevel.REPEATABLE_READ}
    with alias("snapshot", OPTIONS=options) as name, transaction.atomic(using=name):
        with connections[name].cursor() as cursor:
            if connections[name].vendor == "postgresql":
                cursor.execute("SET TRANSACTION READ ONLY")
            connections[name].introspection.table_names(cursor)  # reads, so the moment is now
        yield name


@contextmanager
def in_new_file(path: Path) -> Iterator[None]:
    """For a while, the default database is a new SQLite file.

    Not an alias: some packages' migrations only know the default database. The file may be lost
    until it takes its place, so nothing waits for the disk.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    before = dict(connection.settings_dict)
    pragmas = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF; PRAGMA cache_size=-64000;"
    connection.close()
    connection.settings_dict.update(
        NAME=path, OPTIONS={**before["OPTIONS"], "init_command": pragmas}
    )
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
