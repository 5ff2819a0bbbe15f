"""Nothing is written by looking, and nothing without a token of the page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from tests.firewall.routes import all_routes
from tests.firewall.rules import ALL
from tests.firewall.sample import address

WRITE = re.compile(r'\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.I)
#: What looking does leave behind, and why.
LEFT_BY_LOOKING = {
    "django_session": "the session itself: consent was seen, an invitation is kept, where one came from",
    "conversations_readmark": "how far a member has read; nobody else is shown it",
    "conversations_mention": "that a member has seen where they were named; their own list",
    "facilitation_load": "how long a moderator's term takes: a sum, shown to that moderator alone",
    "core_auditentry": "a look from outside leaves a line (the firewall, 4)",
    "core_ratecount": "how often an address asked for certificates: a fingerprint, for an hour",
    "communities_outsideview": "and members can read it",
}


@contextmanager
def writes() -> Iterator[set[str]]:
    """The tables that are written to meanwhile."""
    tables: set[str] = set()

    def listen(execute, sql, params, many, context):
        if match := WRITE.match(sql):
            tables.add(match.group(1))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield tables


@pytest.mark.parametrize(
    ("name", "method"),
    [
        # Otieno and Nafula see what Amina sees.
        *((name, "get") for name in [*sorted(ALL - {"nafula", "otieno"}), "nobody"]),
        ("baraka", "head"),
        ("gathoni", "head"),
        ("baraka", "options"),
    ],
)
def test_looking_writes_nothing(name, method, house, sign_in):
    client = sign_in(getattr(house, name, None))
    client.get("/me")  # the day's first page notes the day
    for route in all_routes():
        with writes() as tables:
            getattr(client, method)(address(route, house))
        wrong = tables - set(LEFT_BY_LOOKING)
        assert not wrong, f"{name}: {method} {route} writes {wrong}"


@pytest.mark.parametrize(
    ("method", "names"),
    [("post", ["baraka", "gathoni", "hamisi"]), ("put", ["baraka"]), ("delete", ["baraka"])],
)
def test_without_a_token_nothing_is_written(method, names, house, sign_in):
    """As those who may do most; the answer is the same for a route that takes no POST at all."""
    for name in names:
        client = Client(enforce_csrf_checks=True)
        client.cookies = sign_in(getattr(house, name)).cookies
        client.get("/me")  # the day's first page notes the day
        for route in (route for route in all_routes() if not _is_hook(route)):
            with writes() as tables:
                response = getattr(client, method)(address(route, house), {"text": "x"})
            assert response.status_code == 403, f"{name}: {method} {route}: {response.status_code}"
            assert not tables - {"django_session"}, f"{name}: {method} {route} writes {tables}"


def test_a_token_of_another_browser_is_none(house, sign_in):
    client = Client(enforce_csrf_checks=True)
    client.cookies = sign_in(house.amina).cookies
    client.get("/me/settings")
    address_ = f"/c/{'A' * 22}/ask"
    response = client.post(address_, {"csrfmiddlewaretoken": "x" * 64, "language": "sw"})
    assert response.status_code == 403


def test_no_view_is_exempt_but_those_that_providers_call():
    exempt = {route for route in all_routes() if getattr(route.view, "csrf_exempt", False)}
    assert all(_is_hook(route) for route in exempt), [str(route) for route in exempt]


def _is_hook(route) -> bool:
    """A provider has no token: it signs, or knows a secret address (tests/channels). Nor has a mail
    program, which ends letters by one click (RFC 8058): the address itself is signed."""
    return route.pattern.startswith("hooks/") or route.name == "letter_stop"
