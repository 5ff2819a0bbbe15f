"""Import a list of teachers: accounts, their numbers, and postings by date. All of it or nothing."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from phonenumber_field.phonenumber import PhoneNumber

from staffroom.people.actions import make_accounts
from staffroom.people.models import Person
from staffroom.places.access import check_administers
from staffroom.places.actions.changes import supervision_of
from staffroom.places.actions.import_schools import Progress, hold, keep_record, refuse_bad
from staffroom.places.imports.check_teachers import TeacherRecord
from staffroom.places.imports.teachers import TeacherRun, compare_teachers
from staffroom.places.models import ImportRun, Posting, Programme, School, TeacherNumber

BATCH = 1000


def import_teachers(
    *,
    by: Person | None,
    programme: Programme,
    run: TeacherRun,
    file_name: str,
    upload: ImportRun | None = None,
    progress: Progress = lambda done, of: None,
) -> ImportRun:
    """Write what the dry run showed. Refused while rows are bad and nobody said to leave them out."""
    check_administers(by, programme)
    refuse_bad(run)
    with transaction.atomic():
        hold(programme, upload)
        run = compare_teachers(run, programme)
        refuse_bad(run)
        _Writer(by, programme, run, progress).write()
        return keep_record(by, programme, run, file_name, upload, ImportRun.Kind.TEACHERS)


class _Writer:
    def __init__(
        self, by: Person | None, programme: Programme, run: TeacherRun, progress: Progress
    ) -> None:
        self.by, self.programme, self.run, self.plan = by, programme, run, run.plan
        self.progress = progress
        self.schools = dict(School.objects.filter(programme=programme).values_list("code", "pk"))
        self.people = dict(
            TeacherNumber.objects.filter(programme=programme).values_list("number", "person_id")
        )

    def write(self) -> None:
        new = self._accounts()
        touched = {self.people[record.number] for record in self.plan.start}
        ends = dict(self.plan.end)
        if self.run.options.close_missing:
            ends |= dict.fromkeys(self.plan.missing, self.run.on)
        touched |= set(Posting.objects.filter(pk__in=ends).values_list("person_id", flat=True))
        with supervision_of(touched | new):
            self._end(ends)
            self._start()

    def _accounts(self) -> set[uuid.UUID]:
        """Make the accounts that are new, correct those never used, and write the numbers down."""
        made: dict[str, uuid.UUID] = dict(self.plan.adopt)
        accounts = self.plan.accounts
        new = make_accounts(
            [self._account(record) for record in accounts],
            by=self.by,
            progress=lambda done: self.progress(done, len(accounts)),
        )
        made |= {record.number: person.pk for record, person in zip(accounts, new, strict=True)}
        TeacherNumber.objects.bulk_create(
            (
                TeacherNumber(programme=self.programme, person_id=person, number=number)
                for number, person in made.items()
            ),
            batch_size=BATCH,
        )
        self.people |= made
        listed = [record.number for record in self.run.checked.records]
        for start in range(0, len(listed), BATCH):  # what a list has too is no longer a word alone
            TeacherNumber.objects.filter(
                programme=self.programme,
                own_word=True,
                number__in=listed[start : start + BATCH],
            ).update(own_word=False)
        for pk, record in self.plan.update.items():
            person = Person.objects.get(pk=pk)
            person.name = record.name
            if record.phone:
                person.phone = record.phone
            person.save(update_fields=["name", "phone"])
        return set(made.values())

    def _account(self, record: TeacherRecord) -> dict[str, Any]:
        return {
            "name": record.name,
            # The check has read it already, and says it with its country code.
            "phone": PhoneNumber.from_string(record.phone) if record.phone else None,
            "language": self.programme.language,
            "gender": record.gender,
            "subjects": record.subjects,
            "grades": record.grades,
        }

    def _end(self, ends: dict[uuid.UUID, dt.date]) -> None:
        """A posting that would end before it began was never true and goes."""
        by_day: dict[dt.date, list[uuid.UUID]] = {}
        for posting, day in ends.items():
            by_day.setdefault(day, []).append(posting)
        for day, postings in by_day.items():
            Posting.objects.filter(pk__in=postings, starts__gte=day).delete()
            Posting.objects.filter(pk__in=postings).update(ends=day)

    def _start(self) -> None:
        postings = [
            Posting(
                person_id=self.people[record.number],
                school_id=self.schools[record.school],
                role=record.role,
                starts=record.starts or self.run.on,
                ends=record.ends,
            )
            for record in self.plan.start
        ]
        Posting.objects.bulk_create(postings, batch_size=BATCH)
