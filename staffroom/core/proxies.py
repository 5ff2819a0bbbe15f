"""Who may say where a request comes from: the proxy in front of us, and nobody else."""

import ipaddress
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]
#: What a proxy writes down. From anybody else it is a wish, and is forgotten.
SAID = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_FORWARDED",
)


class Proxies:
    """Drops the headers of a proxy from requests that do not come from one of ours."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not trusted(request.META.get("REMOTE_ADDR", ""), tuple(settings.PROXIES)):
            for name in SAID:
                request.META.pop(name, None)
        return self.get_response(request)


def trusted(sender: str, proxies: tuple[str, ...]) -> bool:
    """Whether the sender is one of the proxies (addresses or networks). A socket file is ours."""
    if not sender:
        return True
    try:
        address = ipaddress.ip_address(sender)
    except ValueError:
        return False
    return any(address in network for network in _networks(proxies))


@cache
def _networks(proxies: tuple[str, ...]) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    try:
        return [ipaddress.ip_network(text, strict=False) for text in proxies]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"STAFFROOM_PROXIES holds what is no address ({error}); write 10.0.0.5 or 10.0.0.0/24."
        ) from error
