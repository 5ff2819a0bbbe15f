"""A list of prompts is taken in whole, or not at all."""

from dataclasses import dataclass

from django.db import transaction

from staffroom.core import audit
from staffroom.people.models import Person
from staffroom.places.imports.sheet import Sheet
from staffroom.places.models import Programme
from staffroom.rhythm import prompt_sheet
from staffroom.rhythm.actions.prompt_office import check_office, keep
from staffroom.rhythm.prompt_sheet import Line, Problem
from staffroom.rhythm.prompt_words import Words
from staffroom.rhythm.queries.prompts import library


@dataclass(frozen=True)
class Taken:
    """What was read, what is wrong; nothing was written where anything is."""

    rows: int
    new: int
    changed: int
    same: int
    problems: list[Problem]


@transaction.atomic
def import_prompts(*, by: Person, programme: Programme, sheet: Sheet, dry_run: bool) -> Taken:
    """By its key a row is the prompt that there is; without one it is new, unless the words are there."""
    check_office(by, programme)
    there = library(programme, also_off=True)
    lines, problems = prompt_sheet.read(sheet, set(there))
    said = {(each.subject, tuple(sorted(each.texts.items()))) for each in there.values()}
    new, changed, same = [], [], 0
    for line in lines:
        if line.key and _differs(line, there[line.key]):
            changed.append(line)
        elif not line.key and (line.subject, tuple(sorted(line.texts.items()))) not in said:
            new.append(line)
        else:
            same += 1
    if not problems and not dry_run:
        for line in [*changed, *new]:
            keep(
                by=by,
                programme=programme,
                key=line.key,
                subject=line.subject,
                texts=line.texts,
                off=line.off,
            )
        audit.write("prompts.imported", actor=by, on=programme, rows=len(lines))
    return Taken(len(lines) + len(problems), len(new), len(changed), same, problems)


def _differs(line: Line, words: Words) -> bool:
    return (line.subject, line.texts, line.off) != (words.subject, words.texts, words.off)
