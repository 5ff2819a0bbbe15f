"""A new house made in one go has the very tables that its migrations make one by one."""

import re

import pytest

SQLITE = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    made = cursor.fetchall()
"""
POSTGRESQL = """
from django.db import connection
def ask(sql):
    cursor.execute(sql)
    return [[str(cell) for cell in row] for row in cursor.fetchall()]
with connection.cursor() as cursor:
    made = ask(
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,"
        " column_default, is_identity, collation_name FROM information_schema.columns"
        " WHERE table_schema = 'public'"
    ) + ask(
        "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace"
    ) + ask("SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
    ) + ask("SELECT relname, relkind, relpersistence FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace"
    ) + ask("SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE NOT tgisinternal")
"""
REST = """
from django.contrib.auth.models import Permission
from django.db.migrations.recorder import MigrationRecorder
done = MigrationRecorder(connection).applied_migrations()
known = Permission.objects.values_list("content_type__app_label", "codename")
print(json.dumps([made, sorted(map(list, done)), sorted(map(list, known))]))
"""


def plain(row: list[str]) -> tuple[str, ...]:
    """Columns and constraints in any order: SQLite keeps the words that made a table."""
    kind, name, sql = row
    words = re.sub(r"\s+", " ", (sql or "").replace('"', "")).strip()
    if kind != "table":
        return kind, name, words
    head, _bracket, body = words.partition("(")
    parts = re.split(r",(?![^()]*\))", body.rstrip().removesuffix(")"))
    return kind, name, head, *sorted(part.strip() for part in parts)


@pytest.mark.slow
def test_it_has_the_same_tables_as_one_by_one(make_house):
    at_once, one_by_one = make_house(), make_house()
    at_once.run("manage", "migrate", "-v", "0")
    one_by_one.run("manage", "migrate", "-v", "0", "--fake-initial")
    ask = (POSTGRESQL if "DATABASE_URL" in at_once.environment else SQLITE) + REST
    tables, done, known = at_once.python(ask)
    other_tables, other_done, other_known = one_by_one.python(ask)
    key = tuple if ask.startswith(POSTGRESQL) else plain
    assert len(tables) > 250
    assert sorted(map(key, tables)) == sorted(map(key, other_tables))
    assert done == other_done
    assert known == other_known
