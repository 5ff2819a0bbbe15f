"""Whatever is sent: no fault of ours, no markup or header of theirs, no inside shown.

A bounded number of requests each time; `--fuzz-minutes 30 --fuzz-seed 7` goes on for longer.
"""

import time
import uuid
from itertools import islice

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from tests.firewall.routes import all_routes
from tests.firewall.sample import address
from tests.security.fuzz import RAW, Attack, Attacker, Forms, Shape

REQUESTS = 400
PEOPLE = ["amina", "baraka", "chausiku", "daudi", "esther", "gathoni", "hamisi", "nobody"]


@pytest.fixture
def clients(house, sign_in) -> dict[str, Client]:
    made = {name: sign_in(getattr(house, name, None)) for name in PEOPLE}
    for client in made.values():
        client.raise_request_exception = False
    return made


def shapes_of_all_forms(house, clients) -> dict[str, Shape]:
    """By address: what the forms of all pages send there, as anybody sees them."""
    shapes: dict[str, Shape] = {}
    for client in clients.values():
        for route in all_routes():
            here = address(route, house)
            with transaction.atomic():
                response = client.get(here)
                transaction.set_rollback(True)
            if response.streaming or "html" not in response.get("Content-Type", ""):
                continue
            reader = Forms(here)
            reader.feed(response.content.decode())
            for path, shape in reader.shapes.items():
                known = shapes.setdefault(path, Shape())
                known.files |= shape.files
                for name, values in shape.values.items():
                    known.values.setdefault(name, []).extend(values)
    return shapes


def ids_in_the_house() -> list[uuid.UUID]:
    found = [
        pk
        for model in apps.get_models()
        for pk in model.objects.values_list("pk", flat=True)[:20]
        if isinstance(pk, uuid.UUID)
    ]
    return sorted(found)


def what_is_wrong(attack: Attack, response) -> str:
    if response.status_code >= 500:
        return f"status {response.status_code}"
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if "html" in response.get("Content-Type", ""):
        for mark in RAW:
            if mark in body:
                return f"{mark!r} came back as it was"
    if b"Traceback" in body or b"site-packages" in body:
        return "the inside is shown"
    if "X-Fz" in response.headers:
        return "a header was written from outside"
    if "evil.example" in response.get("Location", "").split("?")[0]:
        return f"sent away to {response['Location']}"
    if response.get("Content-Type", "").startswith("text/html") and not response.get(
        "Content-Security-Policy"
    ):
        return "no content policy"
    return ""


def onslaught(attacks, clients, count: int | None, until: float | None) -> list[str]:
    """Send them, each undone after; what went wrong, the same wrong at the same place once."""
    found: dict[tuple, str] = {}
    for attack in islice(attacks, count):
        client = clients[attack.person]
        kept = client.cookies.copy()
        with transaction.atomic():
            response = attack.send(client)
            wrong = what_is_wrong(attack, response) if response is not None else ""
            transaction.set_rollback(True)
        client.cookies = kept
        if wrong:
            match = response.wsgi_request.resolver_match
            view = match.view_name if match else attack.path
            error = getattr(response, "exc_info", None)
            place = repr(error[1])[:60] if error else view
            found.setdefault((wrong, place), f"{wrong}: {attack}\n    {error and error[1]!r}")
        if until is not None and time.monotonic() > until:
            break
    return list(found.values())


def test_nothing_sent_makes_a_fault(house, clients, request, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    minutes = request.config.getoption("--fuzz-minutes")
    attacks = Attacker(
        request.config.getoption("--fuzz-seed"),
        routes=all_routes(),
        address=lambda route: address(route, house),
        people=PEOPLE,
        shapes=shapes_of_all_forms(house, clients),
        ids=ids_in_the_house(),
    )
    until = time.monotonic() + minutes * 60 if minutes else None
    wrong = onslaught(iter(attacks), clients, None if minutes else REQUESTS, until)
    assert not wrong, "\n".join(wrong)
