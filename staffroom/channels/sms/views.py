"""A provider calls: verified, taken down, answered at once. The work is the worker's."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from staffroom.channels.sms import channel, gate
from staffroom.channels.switchboard.actions.receive import receive
from staffroom.channels.switchboard.messages import Status
from staffroom.core.access import anyone
from staffroom.core.errors import NotYours

#: No call of theirs is so long: ten kilobytes of text, each letter written as nine.
MOST_BYTES = 150_000
TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


@csrf_exempt
@anyone
@require_POST
def africastalking(request: HttpRequest, *, secret: str, what: str) -> HttpResponse:
    """They sign nothing: the address is the secret, and their own addresses where these are set."""
    if not (gate.opens(secret) and gate.from_provider(request)):
        raise NotYours
    _take("africastalking", what, request)
    return HttpResponse("", content_type="text/plain")


@csrf_exempt
@anyone
@require_POST
def twilio(request: HttpRequest, *, what: str) -> HttpResponse:
    """Signed by them, or it is not from them."""
    if not gate.by_twilio(request):
        raise NotYours
    _take("twilio", what, request)
    return HttpResponse(TWIML, content_type="text/xml")


def _take(key: str, what: str, request: HttpRequest) -> None:
    if key != settings.SMS_PROVIDER or len(request.body) > MOST_BYTES:
        raise NotYours
    raw = channel.raw_of(key, what, request.body)
    events = channel.read(raw)
    if all(isinstance(each, Status) for each in events):
        raw = channel.without_number(raw)
    if events and gate.is_person(events):
        receive(channel="sms", raw=raw, events=events)
