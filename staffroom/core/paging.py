"""Long lists a page at a time."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest

PAGE = 30


def paged(request: HttpRequest, rows: Any, size: int = PAGE) -> dict[str, Any]:
    """One page of rows with links to the pages beside it."""
    page = Paginator(rows, size).get_page(request.GET.get("page"))

    def link(number: int) -> str:
        kept = {key: value for key, value in request.GET.items() if key != "page"}
        return "?" + urlencode(kept | {"page": number})

    return {
        "page": page,
        "newer": link(page.previous_page_number()) if page.has_previous() else "",
        "older": link(page.next_page_number()) if page.has_next() else "",
    }
