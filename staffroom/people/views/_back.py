"""Where to go afterwards: own paths alone."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def wanted(request: HttpRequest) -> str:
    """`next` of the request if it is a path of ours, else ""."""
    path = request.POST.get("next") or request.GET.get("next") or ""
    ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if ours and path.isprintable() else ""


def after(request: HttpRequest, otherwise: str = "today") -> str:
    return wanted(request) or reverse(otherwise)
