"""Rows as JSON and back, the same for every database."""

import base64
import datetime as dt
import decimal
import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connections, models
from django.utils.duration import duration_iso_string

from staffroom.core.backups import BATCH

Model = type[models.Model]
#: Never in a backup: pages as browsers have them, good for a day and for one session.
PASSING = {"core_keptpage"}


def tables(apps: Any) -> list[Model]:
    """Every table that we keep, those of many-to-many fields too, by name."""
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table not in PASSING
        and model._meta.managed
        and not model._meta.proxy
        and not model._meta.swapped
    }
    return [found[name] for name in sorted(found)]


def columns(model: Model) -> list[models.Field[Any, Any]]:
    return [
        field for field in model._meta.concrete_fields if not getattr(field, "generated", False)
    ]


def read(model: Model, using: str) -> Iterator[bytes]:
    """The table's rows as lines, in the order of the primary key."""
    fields = columns(model)
    rows = (
        model._base_manager.using(using)
        .order_by("pk")
        .values_list(*(field.attname for field in fields))
    )
    for row in rows.iterator(chunk_size=BATCH):
        values = [
            _out(field.get_prep_value(value)) for field, value in zip(fields, row, strict=True)
        ]
        yield _line(values)


def plain(line: bytes) -> bytes:
    """The same row with JSON's keys by name: no database promises to keep their order."""
    return _line(json.loads(line))


def _line(values: Any) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def write(model: Model, names: list[str], lines: Iterable[bytes], using: str) -> int:
    """Put lines into an empty table as they are (nothing set anew on saving); how many."""
    known = {field.attname: field for field in columns(model)}
    fields = [known[name] for name in names]
    size = max(1, min(BATCH, connections[using].ops.bulk_batch_size(fields, [None] * BATCH)))
    batch: list[models.Model] = []
    count = 0
    for line in lines:
        values = json.loads(line)
        batch.append(
            model(**{f.attname: _in(f, value) for f, value in zip(fields, values, strict=True)})
        )
        count += 1
        if len(batch) >= size:
            _insert(model, fields, batch, using)
            batch = []
    if batch:
        _insert(model, fields, batch, using)
    return count


def _insert(model: Model, fields: list[Any], batch: list[models.Model], using: str) -> None:
    model._base_manager.using(using)._insert(batch, fields=fields, using=using, raw=True)  # type: ignore[attr-defined]


def _out(value: Any) -> Any:
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return duration_iso_string(value)
    if isinstance(value, (uuid.UUID, decimal.Decimal)):
        return str(value)
    return value


def _in(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(field, models.JSONField):
        # A column that may not be NULL holds JSON's own null.
        return models.Value(None, models.JSONField()) if value is None and not field.null else value
    return value if value is None else field.to_python(value)


class Sum:
    """Counts lines and sums them up, in their order and regardless of it.

    Databases sort texts differently, so what is read back is compared by the sum without order.
    """

    def __init__(self) -> None:
        self.count = 0
        self._ordered = hashlib.sha256()
        self._loose = 0

    def add(self, line: bytes) -> None:
        self.count += 1
        self._ordered.update(line + b"\n")
        self._loose = (self._loose + int.from_bytes(hashlib.sha256(line).digest())) % (1 << 256)

    def through(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            self.add(line)
            yield line

    def as_dict(self) -> dict[str, Any]:
        return {
            "rows": self.count,
            "sha256": self._ordered.hexdigest(),
            "rows_sha256": f"{self._loose:064x}",
        }
