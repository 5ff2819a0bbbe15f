"""Training sessions as a file: chosen, looked at, written."""

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.cascade import session_sheet as sheets
from staffroom.cascade.access import planner
from staffroom.cascade.actions.import_sessions import import_sessions
from staffroom.core import flash
from staffroom.core.errors import Refused
from staffroom.core.forms import Form

#: What was looked at comes back with the second step, signed: until then nothing is kept here.
SALT, LONGEST = "sessions.import", 24 * 3600


class SessionsForm(Form):
    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy(
            "CSV or Excel with the columns title and days at least; take the list out to see the "
            "others. Nothing is changed until you have seen what it would change."
        ),
    )


@planner
def bring_in(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and "lines" in request.POST:
        return _write(request)
    form = SessionsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data["file"].read(sheets.MOST_BYTES + 1)
            read = sheets.read(data, request.programme)  # type: ignore[attr-defined]
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return _look(request, read)
    status = 422 if request.method == "POST" else 200
    return render(request, "cascade/sessions_in.html", {"form": form}, status=status)


def _look(request: HttpRequest, read: sheets.Read) -> HttpResponse:
    packed = {"programme": str(request.programme.pk), "lines": read.lines}  # type: ignore[attr-defined]
    signed = "" if read.wrong else signing.dumps(packed, salt=SALT, compress=True)
    context = {"read": read, "signed": signed}
    return render(request, "cascade/sessions_look.html", context, status=422 if read.wrong else 200)


def _write(request: HttpRequest) -> HttpResponse:
    form = SessionsForm()
    try:
        packed = signing.loads(request.POST["lines"], salt=SALT, max_age=LONGEST)
        if packed["programme"] != str(request.programme.pk):  # type: ignore[attr-defined]
            raise signing.BadSignature
        counts = import_sessions(
            by=request.user,  # type: ignore[arg-type]
            programme=request.programme,  # type: ignore[attr-defined]
            lines=packed["lines"],
        )
    except signing.BadSignature:
        context = {"form": form, "error": _("Please choose the file again.")}
        return render(request, "cascade/sessions_in.html", context, status=422)
    except Refused as refusal:
        context = {"form": form, "error": refusal.message}
        return render(request, "cascade/sessions_in.html", context, status=422)
    flash.say(request, _("The list is written down: %(new)s new, %(kept)s known.") % counts)
    return redirect("training")
