"""Take in a folder of files that a spreadsheet describes: all of it, or nothing."""

import io
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.core import audit, outbox
from staffroom.core.errors import Refused
from staffroom.library import reach
from staffroom.library.actions import editions
from staffroom.library.actions.resources import About, guessed, kind_of, touch
from staffroom.library.finding import remember
from staffroom.library.importing.files import Files
from staffroom.library.importing.rows import Line, Problem, Read, read
from staffroom.library.models import Edition, Resource
from staffroom.library.reading import Taken
from staffroom.people.models import Person
from staffroom.places.imports.sheet import Sheet
from staffroom.places.models import Programme

Progress = Callable[[int, int], None]
#: The problem's field -> the column that is meant, where they are called otherwise.
_FIELDS = {"name": "title"}


@dataclass
class Ready:
    """A row that can be taken in: what is said, what its file is, and what there is already."""

    line: Line
    about: About
    known: Resource | None
    digest: str = ""
    new_file: bool = False
    stored: editions.Stored | None = None


@dataclass
class Imported:
    """What was found, and done."""

    done: bool
    columns: dict[str, str]
    counts: dict[str, int]
    problems: list[Problem]
    not_named: list[str] = field(default_factory=list)  # files that no row names

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]


def import_library(
    *,
    by: Person | None,
    programme: Programme,
    community: Community | None = None,
    sheet: Sheet,
    files: Files,
    dry_run: bool = False,
    most: int | None = None,
    progress: Progress = lambda done, of: None,
) -> Imported:
    """Every row is looked at, its file opened; only when nothing is wrong is anything written.

    A row is the same resource as the last time by its id (else by its file or link), so that a
    second run changes what changed and doubles nothing.
    """
    reach.check_add(by, community, programme)
    rows = read(sheet)
    with ExitStack() as stored:
        ready = _looked_at(rows, files, programme, community, most, dry_run, stored, progress)
        counts, bad = _counts(sheet, ready), any(p.severity == "error" for p in rows.problems)
        done = not dry_run and not bad
        if done:
            _write(ready, by, programme, community)
            stored.pop_all()  # what was stored stays
    used = _used(rows, files)
    not_named = sorted(set(files.readers) - used)
    problems = sorted(rows.problems, key=lambda one: (one.row or 0, one.column))
    return Imported(done, rows.columns, counts, problems, not_named)


def _used(rows: Read, files: Files) -> set[str]:
    found = set()
    for line in rows.lines:
        try:
            found.add(files.find(line.file) or "")
        except Refused:  # told with its row
            continue
    return found


def _looked_at(
    rows: Read,
    files: Files,
    programme: Programme,
    community: Community | None,
    most: int | None,
    dry_run: bool,
    stored: ExitStack,
    progress: Progress,
) -> list[Ready]:
    """Rows that can be taken in; what is wrong with the others is added to `rows.problems`."""
    known = {
        one.key: one
        for one in Resource.objects.filter(programme=programme, community=community).exclude(key="")
    }
    digests = _digests(known.values())
    ready = []
    for number, line in enumerate(rows.lines, 1):
        try:
            one, taken = _ready(line, known.get(line.key), files, programme, community, most)
            there = one.known is not None and one.digest == digests.get(one.known.pk)
            if taken is not None and not there:
                one.new_file = True
                if not dry_run and _what(one) != "left_out":
                    one.stored = editions.store(taken)
                    stored.callback(one.stored.forget)
            ready.append(one)
        except Refused as refusal:
            part = _FIELDS.get(refusal.field, refusal.field) or "file"
            column = rows.columns.get(part, part)
            value = line.file if part == "file" else str(getattr(line.about, part, ""))
            rows.problems.append(Problem(line.row, column, value, refusal.message))
        progress(number, len(rows.lines))
    return ready


def _digests(known: Any) -> dict[Any, str]:
    shown = {(one.pk, one.edition) for one in known}
    rows = Edition.objects.filter(resource__in=[pk for pk, _number in shown])
    return {
        pk: digest
        for pk, number, digest in rows.values_list("resource", "number", "digest")
        if (pk, number) in shown
    }


def _ready(
    line: Line,
    known: Resource | None,
    files: Files,
    programme: Programme,
    community: Community | None,
    most: int | None,
) -> tuple[Ready, Taken | None]:
    about = line.about
    if known is not None:  # what has no column stays as it is
        kept = {name: getattr(known, name) for name in vars(about) if name not in line.said}
        about = replace(about, **kept)
    name = files.find(line.file) if line.file else None
    if line.file and name is None:
        raise Refused(_("There is no such file in the folder."), "file")
    taken = None
    if name is not None:
        data = files.read(name)
        taken = editions.taken(io.BytesIO(data), name, programme, most)
    about = guessed(about, name or "", community).cleaned()
    about.kind = about.kind or kind_of(taken.kind if taken else "", about.title)
    return Ready(line, about, known, editions.digest(taken) if taken else ""), taken


def _counts(sheet: Sheet, ready: list[Ready]) -> dict[str, int]:
    counts = {"rows": len(sheet.rows), "new": 0, "changed": 0, "unchanged": 0, "left_out": 0}
    for one in ready:
        counts[_what(one)] += 1
    return counts


def _what(one: Ready) -> str:
    """What was taken out here by hand is not brought back by a list."""
    if one.known is None:
        return "new"
    if one.known.removed_at or one.known.hidden_at:
        return "left_out"
    return "changed" if one.new_file or _differs(one) else "unchanged"


def _differs(one: Ready) -> bool:
    return any(getattr(one.known, name) != value for name, value in vars(one.about).items())


@transaction.atomic
def _write(
    ready: list[Ready], by: Person | None, programme: Programme, community: Community | None
) -> None:
    for one in ready:
        what = _what(one)
        if what == "new":
            made = Resource.objects.create(
                programme=programme,
                community=community,
                for_all=community is None,
                key=one.line.key,
                added_by=by,
                **vars(one.about),
            )
        elif what == "changed" and one.known is not None:
            made = one.known
            for name, value in vars(one.about).items():
                setattr(made, name, value)
            touch(made, *vars(one.about))
        else:
            continue
        if one.stored is not None:
            editions.put(made, one.stored, by)
        remember(made)
        topic = "resource.added" if what == "new" else "resource.changed"
        outbox.put(topic, resource=str(made.pk), version=made.version)
    audit.write("library.imported", actor=by, on=community or programme, rows=len(ready))
