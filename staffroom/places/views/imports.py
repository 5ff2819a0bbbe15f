"""Import by upload, step by step: file, columns, report, result."""

import datetime as dt
import uuid
from collections import Counter
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused
from staffroom.core.paging import paged
from staffroom.core.words import listed
from staffroom.people.models import Person
from staffroom.places.access import administrator
from staffroom.places.actions import uploads
from staffroom.places.actions.import_job import start_import
from staffroom.places.forms import UploadForm
from staffroom.places.imports import sheet as sheets
from staffroom.places.imports.codes import CodeRun
from staffroom.places.imports.columns import fields_of, missing
from staffroom.places.imports.dry_run import DryRun, level_names, read_columns
from staffroom.places.imports.problems import Problem, by_kind
from staffroom.places.imports.report import problems_csv
from staffroom.places.imports.teachers import TeacherRun
from staffroom.places.models import ImportRun
from staffroom.places.views.common import here
from staffroom.places.views.import_words import count_words, field_words

TICKS = ("swapped", "drop_coordinates", "fill_merged", "close_missing", "skip_bad")


@administrator
def past(request: HttpRequest) -> HttpResponse:
    runs = ImportRun.objects.filter(programme=request.programme).defer("problems")  # type: ignore[attr-defined]
    context = paged(request, runs.select_related("started_by").order_by("-at", "-pk"))
    return render(request, "places/imports.html", context)


