"""Nobody is sent to another site, and no name that a stranger puts on a request is believed."""

import re
from urllib.parse import quote, urlsplit

import pytest

from staffroom.people.views import _back
from tests.firewall.routes import all_routes
from tests.firewall.sample import address

EVIL = [
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "///evil.example",
    "https:evil.example", "javascript:alert(1)", "/\t/evil.example", " //evil.example", "/%0d%0aX-Fz: 1",
    "http:///evil.example", "//evil.example\\@localhost", "https://localhost@evil.example/",
]  # fmt: skip


def stays(location: str) -> bool:
    """Read as a browser does: backslashes are slashes, tabs and spaces at the edge are nothing."""
    read = re.sub(r"[\t\r\n]", "", location.strip()).replace("\\", "/")
    parts = urlsplit(read)
    return (
        parts.scheme in {"", "http", "https"}
        and parts.netloc in {"", "testserver"}
        and not (read.startswith("//") or parts.scheme == "javascript")
    )


@pytest.mark.parametrize("name", ["amina", "hamisi", "nobody"])
def test_no_parameter_leads_away(name, house, sign_in):
    for number, route in enumerate(all_routes()):
        evil = EVIL[number % len(EVIL)]
        client = sign_in(getattr(house, name, None))
        here = address(route, house)
        pairs = dict.fromkeys(("next", "back", "to", "url", "return", "goto"), evil)
        query = "&".join(f"{key}={quote(evil)}" for key in pairs)
        for response in (
            client.get(f"{here}?{query}"),
            client.post(here, pairs, HTTP_REFERER="https://evil.example/x"),
        ):
            location = response.get("Location", "")
            assert stays(location), f"{name} at {route} with {evil!r}: {location}"


@pytest.mark.parametrize("evil", EVIL)
def test_the_way_back_is_a_path_of_ours(evil, rf):
    assert stays(_back.wanted(rf.post("/", {"next": evil})))
    assert stays(_back.wanted(rf.get("/", {"next": evil})))


def test_a_forwarded_host_is_not_believed(house, sign_in):
    """The link of an invitation is the one thing that holds our address."""
    client = sign_in(house.amina)
    forged = {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_FORWARDED": "host=evil.example"}
    link = next(route for route in all_routes() if route.name == "link")
    for response in (client.get("/", **forged), client.get(address(link, house), **forged)):
        assert response.status_code == 200
        assert b"evil.example" not in response.content


def test_a_wrong_host_is_refused(house, sign_in):
    assert sign_in(house.amina).get("/me", HTTP_HOST="evil.example").status_code == 400
