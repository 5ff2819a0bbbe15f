"""Counts the time of a moderator's term on the pages that belong to moderating, and on no others."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from staffroom.facilitation.actions.load import spend

Next = Callable[[HttpRequest], HttpResponse]
#: Their names; each has the community in its address.
PAGES = frozenset(
    {
        "moderators_desk",
        "desk_act",
        "desk_undo",
        "desk_texts",
        "reports",
        "decide",
        "undo_decision",
        "move",
        "doubt",
        "prompt",
        "prompts",
        "hand_over",
        "pin",
    }
)


class TimeOfTerm:
    """Asks nothing on any other page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match is None or match.url_name not in PAGES or response.status_code >= 400:
            return response
        if request.method in {"GET", "POST"} and request.user.is_authenticated:
            spend(by=request.user, community_id=match.kwargs["community"])
        return response
