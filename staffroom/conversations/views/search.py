from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from staffroom.communities.access import inside
from staffroom.conversations.queries import search as searching
from staffroom.conversations.queries.mutes import muted_ids
from staffroom.conversations.views.inside import InsideRequest, in_zone
from staffroom.core import ids
from staffroom.core.errors import Refused


@inside
@in_zone
def search(request: InsideRequest, **rest: Any) -> HttpResponse:
    """`?q=` words, `&after=` the last post of the page before."""
    community, person = request.community, request.user
    text = request.GET.get("q", "").replace("\x00", "").strip()
    context: dict[str, Any] = {"community": community, "q": text, "tab": "communities"}
    if not text:
        return render(request, "conversations/search.html", context)
    try:
        context["page"] = searching.search(
            person=person, community=community, text=text, after=_after(request)
        )
    except Refused as refusal:
        context |= {"refusal": refusal.message, "q": text[: searching.MAX_LETTERS]}
        return render(request, "conversations/search.html", context, status=422)
    context["some_muted"] = bool(muted_ids(person))
    return render(request, "conversations/search.html", context)


def _after(request: InsideRequest) -> Any:
    try:
        return ids.from_short(request.GET.get("after", ""))
    except ValueError:
        return None
