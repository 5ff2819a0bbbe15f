"""Writing the index: in the transaction of whoever writes, changes or forgets an object."""

import hashlib
import uuid
from collections.abc import Collection, Iterable
from typing import Any

from staffroom.core.models import SearchEntry
from staffroom.core.retrieval.kinds import Entry
from staffroom.methods.text.fold import words
from staffroom.methods.text.stem import stem

#: Raised when folding or stemming changes: `staffroom reindex` and the night make all entries anew.
SCHEME = 1
#: Of a book, so many characters are enough to find it.
MOST = 40_000


def put(entry: Entry) -> None:
    """Keep what the object says now."""
    changed = SearchEntry.objects.filter(object_id=entry.id).update(**_row(entry))
    if not changed:
        put_new(entry)


def put_new(entry: Entry) -> None:
    """The same for an object that this transaction has just written."""
    SearchEntry(object_id=entry.id, id=_place(entry), **_row(entry)).save(force_insert=True)


def put_all(entries: Iterable[Entry]) -> int:
    """Many at once: how many."""
    fresh = list(entries)
    SearchEntry.objects.filter(object_id__in=[entry.id for entry in fresh]).delete()
    rows = [SearchEntry(object_id=entry.id, id=_place(entry), **_row(entry)) for entry in fresh]
    SearchEntry.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def forget(ids: Collection[uuid.UUID] | Any) -> None:
    """What has gone is not found any more; `ids` may be a query."""
    SearchEntry.objects.filter(object_id__in=ids).delete()


def _place(entry: Entry) -> int | None:
    """Entries count up as they come. A nameless one does not: its number tells nothing of when."""
    if not entry.nameless:
        return None
    return -int.from_bytes(hashlib.sha256(entry.id.bytes).digest()[:7], "big") - 1


def _row(entry: Entry) -> dict[str, Any]:
    title = _stems(entry.title, entry.language)
    return {
        "kind": entry.kind,
        "scope": entry.scope,
        "version": entry.version,
        "scheme": SCHEME,
        "at": entry.at,
        "language": entry.language,
        "facets": " ".join(_facets(entry, title)),
        "title": " ".join(title),
        "body": " ".join(_stems(entry.body, entry.language)),
        "more": " ".join(_stems(entry.more, entry.language)),
        "counted": False,
    }


def _stems(text: str, language: str) -> list[str]:
    return [stem(word, language) for word in words(text[:MOST])]


def _facets(entry: Entry, title: list[str]) -> list[str]:
    """Words with a colon: folding leaves none in what people type."""
    found = [facet("in", entry.scope), facet("kind", entry.kind)]
    if entry.subject:
        found.append(facet("subject", entry.subject))
    if entry.language:
        found.append(facet("lang", entry.language))
    found += [facet("grade", grade) for grade in sorted(entry.grades)]
    return found + [facet("t", word) for word in dict.fromkeys(title)]


def facet(name: str, value: object) -> str:
    return f"{name}:{value}"
