"""Bytes are added up in memory and written rarely: no row a request, and no time of any of them."""

import datetime as dt
import threading
import time
import uuid
from collections import defaultdict

from django.conf import settings
from django.db import connection, transaction

from staffroom.core.clock import today
from staffroom.core.ids import uuid7
from staffroom.people.models import Person
from staffroom.web.models import DataUsed

#: So many sums are written at the latest, however young they are.
MOST = 2000
Key = tuple[uuid.UUID, dt.date, str]


class Tally:
    """The sums of this process that are not written yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sums: dict[Key, int] = defaultdict(int)
        self._written = time.monotonic()

    def add(self, person: uuid.UUID, kind: str, size: int) -> None:
        """Count; write what there is when that was long ago."""
        day = today()
        if kind == DataUsed.Kind.SENDING:
            day = day.replace(day=1)
        with self._lock:
            self._sums[person, day, kind] += size
            late = time.monotonic() - self._written > settings.COUNT_DATA_EVERY
            due = late or len(self._sums) > MOST
        if due:
            self.write()

    def write(self) -> None:
        """All sums, in one transaction."""
        with self._lock:
            sums, self._sums = self._sums, defaultdict(int)
            self._written = time.monotonic()
        if sums:
            _write(sums)

    def forget(self, person: uuid.UUID | None = None) -> None:
        """Throw away what is not written: of one person, or all (for tests)."""
        with self._lock:
            for key in [key for key in self._sums if person in (None, key[0])]:
                del self._sums[key]


def _write(sums: dict[Key, int]) -> None:
    people = {person for person, _day, _kind in sums}
    # Who left for good in between leaves nothing here.
    living = set(Person.objects.filter(pk__in=people, erased_at=None).values_list("pk", flat=True))
    field = {each.name: each for each in DataUsed._meta.concrete_fields}
    ready = lambda name, value: field[name].get_db_prep_value(value, connection)  # noqa: E731
    rows = [
        [ready("id", uuid7()), ready("person", person), ready("day", day), kind, size]
        for (person, day, kind), size in sorted(sums.items(), key=lambda each: str(each[0]))
        if person in living
    ]
    table = connection.ops.quote_name(DataUsed._meta.db_table)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (id, person_id, day, kind, bytes) VALUES (%s, %s, %s, %s, %s)"  # noqa: S608 - our table
            f" ON CONFLICT (person_id, day, kind) DO UPDATE SET bytes = {table}.bytes + excluded.bytes",
            rows,
        )


TALLY = Tally()
