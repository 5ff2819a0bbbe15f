"""Everything the installation holds, row by row, for the search of who asked."""

import re
import uuid

from django.apps import apps
from django.core.files.storage import default_storage

UUID = re.compile(
    r"(?<![0-9a-f])[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}(?![0-9a-f])"
)


def rows() -> dict[tuple, str]:
    """(table, primary key) -> all columns as text: what a copy of the database shows."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.values_list("pk", *names):
            found[model._meta.db_table, str(row[0])] = " | ".join(
                bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)
                for value in row[1:]
            )
    return found


def changed(before: dict[tuple, str], after: dict[tuple, str]) -> dict[tuple, str]:
    """The rows that an act made or changed."""
    return {key: text for key, text in after.items() if before.get(key) != text}


def files() -> dict[str, bytes]:
    if not default_storage.exists("photos"):
        return {}
    names = [f"photos/{leaf}" for leaf in default_storage.listdir("photos")[1]]
    return {name: default_storage.open(name).read() for name in names}


def times_in(texts: str, known: str) -> set[str]:
    """Identifiers that tell a millisecond (UUIDv7) and were not there before."""
    return {str(uuid.UUID(found)) for found in UUID.findall(texts) if found not in known}
