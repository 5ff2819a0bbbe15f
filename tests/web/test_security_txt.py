"""Whoever finds a hole finds whom to tell."""

import datetime as dt

import pytest

from staffroom.config import env
from staffroom.core.clock import now

PATH = "/.well-known/security.txt"


def test_it_names_whom_to_tell_and_until_when_that_holds(client, db, settings):
    settings.SECURITY_CONTACTS = ["mailto:security@example.org", "https://example.org/report"]
    response = client.get(PATH)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    *contacts, expires = response.content.decode().splitlines()
    assert contacts == [
        "Contact: mailto:security@example.org",
        "Contact: https://example.org/report",
    ]
    until = dt.datetime.fromisoformat(expires.removeprefix("Expires: "))
    assert dt.timedelta(days=30) < until - now() < dt.timedelta(days=365)


def test_without_a_contact_there_is_none(client, db, settings):
    settings.SECURITY_CONTACTS = []
    assert client.get(PATH).status_code == 404


@pytest.mark.parametrize(
    ("said", "uri"),
    [
        ("security@example.org", "mailto:security@example.org"),
        ("https://example.org/r", "https://example.org/r"),
        ("tel:+254700000000", "tel:+254700000000"),
    ],
)
def test_an_address_becomes_a_uri(said, uri):
    assert env.uri(said) == uri
