"""How far an import is: a page that asks again by itself, without script, and ends at the result."""

import uuid
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from staffroom.core import heartbeat
from staffroom.core.clock import now
from staffroom.places import progress
from staffroom.places.access import administrator
from staffroom.places.models import ImportRun
from staffroom.places.views.imports import run_of

SOONEST, LATEST = 2, 15  # seconds between two looks
PATIENCE = 20  # seconds without a worker before we say so


@administrator
def show(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    found = run_of(request, run)
    if found.state == ImportRun.State.DONE:
        return redirect("import", found.pk)
    if (
        found.state == ImportRun.State.UPLOADED
    ):  # it failed: there it says why, and can be tried again
        return redirect("import_report", found.pk)
    zone = ZoneInfo(found.programme.timezone)
    waited = (now() - found.began_at).total_seconds() if found.began_at else 0
    told = progress.told(found)
    done, of = told or (0, 0)
    context = {
        "run": found,
        "begun": told is not None,
        "done": done,
        "of": of,
        "began": found.began_at.astimezone(zone) if found.began_at else None,
        "nobody": told is None and waited > PATIENCE and not heartbeat.alive("worker"),
    }
    response = render(request, "places/import_progress.html", context)
    # A long import is asked after less often: each look costs the reader bytes.
    response["Refresh"] = str(round(min(max(SOONEST, waited / 6), LATEST)))
    return response
