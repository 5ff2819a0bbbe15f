"""The part of `staffroom doctor` that looks at certificates and, outside, at a clock."""

import datetime as dt
import socket
import ssl
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

from cryptography import x509
from django.conf import settings

from staffroom.channels.sms import provider
from staffroom.core.clock import now
from staffroom.core.findings import FAIL, OK, WARN, Finding

#: Caddy renews when a third of a certificate's life is left. Below this something keeps it from that.
LEFT = 1 / 5
APART, WRONG = 30, 300  # seconds
NAME = "certificate"


def certificates() -> Iterator[Finding]:
    """When does each name's certificate end, and is it being renewed?"""
    if not settings.HTTPS:
        return
    for host in settings.HOSTS:
        name = host.lstrip(".")
        found = kept_by_caddy(name) or shown_by(name)
        if found is None:
            yield Finding(
                WARN,
                NAME,
                f"{name} has none here, and none could be seen at port 443.",
                "`staffroom serve --domain` gets one by itself; its log says what is in the way.",
            )
        else:
            yield judged(name, found)


def judged(name: str, certificate: x509.Certificate) -> Finding:
    """By how much of its life is left."""
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    how = (
        "Ports 80 and 443 must be reachable from outside, and the name must lead here. The log of "
        "`staffroom serve --domain` (lines of caddy) says what is in the way."
    )
    if ends <= now():
        return Finding(FAIL, NAME, f"That of {name} ended on {ends:%Y-%m-%d}.", how)
    if begins > now():
        return Finding(
            FAIL,
            NAME,
            f"That of {name} begins on {begins:%Y-%m-%d} only: this machine's clock is wrong.",
            "timedatectl set-ntp true",
        )
    if ends - now() < (ends - begins) * LEFT:
        return Finding(WARN, NAME, f"That of {name} ends on {ends:%Y-%m-%d}, not renewed.", how)
    return Finding(OK, NAME, f"That of {name} is good until {ends:%Y-%m-%d}.")


def kept_by_caddy(name: str) -> x509.Certificate | None:
    """The newest that Caddy keeps in the data."""
    folder = Path(settings.DATA) / "caddy" / "certificates"
    found = [_read(path.read_bytes()) for path in folder.glob(f"*/{name}/{name}.crt")]
    return max(found, key=lambda one: one.not_valid_after_utc, default=None)


def shown_by(name: str, port: int = 443) -> x509.Certificate | None:
    """The one that browsers are shown, good or not."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # it is read, not trusted
    try:
        with (
            socket.create_connection((name, port), timeout=3) as plain,
            context.wrap_socket(plain, server_hostname=name) as secure,
        ):
            content = secure.getpeercert(binary_form=True)
    except OSError:
        return None
    return x509.load_der_x509_certificate(content) if content else None


def _read(content: bytes) -> x509.Certificate:
    return x509.load_pem_x509_certificates(content)[0]


def clock() -> Iterator[Finding]:
    """Beside a clock that is not ours: of the store for backups, or of the SMS provider."""
    for address in outside():
        there = date_at(address)
        if there is None:
            continue
        apart = abs((there - now()).total_seconds())
        if apart < APART:
            yield Finding(OK, "time", "The clock agrees with one outside.")
        else:
            yield Finding(
                FAIL if apart > WRONG else WARN,
                "time",
                f"This machine's clock and one outside are {apart:.0f} seconds apart.",
                "timedatectl set-ntp true; codes, backups and certificates need the right time.",
            )
        return


def outside() -> list[str]:
    """Only those whom this house talks to anyway."""
    found = []
    if settings.BACKUP_TO.startswith("s3://"):
        found.append(settings.BACKUP_ENDPOINT or "https://s3.amazonaws.com")
    if provider.works():
        found.append(provider.named(settings.SMS_PROVIDER).host())
    return found


def date_at(address: str) -> dt.datetime | None:
    """What `Date` says in an answer from there, whatever the answer."""
    import httpx

    try:
        answer = httpx.head(address, timeout=5)
        return parsedate_to_datetime(answer.headers["date"])
    except (httpx.HTTPError, KeyError, ValueError):
        return None
