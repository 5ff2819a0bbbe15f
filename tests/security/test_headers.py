"""Every answer, also the refusals, carries what keeps a browser from being turned against its owner."""

from html.parser import HTMLParser

import pytest
from django.http import HttpResponse

from staffroom.web import errors
from tests.firewall.routes import all_routes
from tests.firewall.sample import address

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}


class Inline(HTMLParser):
    """What a strict content policy would not run, and what names another host."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if tag == "style" or (tag == "script" and not at.get("src")):
            self.found.append(f"<{tag}> with content")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.found.append(f"{tag} {name}=")
            if name in {"href", "src", "action", "formaction"} and (value or "").lower().startswith(
                ("javascript:", "data:", "vbscript:")
            ):
                self.found.append(f"{tag} {name}={value}")
        outside = ("http://", "https://", "//")
        loads = at.get("src") or (at.get("href") if tag == "link" else "")
        if (loads or "").startswith(outside):
            self.found.append(f"{tag} loads {loads}")


def check(response: HttpResponse, where: str) -> None:
    assert response["X-Content-Type-Options"] == "nosniff", where
    assert response["X-Frame-Options"] == "DENY", where
    assert response["Referrer-Policy"] == "same-origin", where
    assert response["Cross-Origin-Opener-Policy"] == "same-origin", where
    assert response.has_header("Cache-Control"), where
    assert "Access-Control-Allow-Origin" not in response, where
    assert not {"Server", "X-Powered-By"} & set(response.headers), where
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy, where
    assert "*" not in policy, where
    kind = response.get("Content-Type", "")
    if response.streaming or not kind.startswith("text/html"):
        assert kind or not response.content, where
        return
    assert set(policy.split("; ")) >= POLICY, where
    assert "charset=utf-8" in kind, where
    reader = Inline()
    reader.feed(response.content.decode())
    assert not reader.found, f"{where}: {reader.found}"


@pytest.mark.parametrize(
    ("name", "method"),
    [
        # Whoever may do most among members and among staff, and whoever may do nothing.
        *((name, "get") for name in ("baraka", "hamisi", "nobody")),
        ("hamisi", "post"),
    ],
)
def test_every_page_has_them_and_nothing_inline(name, method, house, sign_in):
    person = getattr(house, name, None)
    for route in all_routes():
        if method == "post" and route.name in {"sign_out", "account_logout", "delete_me"}:
            continue
        response = getattr(sign_in(person), method)(address(route, house))
        check(response, f"{name} {method} {route}: {response.status_code}")


def test_a_fault_has_them_too(house, sign_in, monkeypatch):
    def broken(*args, **kwargs):
        raise ZeroDivisionError("a secret of the inside")

    monkeypatch.setattr("staffroom.web.views.home.render", broken)
    monkeypatch.setattr("staffroom.web.queries.today.now", broken, raising=False)
    client = sign_in(house.amina)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert b"secret of the inside" not in response.content
    assert b"Traceback" not in response.content
    check(response, "500")


def test_the_last_resort_has_nothing_inline_either():
    reader = Inline()
    reader.feed(errors.LAST_RESORT)
    assert not reader.found


def test_what_only_staff_see_is_kept_by_no_browser(world, sign_in):
    assert "no-store" in sign_in(world.hamisi).get("/places/people")["Cache-Control"]
    assert sign_in(world.amina).get("/me")["Cache-Control"] == "private"


def test_under_https_browsers_are_told_to_stay_with_it(world, sign_in, settings):
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    response = sign_in(world.amina).get("/me", secure=True)
    assert response["Strict-Transport-Security"].startswith("max-age=31536000")
