"""The first page: Today for those who are in, three sentences for those who are not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from staffroom.communities.views import by_link
from staffroom.core import access
from staffroom.web.queries import today as queries


@access.anyone
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return render(request, "web/front.html")
    day = queries.today_of(request.user, by_link.waiting(request))
    with timezone.override(day.zone):
        return render(request, "web/today.html", {"tab": "today", "day": day})
