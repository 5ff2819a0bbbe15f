"""What the provider calls: a status, and the question whether we really asked."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from staffroom.channels.airtime.actions import hear
from staffroom.channels.airtime.token import is_right
from staffroom.core.access import anyone


@anyone
@csrf_exempt
@require_POST
def status(request: HttpRequest, token: str) -> HttpResponse:
    hear.heard(_told(request, token))
    return HttpResponse("OK", content_type="text/plain")


@anyone
@csrf_exempt
@require_POST
def validate(request: HttpRequest, token: str) -> HttpResponse:
    asked = hear.expected(_told(request, token))
    return JsonResponse({"status": "Validated" if asked else "Failed"})


def _told(request: HttpRequest, token: str) -> dict[str, Any]:
    if not is_right(token):
        raise Http404
    if request.content_type != "application/json":
        return request.POST.dict()
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
