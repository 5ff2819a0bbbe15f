"""The part of `staffroom doctor` that looks at the settings and at what stands around us."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from staffroom.channels.sms import provider
from staffroom.core.doctor import FAIL, OK, WARN, Finding
from staffroom.core.security import insecure


def security() -> Iterator[Finding]:
    problems = insecure()
    for problem in problems:
        yield Finding(FAIL, "security", problem.what, problem.how)
    if not settings.PUBLIC:
        yield Finding(
            OK, "security", "Only this machine can reach us (STAFFROOM_HOSTS is not set)."
        )
    elif not problems:
        yield Finding(OK, "security", "The settings are safe for a machine that others reach.")


def proxy() -> Iterator[Finding]:
    """Does the name that people type lead somewhere, and does somebody answer there?"""
    for host in settings.HOSTS:
        port = 443 if settings.HTTPS else 80
        try:
            socket.create_connection((host.lstrip("."), port), timeout=3).close()
        except socket.gaierror:
            yield Finding(
                WARN,
                "address",
                f"The name {host} leads nowhere.",
                "Register an A or AAAA record that leads to this machine; it may take an hour.",
            )
        except OSError as error:
            yield Finding(
                WARN,
                "address",
                f"{host}, port {port}, cannot be reached from here ({type(error).__name__}).",
                "Does `staffroom serve --domain` or another proxy run, and does the firewall let through?",
            )
        else:
            yield Finding(OK, "address", f"{host} answers on port {port}.")


def sms() -> Iterator[Finding]:
    if settings.SMS_PROVIDER == "none":
        yield Finding(
            OK if settings.DEMO or not settings.PUBLIC else WARN,
            "SMS",
            "No provider is chosen: codes are handed over in person or shown in the demo.",
            "" if settings.DEMO or not settings.PUBLIC else "docs/how-to/run-staffroom.md: SMS.",
        )
        return
    try:
        chosen = provider.chosen()
    except ImproperlyConfigured as error:
        yield Finding(FAIL, "SMS", str(error), "docs/how-to/send-codes-by-sms.md")
        return
    yield _reached(chosen)
    yield _written_to(chosen)


def _reached(chosen: provider.Provider) -> Finding:
    parts = urlsplit(chosen.host())
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "", port), timeout=5).close()
    except OSError as error:
        return Finding(
            FAIL,
            "SMS",
            f"{chosen.name} cannot be reached ({type(error).__name__}).",
            f"May this machine connect to {parts.hostname}, port {port}?",
        )
    return Finding(OK, "SMS", f"{chosen.name} can be reached.")


def _written_to(chosen: provider.Provider) -> Finding:
    """Whether people can write back, and whether the provider can tell us so."""
    number = chosen.number()
    if not number:
        return Finding(
            OK,
            "SMS in",
            "Messages only go out: the sender is a name, to which nobody can write.",
            "To let people write back, rent a number and say it in STAFFROOM_SMS_NUMBER.",
        )
    if not settings.PUBLIC:
        return Finding(
            WARN,
            "SMS in",
            f"People can write to {number}, but {chosen.name} cannot tell us (STAFFROOM_HOSTS is not set).",
            "Say under which name this machine is reached, then enter what `staffroom sms-hooks` prints.",
        )
    return Finding(
        OK,
        "SMS in",
        f"People can write to {number}, once the addresses of `staffroom sms-hooks` stand at {chosen.name}.",
    )


def mail() -> Iterator[Finding]:
    yield Finding(OK, "mail", "None is sent; nothing here needs a mail server.")
