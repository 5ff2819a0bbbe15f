"""Where a request comes from, for rate limits alone; kept nowhere else."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def of(request: HttpRequest) -> str:
    """The sender's address; behind our own proxy (HTTPS) the last one it wrote down.

    An IPv6 subscriber has a whole /64, so that is what counts as one sender.
    """
    text = request.META.get("REMOTE_ADDR", "")
    if settings.HTTPS and (passed_on := request.META.get("HTTP_X_FORWARDED_FOR")):
        text = passed_on.rsplit(",", 1)[-1].strip()
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
