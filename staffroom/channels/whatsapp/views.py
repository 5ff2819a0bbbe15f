"""Where Meta calls: once to see that we are there, then with everything that happens.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from staffroom.channels.switchboard.actions.receive import receive
from staffroom.channels.whatsapp import channel, inbound, reports, signing, troubles
from staffroom.core.access import anyone

#: Meta says that a call has at most 3 MB, and at most 1,000 things in it.
MOST_BYTES, MOST_EVENTS = 3_200_000, 2000


@csrf_exempt
@anyone
def hook(request: HttpRequest) -> HttpResponse:
    if not settings.WHATSAPP_APP_SECRET or not settings.WHATSAPP_VERIFY_TOKEN:
        raise Http404
    if request.method == "GET":
        return _handshake(request)
    if request.method == "POST":
        return _call(request)
    return HttpResponseNotAllowed(["GET", "POST"])


def _handshake(request: HttpRequest) -> HttpResponse:
    """The word that Meta wants back, if it knows ours."""
    known = signing.same(settings.WHATSAPP_VERIFY_TOKEN, request.GET.get("hub.verify_token", ""))
    if request.GET.get("hub.mode") != "subscribe" or not known:
        return _plain("", 403)
    return _plain(request.GET.get("hub.challenge", "")[:200])


def _call(request: HttpRequest) -> HttpResponse:
    """Judged, taken down, answered; the work is the worker's."""
    body = _body(request)
    if body is None:
        return _turned_away("too large", 413)
    if not signing.is_signed(body, request.headers.get("X-Hub-Signature-256", "")):
        return _turned_away("forged", 401)
    raw = body.decode("utf-8", "replace")
    call = inbound.parsed(raw)
    if call is None:
        return _turned_away("unreadable", 400)
    events = inbound.read(raw)
    if len(events) > MOST_EVENTS:
        return _turned_away("too large", 413)
    receive(channel=channel.KEY, raw=raw, events=events)
    for what, code in reports.found(call):
        troubles.note(what, code)
    return _plain("")


def _body(request: HttpRequest) -> bytes | None:
    """All of it; None where it is too much to be Meta's."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return None
    body = request.read(MOST_BYTES + 1)
    return body if len(body) <= MOST_BYTES else None


def _turned_away(what: str, status: int) -> HttpResponse:
    troubles.note(what)
    return _plain("", status)


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
