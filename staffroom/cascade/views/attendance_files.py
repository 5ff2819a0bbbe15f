"""Attendance as a file: of one training to fill in and bring back, of all of them for the office."""

import uuid

from django.core import signing
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from staffroom.cascade import attendance_sheet as sheets
from staffroom.cascade.access import planner, runs_session
from staffroom.cascade.actions import import_attendance as acts
from staffroom.cascade.forms.attendance import SheetForm
from staffroom.cascade.views.attendance import Request, page
from staffroom.core import flash
from staffroom.core.errors import Refused
from staffroom.core.tables import download

#: What was looked at comes back with the second step, signed: until then nothing is kept here.
SALT, LONGEST = "attendance.import", 24 * 3600


@require_safe
@planner
def everything(request: Request, kind: str) -> HttpResponseBase:
    return download("attendance", kind, sheets.HEAD, sheets.all_rows(request.programme))  # type: ignore[attr-defined]


@require_safe
@runs_session
def of_session(request: Request, training: uuid.UUID, kind: str) -> HttpResponseBase:
    name = f"attendance-{slugify(request.training.title) or 'training'}"[:60]
    return download(name, kind, sheets.HEAD, sheets.rows_of(request.training))


@runs_session
def bring_in(request: Request, training: uuid.UUID) -> HttpResponse:
    """Choose the file; look at what it says; then write it."""
    if request.method == "POST" and "lines" in request.POST:
        return _write(request, training)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data["file"].read(sheets.MOST_BYTES + 1)
            read = sheets.read(data, request.training)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return _look(request, read)
    return page(request, "import", form=form)


def _look(request: Request, read: sheets.Read) -> HttpResponse:
    packed = {"session": str(request.training.pk), "lines": read.lines}
    signed = "" if read.wrong else signing.dumps(packed, salt=SALT, compress=True)
    status = 422 if read.wrong else 200
    return page(request, "import_look", status, read=read, signed=signed)


def _write(request: Request, training: uuid.UUID) -> HttpResponse:
    try:
        packed = signing.loads(request.POST["lines"], salt=SALT, max_age=LONGEST)
        if packed["session"] != str(request.training.pk):
            raise signing.BadSignature
        counts = acts.import_lines(by=request.user, session=request.training, lines=packed["lines"])
    except signing.BadSignature:
        form = SheetForm()
        return page(request, "import", 422, form=form, error=_("Please choose the file again."))
    except Refused as refusal:
        return page(request, "import", 422, form=SheetForm(), error=refusal.message)
    flash.say(
        request,
        _("The sheet is written down: %(new)s new, %(same)s as before.") % counts,
    )
    return redirect("attendance", training)
