"""One search over everything that the person may read."""

import uuid
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from staffroom.communities.wall import readable_by
from staffroom.conversations.queries.mutes import muted_ids
from staffroom.core import access, ids
from staffroom.core.errors import Refused
from staffroom.core.retrieval import finding, kinds
from staffroom.core.retrieval.finding import Filters
from staffroom.people.vocabulary import GRADES, LANGUAGES, SUBJECTS

#: Nobody leafs further; another word finds it sooner.
LAST_PAGE = 10
FILTERS = ("kind", "subject", "grade", "lang")


@require_safe
@access.signed_in
def search(request: HttpRequest) -> HttpResponse:
    """`?q=` words, `&in=` one community, `&kind= &subject= &grade= &lang=`, `&page=`."""
    filters = _filters(request)
    with timezone.override(zone_of(request.user, filters.within)):
        return _search(request, filters)


def _search(request: HttpRequest, filters: Filters) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()
    scopes = kinds.scopes_of(request.user)
    context: dict[str, Any] = {
        "q": text,
        "tab": "communities",
        "choices": _choices(request, scopes),
        "narrowed": any(request.GET.get(name) for name in FILTERS),
        "here": scopes.get(filters.within, "") if filters.within else "",
        "back": _back(filters.within, scopes),
    }
    if not text:
        finding.places(filters, scopes)  # a place where one may not look is said at once
        return render(request, "web/search.html", context)
    page = _page(request)
    try:
        found = finding.find(
            person=request.user, text=text, filters=filters, page=page, scopes=scopes
        )
    except Refused as refusal:
        context |= {"refusal": refusal.message, "q": text[: finding.MAX_LETTERS]}
        return render(request, "web/search.html", context, status=422)
    more = found.more and page < LAST_PAGE
    context["some_muted"] = bool(muted_ids(request.user))  # type: ignore[arg-type]
    context |= {"page": found, "older": _link(request, page + 1) if more else ""}
    context |= {"newer": _link(request, page - 1) if page > 1 else ""}
    return render(request, "web/search.html", context)


def zone_of(person: Any, within: uuid.UUID | None) -> ZoneInfo | None:
    """The clock of the community that was chosen, else of one's first."""
    mine = readable_by(person)
    chosen = mine.filter(pk=within) if within else mine
    zone = chosen.order_by("pk").values_list("timezone", flat=True).first()
    return ZoneInfo(zone) if zone else None


def _filters(request: HttpRequest) -> Filters:
    """What was chosen; a choice that does not exist is none."""
    asked = request.GET
    kind, subject, language = asked.get("kind", ""), asked.get("subject", ""), asked.get("lang", "")
    return Filters(
        within=_within(asked.get("in", "")),
        kinds=(kind,) if kind in kinds.kinds() else (),
        subject=subject if subject in SUBJECTS else "",
        grade=next((grade for grade in GRADES if str(grade) == asked.get("grade")), None),
        language=language if language in LANGUAGES else "",
    )


def _within(text: str) -> uuid.UUID | None:
    try:
        return ids.from_short(text)
    except ValueError:
        return None


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return min(max(int(text), 1), LAST_PAGE) if text.isdecimal() and len(text) < 5 else 1


def _back(within: uuid.UUID | None, scopes: dict[uuid.UUID, str]) -> str:
    return reverse("stream", args=[within]) if within in scopes else reverse("today")


def _link(request: HttpRequest, page: int) -> str:
    kept = {key: value for key, value in request.GET.items() if key != "page" and value}
    return "?" + urlencode(kept | ({"page": page} if page > 1 else {}))


def _choices(request: HttpRequest, scopes: dict[uuid.UUID, str]) -> list[dict[str, Any]]:
    """The filters for the form: name, label, options as (value, words, chosen)."""

    def one(name: str, label: str, options: dict[Any, Any]) -> dict[str, Any]:
        chosen = request.GET.get(name, "")
        rows = [(str(value), words, str(value) == chosen) for value, words in options.items()]
        return {"name": name, "label": label, "options": rows}

    found = [
        one("kind", _("Kind"), kinds.kinds()),
        one("subject", _("Subject"), SUBJECTS),
        one("grade", _("Grade"), GRADES),
        one("lang", _("Language"), LANGUAGES),
    ]
    if len(scopes) > 1:
        places = {ids.short(scope): name for scope, name in scopes.items()}
        found.insert(0, one("in", _("Where"), places))
    return found
