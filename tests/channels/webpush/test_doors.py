"""An address from a browser may be anybody's: never inside our network."""

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffroom.channels.switchboard.messages import TryLater, Undeliverable
from staffroom.channels.webpush import doors


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc?x=1",
        "https://db5p.notify.windows.com:443/w/?token=abc",
    ],
)
def test_the_makers_addresses_are_ones(endpoint):
    assert doors.is_one(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "http://fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://127.1/x",
        "https://2130706433/x",
        "https://0x7f.0.0.1/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/x",
        "https://printer.local/x",
        "https://db.internal/x",
        "https://fcm.googleapis.com:8443/x",
        "https://me@fcm.googleapis.com/x",
        "https://fcm.googleapis.com/x#y",
        "https://fcm.googleapis.com/" + "x" * 900,
        "https://fcm.googleapis.com/x\r\nHost: y",
        "https://пример.рф/x",
        "https://a.b:99999/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//fcm.googleapis.com/x",
    ],
)
def test_these_are_none(endpoint):
    assert not doors.is_one(endpoint)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.0.0.8",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "2002:0a00:0001::1",
    ],
)
def test_a_name_that_leads_inside_is_not_followed(monkeypatch, number):
    family = socket.AF_INET6 if ":" in number else socket.AF_INET
    found = [
        (socket.AF_INET, 1, 6, "", ("142.250.1.1", 443)),
        (family, 1, 6, "", (number, 443)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: found)
    with pytest.raises(Undeliverable, match="private network"):
        doors.open_to("https://evil.example.org/x")


def test_what_was_looked_up_is_what_is_connected_to(monkeypatch):
    found = [(socket.AF_INET, 1, 6, "", ("142.250.1.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: found)
    door = doors.open_to("https://push.example.org/x?y=1")
    assert (door.url, door.host) == ("https://142.250.1.1/x?y=1", "push.example.org")


def test_a_name_that_leads_nowhere_is_asked_again(monkeypatch):
    def nowhere(*args, **more):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(TryLater):
        doors.open_to("https://push.example.org/x")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["", "https://", "https://a.b", "https://a.b:"]))
def test_no_address_makes_a_fault(text, begin):
    assert doors.is_one(begin + text) in (True, False)
