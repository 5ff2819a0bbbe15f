"""The last step of an import, done by the worker: all of it or nothing.

The state on the upload's row is the lock: one import at a time in a programme, whoever asks, and a
button pressed twice finds it taken. One that failed is an upload again, with every choice kept.
"""

import logging
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task

from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.places.access import check_administers
from staffroom.places.actions.codes import import_codes
from staffroom.places.actions.import_schools import import_schools, refuse_bad
from staffroom.places.actions.import_teachers import import_teachers
from staffroom.places.actions.uploads import check_open, look
from staffroom.places.imports.codes import CodeRun
from staffroom.places.imports.dry_run import DryRun
from staffroom.places.imports.teachers import TeacherRun
from staffroom.places.models import ImportRun
from staffroom.places.progress import Progress

log = logging.getLogger(__name__)
State = ImportRun.State
#: A list that takes the worker down with it is not tried for ever.
TRIES = 3


def start_import(*, by: Person, run: ImportRun, seen: DryRun | TeacherRun | CodeRun) -> None:
    """Give the upload to the worker, once. `seen` is the dry run that the person decided on."""
    check_administers(by, run.programme)
    refuse_second(run)
    refuse_bad(seen)
    try:
        with transaction.atomic():
            check_open(by, run)
            run.state, run.failed = State.IMPORTING, ""
            run.began_at, run.started_by = now(), by
            run.save(update_fields=["state", "failed", "began_at", "started_by"])
            audit.write("import.started", actor=by, on=run)
            import_list.enqueue(run=str(run.pk), by=str(by.pk))
    except IntegrityError:
        run.state = State.UPLOADED
        refuse_second(run)
        raise


def refuse_second(run: ImportRun) -> None:
    """Two lists at once would each be checked against what the other is changing."""
    other = (
        ImportRun.objects.filter(programme=run.programme_id, state=State.IMPORTING)
        .exclude(pk=run.pk)
        .select_related("started_by")
        .first()
    )
    if other is not None:
        raise Refused(
            _(
                "%(person)s is importing %(name)s just now. Please wait until it is done and "
                "look again: it may change what yours would change."
            )
            % {
                "person": other.started_by.name if other.started_by else _("A colleague"),
                "name": other.file_name,
            }
        )


@task(takes_context=True)
def import_list(context: TaskContext, run: str, by: str) -> None:
    """The job. Nothing leaves it but its end: a traceback kept with it could name people."""
    found = ImportRun.objects.select_related("programme").filter(pk=run, state=State.IMPORTING)
    upload, person = found.first(), Person.objects.filter(pk=by).first()
    if upload is None:
        return  # another worker has done it
    language = person.language if person else upload.programme.language
    with translation.override(language):
        try:
            if person is None:
                raise NotYours
            if context.attempt > TRIES:
                raise Refused(_("It was begun several times and stopped each time."))
            import_upload(by=person, run=upload)
        except BaseException as error:
            give_back(upload, _why(error))
            if not isinstance(error, Exception):
                raise


def import_upload(*, by: Person, run: ImportRun) -> None:
    """Import it; the file, which may hold phone numbers, is not kept afterwards."""
    check_administers(by, run.programme)
    progress = Progress(run)
    progress(0, 0)
    try:
        result = look(run)
        common: dict[str, Any] = {
            "by": by, "programme": run.programme, "file_name": run.file_name, "upload": run,
            "progress": progress,
        }  # fmt: skip
        if isinstance(result, TeacherRun):
            import_teachers(run=result, **common)
        elif isinstance(result, CodeRun):
            import_codes(run=result, **common)
        else:
            import_schools(run=result, **common)
    finally:
        progress.forget()
    run.file.delete(save=True)


def give_back(run: ImportRun, why: str) -> None:
    """It is an upload again, unless another worker has finished it."""
    ImportRun.objects.filter(pk=run.pk, state=State.IMPORTING).update(
        state=State.UPLOADED, failed=why[:500]
    )


def _why(error: BaseException) -> str:
    if isinstance(error, Refused):
        return error.message
    if isinstance(error, NotYours):
        return _("You no longer look after this programme.")
    log.error("import.failed", exc_info=error)
    return _("The fault is ours, not yours. Please try again.")
