"""Codes of schools in other systems: from a list, all or nothing; one by hand."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.errors import Refused
from staffroom.core.forms import one_line
from staffroom.people.models import Person
from staffroom.places.access import check_administers
from staffroom.places.actions.import_schools import Progress, hold, keep_record, refuse_bad
from staffroom.places.imports.codes import CodeRun, compare_codes
from staffroom.places.models import ImportRun, Programme, School, SchoolCode

BATCH = 2000


def import_codes(
    *,
    by: Person | None,
    programme: Programme,
    run: CodeRun,
    file_name: str,
    upload: ImportRun | None = None,
    progress: Progress = lambda done, of: None,
) -> ImportRun:
    """Write what the dry run showed."""
    check_administers(by, programme)
    refuse_bad(run)
    with transaction.atomic():
        hold(programme, upload)
        run = compare_codes(run, programme)
        refuse_bad(run)
        ended = run.plan.missing if run.options.close_missing else []
        for each in ended:
            each.ends = run.on
        SchoolCode.objects.bulk_update([*run.plan.change, *ended], ["ends"], batch_size=300)
        # One that would end before it began was never true.
        SchoolCode.objects.filter(pk__in=[e.pk for e in ended if e.starts >= run.on]).delete()
        for start in range(0, len(run.plan.create), BATCH):
            SchoolCode.objects.bulk_create(run.plan.create[start : start + BATCH])
            progress(min(start + BATCH, len(run.plan.create)), len(run.plan.create))
        return keep_record(by, programme, run, file_name, upload, ImportRun.Kind.CODES)


@transaction.atomic
def add_code(
    *, by: Person | None, school: School, system: str, code: str, starts: dt.date
) -> SchoolCode:
    """The school has this code from that day; the one it had in that system ends."""
    check_administers(by, school.programme)
    Programme.objects.select_for_update(no_key=True).get(pk=school.programme_id)
    system, code = one_line(system), one_line(code)
    if not system:
        raise Refused(_("Whose code it is, is missing: EMIS 2024, payroll …"), "system")
    if not code:
        raise Refused(_("The code is missing."), "code")
    live = Q(ends=None) | Q(ends__gt=starts)
    of_system = SchoolCode.objects.filter(live, school__programme=school.programme, system=system)
    other = of_system.filter(code=code).exclude(school=school).select_related("school").first()
    if other is not None:
        raise Refused(
            _("The school %(other)s has this code of the same system in that time.")
            % {"other": other.school.code},
            "code",
        )
    mine = of_system.filter(school=school)
    if mine.filter(starts__gte=starts).exists():
        raise Refused(_("A code of this system begins on that day or later."), "starts")
    mine.update(ends=starts)
    made = SchoolCode.objects.create(school=school, system=system, code=code, starts=starts)
    audit.write("school_code.added", actor=by, on=school, code=str(made.pk))
    return made


@transaction.atomic
def end_code(*, by: Person | None, code: SchoolCode, ends: dt.date) -> None:
    """It holds until the day before; one that would end before it began goes."""
    check_administers(by, code.school.programme)
    if ends <= code.starts:
        code.delete()
    else:
        SchoolCode.objects.filter(pk=code.pk).update(ends=ends)
    audit.write("school_code.ended", actor=by, on=code.school)
