"""Where we may knock: an address comes from a browser, so it may be anybody's. Never inside our network."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from staffroom.channels.switchboard.messages import TryLater, Undeliverable

LONGEST = 800


@dataclass(frozen=True)
class Door:
    """An address to connect to, and the name by which it is known and certified."""

    url: str
    host: str


def is_one(endpoint: str) -> bool:
    """Whether this can be a browser maker's address: https, by name, on the usual port, nothing hidden."""
    if len(endpoint) > LONGEST or not endpoint.isascii() or not endpoint.isprintable():
        return False
    try:
        parts = urlsplit(endpoint)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme != "https" or "@" in parts.netloc or port not in (None, 443) or parts.fragment:
        return False
    return "." in host and not _is_number(host) and not host.endswith((".local", ".internal", "."))


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host.rsplit(".", 1)[-1].isdecimal()  # 127.1 and its like
    return True


def open_to(endpoint: str) -> Door:
    """The address to which its name leads now. What is looked up is what is connected to, so that a
    name cannot lead outside at the question and inside afterwards."""
    if not is_one(endpoint):
        raise Undeliverable("address")
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except OSError:
        raise TryLater("no such name") from None
    numbers = [ipaddress.ip_address(str(each[4][0]).split("%")[0]) for each in found]
    if not numbers or not all(_is_outside(each) for each in numbers):
        raise Undeliverable("private network")
    number = numbers[0]
    netloc = f"[{number}]" if number.version == 6 else str(number)
    return Door(parts._replace(netloc=netloc).geturl(), host)


def _is_outside(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    mapped = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None)
    if mapped is not None and not mapped.is_global:
        return False
    return number.is_global and not number.is_multicast
