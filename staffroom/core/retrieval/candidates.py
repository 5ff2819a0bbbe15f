"""Candidates: the entries that have the words at all, from the database's own index.

Both databases are asked the same question, an *and* of *or*s of words and beginnings, and answer
with the same entries; which of them come first is not theirs to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

#: More are not ranked. Of more, the newest are taken, and those that have the words in the title.
MOST = 300


@dataclass(frozen=True)
class Word:
    """A word as it stands in the index, or (`begins`) all that begin so."""

    text: str
    begins: bool = False


#: Entries have a word of each group.
Groups = Sequence[Sequence[Word]]

_COLUMNS = "id, object_id, kind, at, title, body, more, language"
_SQLITE = f"""
    WITH hit AS MATERIALIZED (
        SELECT rowid FROM core_searchtext WHERE core_searchtext MATCH %s
        ORDER BY rowid DESC LIMIT %s)
    SELECT {_COLUMNS} FROM core_searchentry WHERE id IN (SELECT rowid FROM hit)
"""  # noqa: S608 - the columns are ours
_POSTGRESQL = f"""
    WITH hit AS MATERIALIZED (SELECT id FROM core_searchentry WHERE words @@ %s::tsquery),
    newest AS MATERIALIZED (SELECT id FROM hit ORDER BY id DESC LIMIT %s)
    SELECT {_COLUMNS} FROM core_searchentry WHERE id IN (SELECT id FROM newest)
"""  # noqa: S608


def having(groups: Groups, most: int | None = None) -> list[tuple[Any, ...]]:
    """At most `most` (else `MOST`) entries that have a word of each group: id, object, kind, at, the fields, language."""
    if not groups or not all(groups):
        return []
    if connection.vendor == "postgresql":
        return _rows(_POSTGRESQL, _tsquery(groups), most or MOST)
    return _rows(_SQLITE, _match(groups), most or MOST)


def _rows(sql: str, asked: str, most: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked, most])
        return cursor.fetchall()


def _match(groups: Groups) -> str:
    return " AND ".join(f"({' OR '.join(_fts(word) for word in group)})" for group in groups)


def _fts(word: Word) -> str:
    text = word.text.replace('"', '""')
    return f'"{text}" *' if word.begins else f'"{text}"'


def _tsquery(groups: Groups) -> str:
    return " & ".join(f"({' | '.join(_lexeme(word) for word in group)})" for group in groups)


def _lexeme(word: Word) -> str:
    text = word.text.replace("\\", "\\\\").replace("'", "''")
    return f"'{text}':*" if word.begins else f"'{text}'"