@administrator
def new(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                if file.size > settings.SHEET_MAX_BYTES:
                    raise Refused(
                        _("This file has %(have)s MB; at most %(most)s. Please send it in parts.")
                        % {
                            "have": round(file.size / 1e6),
                            "most": round(settings.SHEET_MAX_BYTES / 1e6),
                        },
                        "file",
                    )
                run = uploads.take_upload(
                    by=_me(request),
                    programme=request.programme,  # type: ignore[attr-defined]
                    kind=form.cleaned_data["kind"],
                    name=file.name,
                    data=file.read(),
                )
            except Refused as error:
                form.refuse(error)
            else:
                return redirect("import_columns", run.pk)
        return render(request, "places/import_new.html", {"form": form}, status=422)
    return render(request, "places/import_new.html", {"form": form})


@administrator
def columns(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Which column is what: as guessed, to be confirmed."""
    found = run_of(request, run)
    if found.state != ImportRun.State.UPLOADED:
        return redirect("import_progress", found.pk)
    table = sheets.read(uploads.read_upload(found))
    levels = level_names(found.programme) if found.kind == "schools" else []
    error = ""
    if request.method == "POST":
        # What was said is sent whole: an empty choice means "no column", not "guess again".
        chosen = {
            what: request.POST[f"c-{what}"]
            for what in [*fields_of(found.kind), *levels]
            if f"c-{what}" in request.POST
        }
        uploads.choose(
            by=_me(request),
            run=found,
            columns=chosen,
            make_codes=bool(request.POST.get("make_codes")),
        )
        read = read_columns(table, found.programme, uploads.options_of(found), found.kind)
        gone = missing(read, found.kind)
        if not gone:
            return redirect("import_report", found.pk)
        words = field_words()
        error = _("Still without a column: %(fields)s.") % {
            "fields": listed(words[name] for name in gone)
        }
    read = read_columns(table, found.programme, uploads.options_of(found), found.kind)
    context = {
        "run": found,
        "table": table,
        "rows": _column_rows(table, read, found.kind, levels),
        "error": error,
        "make_codes": found.choices.get("make_codes"),
    }
    return render(request, "places/import_columns.html", context, status=422 if error else 200)


def _column_rows(table: Any, read: Any, kind: str, levels: list[str]) -> list[dict[str, Any]]:
    """One row a field: its column, and the first values in it."""
    places = [(name, field_words()[name], read.at.get(name)) for name in fields_of(kind)]
    places += list(zip(levels, levels, read.areas, strict=False))
    return [
        {
            "name": name,
            "label": label,
            "at": at,
            "chosen": table.header[at] if at is not None else "",
            "sample": listed(
                [cells[at] for _n, cells in table.rows[:200] if cells[at]][:3]
                if at is not None and name != "phone"
                else []
            ),
        }
        for name, label, at in places
    ]


@administrator
def report(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """What the list holds, what is wrong, what would change; then import or not."""
    found = run_of(request, run)
    if found.state != ImportRun.State.UPLOADED:
        return redirect("import_progress", found.pk)
    error, result = found.failed, None
    try:
        if request.method == "POST":
            error, result = _decided(request, found)
            if not error:
                started = found.state != ImportRun.State.UPLOADED
                return redirect("import_progress" if started else "import_report", found.pk)
        result = result or uploads.look(found)
    except Refused as refused:
        flash.say(request, refused.message)
        return redirect("import_columns", found.pk)
    options = uploads.options_of(found)
    context = _problem_context(request, result.checked.problems)
    context |= {
        "run": found,
        "error": error,
        "failed": error == found.failed,
        "counts": count_words(found.kind, _counts(result)),
        "bad": len(result.checked.bad),
        "good": len(result.checked.records),
        "ticks": {name: found.choices.get(name) for name in TICKS},
        "on": (options.on or here(request)).isoformat(),
        "merge": "\n".join(f"{name}={meant}" for name, meant in options.fixes.merge.items()),
        "alike": [p for p in result.checked.problems if p.kind in {"area_alike", "area_extends"}],
        "notes": result.sheet.notes,
        "missing": len(result.plan.missing),
    }
    refused_now = error and request.method == "POST"
    return render(request, "places/import_report.html", context, status=422 if refused_now else 200)


def _decided(
    request: HttpRequest, found: ImportRun
) -> tuple[str, DryRun | TeacherRun | CodeRun | None]:
    """Keep what was decided and start, where that was asked: (what stood in the way, the dry run)."""
    result = None
    try:
        uploads.choose(by=_me(request), run=found, **_choices(request))
        if request.POST.get("do") == "import":
            result = uploads.look(found)
            start_import(by=_me(request), run=found, seen=result)
    except (Refused, NotYours) as refused:
        found.refresh_from_db(fields=["state"])
        if found.state != ImportRun.State.UPLOADED:
            return "", None  # the button was pressed twice
        if isinstance(refused, NotYours):
            raise
        return refused.message, result
    return "", result


def _counts(result: Any) -> dict[str, int]:
    counts: dict[str, int] = result.plan.counts(result.options.close_missing)
    return {"rows": result.checked.rows, "set_aside": len(result.checked.bad)} | counts


def _choices(request: HttpRequest) -> dict[str, Any]:
    """Ticks, day and areas to merge, from the form."""
    day = request.POST.get("on", "").strip()
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        raise Refused(_("Please write the day like 2026-11-22."), "on") from None
    merge = {}
    pairs = request.POST.getlist("pair") + request.POST.get("merge", "").splitlines()
    for line in filter(str.strip, pairs):
        name, equals, meant = line.partition("=")
        if not equals or not name.strip() or not meant.strip():
            raise Refused(_("Write one pair a line: Muranga=Murang'a"), "merge")
        merge[name.strip()] = meant.strip()
    ticked = {name: bool(request.POST.get(name)) for name in TICKS}
    return ticked | {"on": day, "merge": merge}


@administrator
def one(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """The result of an import, kept."""
    found = run_of(request, run)
    if found.state == ImportRun.State.IMPORTING:
        return redirect("import_progress", found.pk)
    if found.state != ImportRun.State.DONE:
        return redirect("import_columns", found.pk)
    context = _problem_context(request, [Problem(*row) for row in found.problems])
    context |= {"run": found, "counts": count_words(found.kind, found.counts)}
    return render(request, "places/import.html", context)


def _problem_context(request: HttpRequest, problems: list[Problem]) -> dict[str, Any]:
    """Kinds with their numbers, and one page of the rows of the kind that is looked at."""
    kinds = by_kind(problems)
    known = Counter(problem.kind for problem in problems)
    kind = request.GET.get("kind", "")
    if kind not in known:
        kind = kinds[0]["kind"] if kinds else ""
    context = paged(request, [problem for problem in problems if problem.kind == kind], 25)
    return context | {"kinds": kinds, "kind": kind}


@administrator
def problems(request: HttpRequest, run: uuid.UUID) -> StreamingHttpResponse:
    found = run_of(request, run)
    if found.state == ImportRun.State.DONE:
        rows = [Problem(*row) for row in found.problems]
    else:
        rows = uploads.look(found).checked.problems
    response = StreamingHttpResponse(
        ("\ufeff" if not i else "") + line for i, line in enumerate(problems_csv(rows))
    )
    response["Content-Type"] = "text/csv; charset=utf-8"
    response["Content-Disposition"] = 'attachment; filename="rows-to-mend.csv"'
    return response


@administrator
@require_POST
def discard(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    uploads.discard(by=_me(request), run=run_of(request, run))
    flash.say(request, _("Put away. Nothing was imported."))
    return redirect(reverse("imports"))


def run_of(request: HttpRequest, run: uuid.UUID) -> ImportRun:
    found = ImportRun.objects.filter(programme=request.programme, pk=run).first()  # type: ignore[attr-defined]
    if found is None:
        raise NotYours
    return found


def _me(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]
