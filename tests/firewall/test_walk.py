"""Every page × every known person, generated from the URL configuration.

A new page without a rule, a rule without a meaning and a parameter without a sample all fail.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from tests.firewall.routes import Route, all_routes
from tests.firewall.rules import ALL, ALLOWED, FURTHER, NOBODY, THIRD_PARTY
from tests.firewall.sample import SECRETS, address, furnish

ROUTES = all_routes()
OURS = [route for route in ROUTES if not route.is_third_party]
PEOPLE = [*sorted(ALL), NOBODY]
#: Pages that end the session by being opened.
LEAVES = {"sign_out"}


def ids(route: Route) -> str:
    return str(route)


def test_there_are_routes_to_walk():
    assert len(OURS) > 30
    assert len({route.pattern for route in ROUTES}) == len(ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=ids)
def test_every_page_has_a_rule_that_means_something(route):
    if route.is_third_party:
        assert route.name in THIRD_PARTY, (
            f"{route} is a library's page that nobody has allowed by name"
        )
    else:
        assert route.rule in ALLOWED, (
            f"{route} has the rule {route.rule!r}, which tests/firewall/rules.py does not know"
        )


def expected(route: Route) -> set[str]:
    return FURTHER.get(route.name, ALLOWED[route.rule])


@pytest.fixture
def house(world):
    return furnish(world)


@pytest.mark.parametrize("name", PEOPLE)
def test_only_those_allowed_look(name, house, sign_in):
    """Looking changes nothing (tests/security/test_writes.py), so one house does for all pages."""
    client = sign_in(getattr(house, name, None))
    wrong = []
    for route in OURS:
        if route.name in LEAVES:
            continue
        url = address(route, house)
        if said := wrong_about(route, name, "get", url, client.get(url)):
            wrong.append(said)
    assert not wrong, "\n".join(wrong)


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside has not happened afterwards: so one house does for all pages."""
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


@pytest.mark.parametrize("name", PEOPLE)
def test_only_those_allowed_do(name, house, sign_in):
    wrong = []
    for route in OURS:
        url = address(route, house)
        with undone():
            response = sign_in(getattr(house, name, None)).post(url)
        if said := wrong_about(route, name, "post", url, response):
            wrong.append(said)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("route", [route for route in OURS if route.name in LEAVES], ids=ids)
def test_only_those_allowed_leave(route, house, sign_in):
    url = address(route, house)
    for name in PEOPLE:
        client = sign_in(getattr(house, name, None))
        said = wrong_about(route, name, "get", url, client.get(url))
        assert not said, said


def wrong_about(route: Route, name: str, method: str, url: str, response) -> str:
    """What is wrong with this answer to this person; empty when nothing is."""
    status = response.status_code
    if name in expected(route):
        if status in {403, 500} or (method == "get" and status == 404):
            return f"{name} should reach {url}: {status}"
        if status == 302 and route.rule != "anyone" and "/sign-in" in response["Location"]:
            return f"{name} was sent away from {url}"
        return ""
    allowed = {302, 404, 405} if name == NOBODY else {404, 405}
    return "" if status in allowed else f"{name} at {url} by {method}: {status}"


def everything_said_to(client, house) -> list[tuple[str, str]]:
    """Each page's whole answer, with headers and, for streams, all of their content."""
    said = []
    for route in OURS:
        response = client.get(address(route, house))
        body = b"".join(response.streaming_content) if response.streaming else response.content
        said.append((str(route), body.decode("utf-8", "replace") + str(response.headers)))
    return said


@pytest.mark.parametrize(
    "name", ["esther", "farid", "daudi", "gathoni", "hamisi", "imani", "juma", NOBODY]
)
def test_no_page_tells_an_outsider_what_was_said(name, house, sign_in):
    for page, said in everything_said_to(sign_in(getattr(house, name, None)), house):
        found = [secret for secret in SECRETS if secret in said]
        assert not found, f"{page} tells {name}: {found}"


def test_the_secrets_are_really_there_to_be_found(house, sign_in):
    said = " ".join(text for _, text in everything_said_to(sign_in(house.amina), house))
    missing = [secret for secret in SECRETS if secret not in said]
    assert not missing, f"a member sees none of {missing}: the search for leaks would prove nothing"


@pytest.mark.parametrize("name", sorted(ALL))
def test_no_page_shows_another_persons_number(name, house, sign_in):
    person = getattr(house, name)
    others = [str(getattr(house, other).phone)[-9:] for other in ALL - {name}]
    allowed_pages = {"person", "teacher"}  # an administrator's own record of a teacher
    for page, said in everything_said_to(sign_in(person), house):
        if name == "hamisi" and page.split(" ")[0] in allowed_pages:
            continue
        digits = re.sub(r"[\s-]", "", said)
        assert not [number for number in others if number in digits], (
            f"{page} shows a number to {name}"
        )
