"""Lists that leave, to be mended in a spreadsheet and imported again."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from staffroom.core.errors import NotYours
from staffroom.core.tables import download
from staffroom.places import lists
from staffroom.places.access import administrator


@administrator
def show(request: HttpRequest) -> HttpResponse:
    rows = [
        {
            "key": each.key,
            "title": each.title,
            "about": each.about,
            "reads": each.reads,
            "back": reverse(each.reads) if each.reads else "",
        }
        for each in lists.every()
    ]
    context = {"lists": rows, "programme": request.programme}  # type: ignore[attr-defined]
    return render(request, "places/lists.html", context)


@administrator
def out(request: HttpRequest, table: str, form: str) -> HttpResponseBase:
    if form not in {"csv", "xlsx"}:
        raise NotYours
    found = lists.of(table)
    head, rows = found.table(request.programme)  # type: ignore[attr-defined]
    return download(found.key, form, head, rows)
