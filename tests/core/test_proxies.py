"""Where a request comes from is believed of our own proxy alone."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory

from staffroom.core.proxies import Proxies, trusted

SAID = {"HTTP_X_FORWARDED_FOR": "6.6.6.6", "HTTP_X_FORWARDED_PROTO": "https"}


def kept(sender: str) -> set[str]:
    request = RequestFactory().get("/", REMOTE_ADDR=sender, **SAID)
    Proxies(lambda request: HttpResponse())(request)
    return set(SAID) & set(request.META)


def test_the_headers_of_strangers_are_dropped(settings):
    settings.PROXIES = ["127.0.0.0/8", "::1", "10.0.0.0/24"]
    for sender in ("127.0.0.1", "::1", "10.0.0.9", ""):
        assert kept(sender) == set(SAID)
    for sender in ("10.0.1.9", "203.0.113.4", "2001:db8::1", "unknown"):
        assert kept(sender) == set()


def test_what_is_no_address_is_said():
    with pytest.raises(ImproperlyConfigured, match="STAFFROOM_PROXIES"):
        trusted("127.0.0.1", ("caddy",))


def test_a_name_that_is_not_ours_gets_a_page_and_no_fault(db, client):
    assert client.get("/", headers={"host": "evil.example.org"}).status_code == 400
