from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from staffroom.core import access


@access.signed_in
def today(request: HttpRequest) -> HttpResponse:
    return render(request, "web/today.html", {"tab": "today"})
