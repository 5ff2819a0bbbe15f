"""Telegram calls here, with the word that we gave it: https://core.telegram.org/bots/api#setwebhook"""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt

from staffroom.channels.switchboard.actions.receive import receive
from staffroom.channels.telegram import channel, inbound, sending, webhook
from staffroom.core.access import anyone

log = logging.getLogger(__name__)
#: An update is a few thousand bytes; files come apart.
MOST_BYTES = 1_000_000


@csrf_exempt
@anyone
def hook(request: HttpRequest) -> HttpResponse:
    """Take an update down. What is understood or not, it is answered with 200, or it comes for days."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    if not channel.works():
        return HttpResponse(status=404)
    if not _is_theirs(request):
        log.warning("telegram.refused")
        return HttpResponse(status=403)
    if len(request.body) > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        raw = request.body.decode()
    except UnicodeDecodeError:
        return HttpResponse(status=400)
    receive(channel=channel.CHANNEL.key, raw=raw, events=inbound.read(raw))
    if pressed := inbound.callback(inbound.load(raw)):
        return JsonResponse(sending.quiet_button(pressed))
    return HttpResponse(status=200)


def _is_theirs(request: HttpRequest) -> bool:
    """The word of today's key, or of one that `rotate-key` put aside, until the webhook is set anew."""
    said = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(said, webhook.secret(key)) for key in keys)
