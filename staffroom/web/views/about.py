from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from staffroom.core import access
from staffroom.core.forms import Form
from staffroom.web.forms import Sample
from staffroom.web.queries import privacy as queries


@access.anyone
def privacy(request: HttpRequest) -> HttpResponse:
    """Who can see what, in plain words."""
    return render(request, "web/privacy.html", queries.told(request))


@access.anyone
def style(request: HttpRequest) -> HttpResponse:
    """Every part in every state; `?dir=rtl` mirrors it, `?text=200` doubles its letters."""
    if not (settings.DEMO or settings.DEBUG or getattr(request.user, "is_staff", False)):
        raise Http404
    wrong: Form = Sample({"phone": "0712", "subject": "", "name": "Amina"})
    return render(
        request,
        "web/style.html",
        {
            "dir": "rtl" if request.GET.get("dir") == "rtl" else "ltr",
            "lang": "ur" if request.GET.get("dir") == "rtl" else translation.get_language(),
            "big": request.GET.get("text") == "200",
            "form": Sample(),
            "wrong": wrong,
        },
    )
