import json
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from staffroom.communities.access import inside
from staffroom.conversations.actions import drafts
from staffroom.conversations.views.inside import InsideRequest
from staffroom.core import limits
from staffroom.core.errors import Refused


@require_POST
@inside
def draft(request: InsideRequest, **rest: Any) -> HttpResponse:
    """The script keeps what is typed: `place`, `fields` (JSON). The phone keeps it too."""
    try:
        limits.take("draft", str(request.user.pk), limit=400, seconds=600)
        drafts.save(
            by=request.user,
            community=request.community,
            place=request.POST.get("place", ""),
            fields=_fields(request),
        )
    except Refused as refusal:
        return HttpResponse(refusal.message, status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


def _fields(request: InsideRequest) -> dict[str, Any]:
    try:
        fields = json.loads(request.POST.get("fields", ""))
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}
