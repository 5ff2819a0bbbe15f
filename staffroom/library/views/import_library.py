"""The programme's office sends a zip file: a spreadsheet and the files that it names."""

import zipfile
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from staffroom.communities.access import designer
from staffroom.core import limits
from staffroom.core.errors import Refused
from staffroom.library.actions.import_library import Imported, import_library
from staffroom.library.forms.resources import ImportForm
from staffroom.library.importing.files import in_zip
from staffroom.library.importing.rows import COLUMNS
from staffroom.library.views.resource_forms import most_words

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@designer
def import_zip(request: Any, **rest: Any) -> HttpResponse:
    """Looked at whole; taken in when nothing is wrong with it."""
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        most=f"\u2066{settings.BODY_MAX_BYTES / 1e6:.0f} MB\u2069",
        one=most_words(request.programme),
    )
    context: dict[str, Any] = {"form": form, "tab": "me", "columns": list(COLUMNS)}
    if request.method == "POST" and form.is_valid():
        limits.take("import_library", str(request.user.pk), limit=30, seconds=3600)
        try:
            result = _imported(request, form.cleaned_data["file"], form.cleaned_data["look"])
            context |= {"result": result, "problems": result.problems[:SHOWN]}
        except Refused as refusal:
            form.refuse(refusal)
    wrong = form.errors or (context.get("result") and context["result"].errors)
    return render(request, "library/resources/import.html", context, status=422 if wrong else 200)


def _imported(request: Any, file: Any, only_look: bool) -> Imported:
    from staffroom.places.imports.sheet import read  # its library is large

    most = request.programme.file_limit_kb * 1000
    try:
        with zipfile.ZipFile(file) as archive:
            name, files = in_zip(archive, most=max(most, settings.SHEET_MAX_BYTES))
            with archive.open(name) as opened:
                data = opened.read(settings.SHEET_MAX_BYTES)
            return import_library(
                by=request.user,
                programme=request.programme,
                sheet=read(data),
                files=files,
                dry_run=only_look,
            )
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, NotImplementedError) as error:
        raise Refused(
            _("This is no zip file that can be opened. Put the list and its files into one."),
            "file",
        ) from error
