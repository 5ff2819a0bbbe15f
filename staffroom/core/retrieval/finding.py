"""Looking for something: candidates from the database, ranked by `methods.retrieval`, shown by the rooms.

The order is the same on SQLite and PostgreSQL, because neither makes it. Access is asked now: in
which scopes this person may look, and of what was found, what may be seen.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from staffroom.core.errors import NotYours, Refused
from staffroom.core.retrieval import candidates, kinds, vocabulary
from staffroom.core.retrieval.candidates import Word
from staffroom.core.retrieval.entries import facet
from staffroom.core.retrieval.kinds import Found
from staffroom.methods.retrieval.bm25f import Text, Wanted, rank
from staffroom.methods.text.fold import words
from staffroom.methods.text.passage import Marks
from staffroom.methods.text.stem import forms

A_PAGE = 20
MAX_LETTERS = 500
MAX_WORDS = 24
#: So few words must all be there, as people expect; of more, the more and the rarer the better.
ALL_UP_TO = 4
#: From so many letters on the beginning of a word is enough.
BEGINS = 3
#: A word of the title counts as two, as is usual; title, body, what stands beside.
WEIGHTS = (2.0, 1.0, 1.0)


@dataclass(frozen=True)
class Filters:
    """Where to look; empty is everywhere the person may."""

    within: uuid.UUID | None = None
    kinds: Collection[str] = ()
    subject: str = ""
    grade: int | None = None
    language: str = ""


@dataclass(frozen=True)
class Page:
    """One page of results."""

    found: list[Found]
    more: bool = False
    some: bool = False  # nothing had all the words: these have some
    meant: list[str] = field(default_factory=list)  # words that stood in for mistyped ones


@dataclass(frozen=True)
class Spelt:
    """A word of the query with its spellings: itself, its stems, what may have been meant."""

    word: str
    forms: tuple[tuple[str, float], ...]
    known: int = 0

    @property
    def begins(self) -> str:
        return self.word if len(self.word) >= BEGINS else ""

    def group(self) -> list[Word]:
        found = [Word(form) for form, _weight in self.forms]
        return [*found, Word(self.word, begins=True)] if self.begins else found

    def in_title(self) -> list[Word]:
        return [Word(facet("t", word.text), word.begins) for word in self.group()]

    def wanted(self) -> Wanted:
        return Wanted(self.forms, self.begins, self.known)


@dataclass(frozen=True)
class Looked:
    asked: list[Spelt]
    ranked: list[tuple[uuid.UUID, str]]
    some: bool
    meant: list[str]


def wanted_words(text: str) -> list[str]:
    """The folded words of what was typed; `Refused` when there is nothing to look for, or too much."""
    if len(text) > MAX_LETTERS:
        raise Refused(
            _("This has %(have)s characters; a search can have %(most)s. A few words are enough.")
            % {"have": len(text), "most": MAX_LETTERS},
            "q",
        )
    found = list(dict.fromkeys(words(text)))
    if not found:
        raise Refused(_("Write at least one word or number to look for."), "q")
    return found[:MAX_WORDS]


def find(
    *,
    person: Any,
    text: str,
    filters: Filters | None = None,
    page: int = 1,
    scopes: Mapping[uuid.UUID, str] | None = None,
) -> Page:
    """The page of results for what was typed; `NotYours` for a place where one may not look.

    `scopes`: what `kinds.scopes_of(person)` has just said, where the caller has asked already.
    """
    where = places(filters or Filters(), kinds.scopes_of(person) if scopes is None else scopes)
    if not where:
        return Page([])
    looked = look(wanted_words(text), where, languages_for(person))
    wanted = page * A_PAGE + 1
    found = list(_shown(person, looked.ranked, marks_of(looked.asked), wanted))
    return Page(
        found[(page - 1) * A_PAGE : page * A_PAGE],
        len(found) == wanted,
        looked.some,
        looked.meant if found else [],
    )


def look(wanted: Sequence[str], where: list[list[Word]], languages: Sequence[str]) -> Looked:
    """What the index has of these words, ranked; not yet asked who may see it."""
    asked = spell(wanted, languages)
    rows, some = _candidates(asked, where)
    meant: list[str] = []
    if not rows or some:
        mended = [_mended(spelt, where) for spelt in asked]
        if mended != asked:
            asked = mended
            rows, some = _candidates(asked, where)
            meant = _meant(asked, rows)
    return Looked(asked, ranked_rows(asked, rows), some, meant)


def places(filters: Filters, scopes: Mapping[uuid.UUID, str]) -> list[list[Word]]:
    """The filters as words of the index; nothing where there is nowhere to look."""
    if filters.within is not None:
        if filters.within not in scopes:
            raise NotYours
        scopes = {filters.within: scopes[filters.within]}
    if not scopes:
        return []
    groups = [[Word(facet("in", scope)) for scope in sorted(scopes)]]
    if filters.kinds:
        groups.append([Word(facet("kind", kind)) for kind in sorted(filters.kinds)])
    for name, value in (
        ("subject", filters.subject),
        ("grade", filters.grade),
        ("lang", filters.language),
    ):
        if value not in ("", None):
            groups.append([Word(facet(name, value))])
    return groups


def spell(wanted: Sequence[str], languages: Sequence[str]) -> list[Spelt]:
    """The words with their stems in every language that may have been meant."""
    spelt = [(word, forms(word, languages)) for word in wanted]
    known = vocabulary.known([form for _word, found in spelt for form in found])
    return [
        Spelt(word, tuple((form, 1.0) for form in found), max(known.get(form, 0) for form in found))
        for word, found in spelt
    ]


def languages_for(person: Any) -> list[str]:
    offered = [code.split("-")[0] for code, _name in settings.LANGUAGES]
    own = [getattr(person, "language", ""), *getattr(person, "languages", [])]
    return list(dict.fromkeys([*offered, *(code for code in own if code)]))


def _candidates(asked: list[Spelt], where: list[list[Word]]) -> tuple[list[Any], bool]:
    """Entries with all the words; where there are none, or many words, with some: and which it was."""
    if len(asked) <= ALL_UP_TO:
        if rows := _with_all(asked, where):
            return rows, False
        if len(asked) == 1:
            return [], False
    return _with_some(asked, where), len(asked) <= ALL_UP_TO


def _with_all(asked: list[Spelt], where: list[list[Word]]) -> list[Any]:
    rows = candidates.having([*where, *(spelt.group() for spelt in asked)])
    if len(rows) < candidates.MOST:
        return rows
    # Not all of them are here: at least those that have the words in the title (Manning et al.
    # 2008, *Introduction to information retrieval*, 7.1.4, tiered indexes).
    titles = candidates.having([*where, *(spelt.in_title() for spelt in asked)])
    return list({row[0]: row for row in [*rows, *titles]}.values())


def _with_some(asked: list[Spelt], where: list[list[Word]]) -> list[Any]:
    """The rarer words find, all of them rank (the same, 7.1.2, index elimination)."""
    rarest = sorted(asked, key=lambda spelt: (spelt.known, spelt.word))
    chosen, much = list[Word](), 0
    for spelt in rarest:
        if chosen and much + spelt.known > candidates.MOST:
            break
        chosen += spelt.group() if spelt.known < candidates.MOST else _exactly(spelt)
        much += spelt.known
    return candidates.having([*where, chosen])


def _exactly(spelt: Spelt) -> list[Word]:
    return [word for word in spelt.group() if not word.begins]


def _mended(spelt: Spelt, where: list[list[Word]]) -> Spelt:
    """With what may have been meant, where nothing here has the word as it was typed."""
    if candidates.having([*where, spelt.group()], most=1):
        return spelt
    near = vocabulary.near([form for form, _weight in spelt.forms])
    return Spelt(spelt.word, spelt.forms + near, spelt.known) if near else spelt


def _meant(asked: list[Spelt], rows: list[Any]) -> list[str]:
    """The corrections that found something here; others may stand where one may not look."""
    said = [f" {part} " for row in rows for part in row[4:7]]
    return [
        form
        for spelt in asked
        for form, weight in spelt.forms
        if weight < 1 and any(f" {form} " in part for part in said)
    ]


def ranked_rows(asked: Sequence[Spelt], rows: Iterable[Any]) -> list[tuple[uuid.UUID, str]]:
    """Object and kind of the rows, the best first."""
    rows = list(rows)
    if not rows:
        return []
    counted = vocabulary.known([vocabulary.TEXTS, *vocabulary.LENGTHS])
    texts = [Text((as_uuid(row[1]), row[2]), row[4:7], seconds(row[3])) for row in rows]
    wanted = [spelt.wanted() for spelt in asked]
    return [one.key for one in rank(wanted, texts, WEIGHTS, vocabulary.figures(counted))]


def marks_of(asked: Sequence[Spelt]) -> Marks:
    return Marks(
        tuple(spelt.begins for spelt in asked if spelt.begins),
        frozenset(form for spelt in asked for form, _weight in spelt.forms),
    )


def _shown(
    person: Any, ranked: Sequence[tuple[uuid.UUID, str]], marks: Marks, most: int
) -> Iterator[Found]:
    """What the person may see of it, in order, until there is enough."""
    count = 0
    for start in range(0, len(ranked), 2 * A_PAGE):
        some = ranked[start : start + 2 * A_PAGE]
        seen = show(person, some, marks)
        for key, _kind in some:
            if key in seen:
                yield seen[key]
                count += 1
                if count == most:
                    return


def show(
    person: Any, keys: Iterable[tuple[uuid.UUID, str]], marks: Marks
) -> dict[uuid.UUID, Found]:
    """What the rooms let this person see of these."""
    found: dict[uuid.UUID, Found] = {}
    keys = list(keys)
    for part in kinds.parts():
        if ids := [key for key, kind in keys if kind in part.kinds]:
            found.update(part.show(person, ids, marks))
    return found


def as_uuid(value: Any) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(value)


def seconds(value: Any) -> float:
    """A moment as either database tells it."""
    moment = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp()
