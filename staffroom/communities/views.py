from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from staffroom.core import access


@access.signed_in
def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "communities/mine.html", {"tab": "communities"})
