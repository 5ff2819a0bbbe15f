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

Value = uuid.UUID | str | dt.datetime | dt.date
#: How a value stands among the parameters of this database.
Adapt = Callable[[Any], Any]


class Prepared:
    """`Prepared(build, uuid.UUID, str)`: `build` gets that many values and returns a queryset.

    The shape of the query may not depend on the values, and none of them may be a list.
    Values that stand for the day (`today()`) belong among them.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *kinds: type) -> None:
        self._build = build
        self._kinds = kinds
        self._made: dict[str, _Made] = {}

    def rows(self, *values: Value) -> list[Any]:
        """All rows: tuples of a `values_list`, else instances."""
        connection = connections[DEFAULT_DB_ALIAS]
        made = self._made.get(connection.vendor)
        if made is None:
            made = self._made[connection.vendor] = _Made(self._build, self._kinds)
        return made.rows(values)

    def first(self, *values: Value) -> Any:
        """The first row, or None."""
        return next(iter(self.rows(*values)), None)


class _Made:
    def __init__(self, build: Callable[..., QuerySet[Any, Any]], kinds: tuple[type, ...]) -> None:
        stand_ins = [_stand_in(kind, place) for place, kind in enumerate(kinds)]
        queryset = build(*stand_ins)
        self.compiler = compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, params = compiler.as_sql()
        self.converters = compiler.get_converters([each[0] for each in compiler.select or []])
        self.slots = [_slot(param, stand_ins) for param in params]
        missing = set(range(len(kinds))) - {place for place, *_ in self.slots if place is not None}
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

    def rows(self, values: tuple[Value, ...]) -> list[Any]:
        params = [
            kept if place is None else adapt(values[place]) for place, adapt, kept in self.slots
        ]
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
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


def _stand_in(kind: type, place: int) -> Value:
    """A value that stands nowhere else."""
    if kind is uuid.UUID:
        return uuid.uuid4()
    if kind is dt.datetime:
        return dt.datetime(1901, 2, 3, 4, 5, place, 678901, tzinfo=dt.UTC)
    if kind is dt.date:
        return dt.date(1902, 3, 4 + place)
    return f"stand-in {uuid.uuid4()}"


def _slot(param: Any, stand_ins: list[Value]) -> tuple[int | None, Adapt, Any]:
    """(which value, how it is adapted, the constant): where the parameter is no value, the constant."""
    for place, value in enumerate(stand_ins):
        for adapt in _ways(value):
            if type(param) is type(adapted := adapt(value)) and param == adapted:
                return place, adapt, None
    return None, _same, param


def _ways(value: Value) -> list[Adapt]:
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
