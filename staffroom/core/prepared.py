"""Queries that every page asks: written once as a queryset, turned into SQL once.

Django turns a queryset into SQL anew each time, which costs more than SQLite takes to answer. A
`Prepared` query is built with stand-ins for its values, and the SQL is kept with the places in
which they stand. It is asked of the database each time; nothing that was answered is kept.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

Value = uuid.UUID | str | dt.datetime | dt.date | Sequence[uuid.UUID]
#: So many ids are asked for at a time; a page seldom has more. A short list has a query of its own,
#: for a database plans differently for two rows than for thirty.
SIZES = (2, 8, 32)
AT_ONCE = SIZES[-1]


class Ids:
    """A kind of value: a list of UUIDs, for `__in`; at most one in a query."""


#: How a value stands among the parameters of this database.
Adapt = Callable[[Any], Any]


class Prepared:
    """`Prepared(build, uuid.UUID, str)`: `build` gets that many values and returns a queryset.

    The shape of the query may not depend on the values. A list of UUIDs (`Ids`) stands in the query
    as one of `SIZES` of them: a shorter one is filled up with its last, one longer than `AT_ONCE` asked
    in parts (so neither ordered nor counted as a whole). Values that stand for the day (`today()`) belong among
    them.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *kinds: type) -> None:
        self._build = build
        self._kinds = kinds
        self._made: dict[tuple[str, int], _Made] = {}

    def rows(self, *values: Value) -> list[Any]:
        """All rows: tuples of a `values_list`, else instances."""
        if Ids not in self._kinds:
            return self._for_here().rows(values)
        place = self._kinds.index(Ids)
        ids: Any = values[place]
        parts = [list(ids[at : at + AT_ONCE]) for at in range(0, len(ids), AT_ONCE)]
        return [
            row
            for part in parts
            for size in [_size(part)]
            for row in self._for_here(size).rows(
                (*values[:place], *_filled(part, size), *values[place + 1 :])
            )
        ]

    def _for_here(self, size: int = 0) -> "_Made":
        here = (connections[DEFAULT_DB_ALIAS].vendor, size)
        made = self._made.get(here)
        if made is None:
            made = self._made[here] = _Made(self._build, self._kinds, size)
        return made

    def untouched(self, *values: Value) -> list[tuple[Any, ...]]:
        """The rows as the database's driver gives them: to tell whether something changed."""
        return self._for_here().fetch(values)

    def first(self, *values: Value) -> Any:
        """The first row, or None."""
        return next(iter(self.rows(*values)), None)


def _ask(connection: Any, made: "_Made", params: list[Any]) -> list[tuple[Any, ...]]:
    """Straight from the driver: PostgreSQL plans once a connection, SQLite parses once.

    Where somebody listens (a test that counts, a page of debugging) Django's own way is gone.
    """
    if connection.queries_logged or connection.execute_wrappers:
        with connection.cursor() as cursor:
            cursor.execute(made.sql, params)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    driver = connection.connection
    with connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            return driver.execute(made.sql_for_sqlite, params).fetchall()
        return _on_server(driver).execute(made.sql, params, prepare=True).fetchall()


def _on_server(driver: Any) -> Any:
    from psycopg import Cursor

    return Cursor(driver)


class _Made:
    def __init__(
        self, build: Callable[..., QuerySet[Any, Any]], kinds: tuple[type, ...], size: int
    ) -> None:
        given = [_stand_ins(kind, place, size) for place, kind in enumerate(kinds)]
        stand_ins = [each for one in given for each in one]
        queryset = build(
            *(one if kind is Ids else one[0] for kind, one in zip(kinds, given, strict=True))
        )
        self.compiler = compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, params = compiler.as_sql()
        self.sql_for_sqlite = self.sql.replace("%s", "?").replace("%%", "%")
        self.converters = compiler.get_converters([each[0] for each in compiler.select or []])
        self.slots = [_slot(param, stand_ins) for param in params]
        missing = set(range(len(stand_ins))) - {
            place for place, *_ in self.slots if place is not None
        }
        if missing:
            raise LookupError(f"the values {sorted(missing)} stand nowhere in {self.sql}")
        self.flat = bool(queryset._fields)  # type: ignore[attr-defined]
        if not self.flat:
            self._instances()

    def _instances(self) -> None:
        info = self.compiler.klass_info
        assert info is not None
        select = self.compiler.select
        assert select is not None
        fields = info["select_fields"]
        self.model: type[Model] = info["model"]
        self.begin, self.end = fields[0], fields[-1] + 1
        self.names = [each[0].target.attname for each in select[self.begin : self.end]]
        self.related = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
        self.annotations = list((self.compiler.annotation_col_map or {}).items())

    def fetch(self, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        params = [
            kept if place is None else adapt(values[place]) for place, adapt, kept in self.slots
        ]
        return _ask(connections[DEFAULT_DB_ALIAS], self, params)

    def rows(self, values: tuple[Any, ...]) -> list[Any]:
        found = self.fetch(values)
        if not found:
            return []
        rows = list(self.compiler.apply_converters(found, self.converters))
        return [tuple(row) for row in rows] if self.flat else [self._instance(row) for row in rows]

    def _instance(self, row: Sequence[Any]) -> Model:
        made = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.begin : self.end])
        for populator in self.related:
            populator.populate(row, made)
        for name, place in self.annotations:
            setattr(made, name, row[place])
        return made


def _size(part: list[uuid.UUID]) -> int:
    return next(size for size in SIZES if len(part) <= size)


def _filled(part: list[uuid.UUID], size: int) -> list[uuid.UUID]:
    return part + [part[-1]] * (size - len(part))


def _stand_ins(kind: type, place: int, size: int) -> list[Any]:
    return [_stand_in(kind, place)] if kind is not Ids else [uuid.uuid4() for _ in range(size)]


def _stand_in(kind: type, place: int) -> Any:
    """A value that stands nowhere else."""
    if kind is uuid.UUID:
        return uuid.uuid4()
    if kind is dt.datetime:
        return dt.datetime(1901, 2, 3, 4, 5, place, 678901, tzinfo=dt.UTC)
    if kind is dt.date:
        return dt.date(1902, 3, 4 + place)
    return f"stand-in {uuid.uuid4()}"


def _slot(param: Any, stand_ins: list[Any]) -> tuple[int | None, Adapt, Any]:
    """(which value, how it is adapted, the constant): where the parameter is no value, the constant."""
    for place, value in enumerate(stand_ins):
        for adapt in _ways(value):
            if type(param) is type(adapted := adapt(value)) and param == adapted:
                return place, adapt, None
    return None, _same, param


def _ways(value: Any) -> list[Adapt]:
    operations = connections[DEFAULT_DB_ALIAS].ops
    if isinstance(value, uuid.UUID):
        return [_same, _hex]
    if isinstance(value, dt.datetime):
        return [_same, operations.adapt_datetimefield_value]
    if isinstance(value, dt.date):
        return [_same, operations.adapt_datefield_value]
    return [_same]


def _same(value: Any) -> Any:
    return value


def _hex(value: uuid.UUID) -> str:
    return value.hex
