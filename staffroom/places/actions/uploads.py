"""A list uploaded on the screen: kept between the steps, given to the worker or put away."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.places.access import check_administers
from staffroom.places.imports import sheet
from staffroom.places.imports.codes import CodeRun, dry_run_codes
from staffroom.places.imports.dry_run import DryRun, Options, dry_run
from staffroom.places.imports.records import Fixes
from staffroom.places.imports.teachers import TeacherRun, dry_run_teachers
from staffroom.places.models import ImportRun, Programme

FLAGS = ("make_codes", "close_missing", "skip_bad", "swapped", "drop_coordinates", "fill_merged")


def take_upload(
    *, by: Person, programme: Programme, kind: str, name: str, data: bytes
) -> ImportRun:
    """Keep a file that is a table; nothing else of it is looked at yet."""
    check_administers(by, programme)
    table = sheet.read(data)
    with transaction.atomic():
        run = ImportRun(
            programme=programme,
            kind=kind,
            state=ImportRun.State.UPLOADED,
            file_name=name[:200],
            sha256=table.sha256,
            started_by=by,
        )
        run.file.save(f"{run.pk}.list", ContentFile(data), save=False)
        run.save(force_insert=True)
        audit.write("import.uploaded", actor=by, on=run, kind=kind)
    return run


@transaction.atomic
def choose(*, by: Person, run: ImportRun, **choices: Any) -> None:
    """Keep what the person decided: columns, day, fixes, areas that are one."""
    check_open(by, run)
    run.choices, run.failed = run.choices | choices, ""
    run.save(update_fields=["choices", "failed"])


def check_open(by: Person, run: ImportRun) -> None:
    """It can still be decided on; inside a transaction it stays so."""
    check_administers(by, run.programme)
    states = ImportRun.objects.select_for_update().values_list("state", flat=True)
    state = states.filter(pk=run.pk).first()
    if state == ImportRun.State.IMPORTING:
        raise Refused(_("This list is being imported just now."))
    if state != ImportRun.State.UPLOADED:
        raise NotYours


def options_of(run: ImportRun) -> Options:
    """The decisions as the dry run wants them."""
    kept = run.choices
    day = kept.get("on")
    return Options(
        columns=kept.get("columns", {}),
        make_codes=bool(kept.get("make_codes")),
        fixes=Fixes(
            swapped=bool(kept.get("swapped")),
            drop_coordinates=bool(kept.get("drop_coordinates")),
            fill_merged=bool(kept.get("fill_merged")),
            merge=kept.get("merge", {}),
        ),
        on=dt.date.fromisoformat(day) if day else None,
        close_missing=bool(kept.get("close_missing")),
        skip_bad=bool(kept.get("skip_bad")),
    )


def read_upload(run: ImportRun) -> bytes:
    try:
        with run.file.open("rb") as stream:
            data: bytes = stream.read()
    except (OSError, ValueError):
        raise Refused(_("The file is no longer here. Please upload it again."), "file") from None
    return data


def look(run: ImportRun) -> DryRun | TeacherRun | CodeRun:
    """The dry run of an upload; writes nothing."""
    if run.kind == ImportRun.Kind.TEACHERS:
        return dry_run_teachers(read_upload(run), run.programme, options_of(run))
    if run.kind == ImportRun.Kind.CODES:
        return dry_run_codes(read_upload(run), run.programme, options_of(run))
    return dry_run(read_upload(run), run.programme, options_of(run))


def discard(*, by: Person, run: ImportRun) -> None:
    """Put an upload away that was not imported."""
    with transaction.atomic():
        check_open(by, run)
        audit.write("import.discarded", actor=by, on=run)
        name, storage = run.file.name, run.file.storage
        run.delete()
    if name:
        storage.delete(name)
