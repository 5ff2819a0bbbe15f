from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from staffroom.core import access


@access.anyone
def sign_in(request: HttpRequest) -> HttpResponse:
    return render(request, "people/sign_in.html")


@access.signed_in
def me(request: HttpRequest) -> HttpResponse:
    return render(request, "people/me.html", {"tab": "me"})
