"""Hostile requests, made from a seed: what to send, where, as whom. Nothing here knows a page by name.

Routes come from the URL configuration, names of fields from the forms of the pages themselves and
from the source; values from `HOSTILE`. The same seed makes the same requests.
"""

import random
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

from django.test import Client

from staffroom.core import wire
from staffroom.core.ids import short
from tests.firewall.routes import Route
from tests.firewall.rules import ALLOWED, FURTHER

SOURCE = Path(__file__).parent.parent.parent / "staffroom"
METHODS = (
    ["GET"] * 4 + ["POST"] * 7 + ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"]
)
BIG = "x" * 1_000_000

#: Marks that must never come back as they are: whoever finds one has found a hole.
RAW = [b"<fz>", b'" onfz="', b"' onfz='", b"FZ-MADE-BY-A-TEMPLATE"]

HOSTILE: list[str] = [
    "", " ", "0", "-1", "1", "99999999999999999999999", "-9223372036854775809", "2147483648",
    "1e309", "NaN", "Infinity", "0x10", "1.5", "١٢", "²", "٣٫٥", "true", "null", "undefined", "[]",
    "\x00", "a\x00b", "\x1b[31mred", "\ud800", "a\udfffb", "\ufeff", "\u202eevil", "\u2028", "🦒" * 40,
    "e" + "\u0301" * 500, "<fz>", "<script>fz</script><fz>", '" onfz="1', "' onfz='1",
    "javascript:alert(1)", "{{ 'fz-made-by-a-template'|upper }}", "{% debug %}<fz>", "${7*7}",
    "%s%s%s%n", "%(password)s", "{0.__class__}", "' OR 1=1 --", '"; DROP TABLE people_person; --',
    "%' ESCAPE '!", "\\", "%", "_", "*", '"', "''", "(", "[a-", "a AND NEAR(", "x\r\nX-Fz: 1",
    "x\r\nSet-Cookie: s=1", "../../../../etc/passwd", "..%2f..%2fetc", "/etc/passwd\x00.webp",
    "file:///etc/passwd", "http://127.0.0.1:1/", "//evil.example", "/\\evil.example", "https:evil.example",
    "0001-01-01", "9999-12-31", "10000-01-01", "0000-00-00", "2026-02-30", "-0001-01-01", "24:61",
    "0001-01-01T00:00", "9999-12-31T23:59:59.999999+14:00", "2026-11-27T10:00:00Z", "Mars/Olympus",
    "+254700000001", "+1" * 30, "00" * 12, "tel:+254700000001;phone-context=x", "a@b@c",
    str(uuid.UUID(int=0)), str(uuid.UUID(int=2**128 - 1)), "A" * 22, "_" * 22, "-" * 22, "not-a-uuid",
    "a" * 81, "a" * 301, "a" * 5001, "en", "ur", "xx-klingon", "{}", '{"a": "\\ud800"}', "[" * 3000,
]  # fmt: skip
QUERY_BYTES = [
    "%FF", "%C0%AF", "%ED%A0%80", "%F4%90%80%80", "%", "%zz", "%00", "%u0041", "a=%FF&a=%FE",
    "&&&&", "=", ";", "a[]=1&a[x]=2", "__proto__[x]=1", "%2500", "%0d%0aX-Fz:1", "+", "q=" + "a" * 8000,
]  # fmt: skip
PATH_TAILS = [
    "%00", "%ff", "/", "//", "/../../etc/passwd", "%2e%2e%2f", ";x=1", "%0d%0aX-Fz:%201", "?", "%3Cfz%3E",
    ".json", "%", "%E2%80%AE", "%ED%A0%80",
]  # fmt: skip
TYPES = [
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=latin-1", "application/x-www-form-urlencoded; charset=rot13",
    "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\x01",
    "multipart/form-data; boundary=" + "b" * 5000, "multipart/form-data; boundary=fz; charset=rot13",
    "multipart/form-data; boundary=fz; charset=unicode_escape", "multipart/form-data; boundary=fz; charset=utf-16",
    "multipart/form-data; boundary=fz; charset=no-such", "multipart/form-data; boundary=fz; charset=idna",
    "application/json", "text/plain", "text/html", "", "///", "application/x-www-form-urlencoded;" * 50,
    "multipart/mixed; boundary=fz", "application/xml",
]  # fmt: skip
HEADERS: list[dict[str, str]] = [
    {"HTTP_ACCEPT_LANGUAGE": "x" * 5000}, {"HTTP_ACCEPT_LANGUAGE": "en;q=NaN, \x00, ur;q=-1"},
    {"HTTP_ACCEPT_LANGUAGE": "sw"}, {"HTTP_ACCEPT_LANGUAGE": "ur"},
    {"HTTP_COOKIE": "s=\x00; c=<fz>; l=../../x; messages=x"}, {"HTTP_COOKIE": "s=" + "A" * 9000},
    {"HTTP_COOKIE": ";;;=;=;l=ur;l=sw"}, {"HTTP_REFERER": "javascript:<fz>"}, {"HTTP_ORIGIN": "null"},
    {"HTTP_ORIGIN": "http://["}, {"HTTP_ACCEPT_ENCODING": "br;q=x, gzip;q=0.0.0, \xff"},
    {"HTTP_ACCEPT_ENCODING": "br"}, {"HTTP_HOST": "evil.example"}, {"HTTP_HOST": "localhost:99999999"},
    {"HTTP_HOST": "[::1"}, {"HTTP_HOST": "<fz>"}, {"HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_X_FORWARDED_FOR": "<fz>, ::ffff:1.2.3.4"}, {"REMOTE_ADDR": "fe80::1%eth0"}, {"REMOTE_ADDR": ""},
    {"HTTP_IF_MODIFIED_SINCE": "Fri, 99 Xxx 9999 99:99:99 GMT"}, {"HTTP_IF_NONE_MATCH": '"' * 300},
    {"HTTP_RANGE": "bytes=-1-,5-1"}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}, {"HTTP_ACCEPT": "application/json"},
    {"HTTP_X_FRAGMENT": "1"}, {"HTTP_SEC_FETCH_SITE": "same-origin"}, {"HTTP_X_HUGE": "h" * 100_000},
    {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"},
    {"HTTP_TRANSFER_ENCODING": "chunked"}, {"HTTP_USER_AGENT": "\x1b]0;fz\x07"},
]  # fmt: skip
FILES = [
    b"", b"\xff\xd8\xff\xe0<script>fz</script><fz>", b"<svg xmlns='http://www.w3.org/2000/svg' onload='fz'/>",
    b"GIF89a/*<fz>*/=1;", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, b"RIFF\xff\xff\xff\xffWEBPVP8X", b"PK\x03\x04" + b"\xff" * 60,
    b"code,name\n\x00,\xff\xfe\n=cmd|' /C calc'!A0,<fz>\n", b"\xff\xfec\x00o\x00d\x00e\x00", b"name\n" * 3000,
    b"%PDF-1.7\n%<fz>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, b"\x00\x00\x00\x1cftypavif" + b"\xff" * 200,
    b'{"type":"FeatureCollection","features":[' + b"[" * 2000,
]  # fmt: skip
FILE_NAMES = [
    "../../x.webp",
    "x\x00.jpg",
    "<fz>.png",
    "a" * 300,
    "CON",
    "x.csv",
    "x.xlsx",
    "x.geojson",
    '";fz="',
    "\ud800",
]


@dataclass
class Shape:
    """What one address takes: the fields of its form as the page fills them."""

    values: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


class Forms(HTMLParser):
    """The forms of one page, by the path they send to."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here = here
        self.shapes: dict[str, Shape] = {}
        self._now: Shape | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            path = urlsplit(at.get("action", "")).path or self.here
            self._now = self.shapes.setdefault(path, Shape())
        name = at.get("name", "")
        if self._now is None or (not name and tag != "option"):
            return
        if tag == "input" and at.get("type") == "file":
            self._now.files.add(name)
        elif tag in {"input", "button", "textarea"}:
            self._now.values.setdefault(name, []).append(at.get("value", ""))
        elif tag == "select":
            self._select = name
            self._now.values.setdefault(name, [])
        elif tag == "option" and self._select:
            self._now.values[self._select].append(at.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._now = None
        elif tag == "select":
            self._select = ""


def names_in_source() -> list[str]:
    """Every parameter that some view reads by name, and every field of a form class."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        text = path.read_text()
        found |= set(
            re.findall(r"""(?:POST|GET|FILES|COOKIES)\.(?:get|getlist)\(\s*"([\w-]+)""", text)
        )
        found |= set(re.findall(r"""(?:POST|GET|FILES)\["([\w-]+)"\]""", text))
        found |= set(re.findall(r"""position\(request, "(\w+)"\)""", text))
        if path.name.startswith("forms") or path.parent.name == "forms":
            found |= set(re.findall(r"^    (\w+) = ", text, re.M))
    return sorted(found)


@dataclass(frozen=True)
class Attack:
    """One request. `raw` goes to the test client as it is."""

    person: str
    method: str
    path: str
    query: str
    body: bytes
    content_type: str
    extra: dict[str, str]

    def __str__(self) -> str:
        return (
            f"{self.person}: {self.method} {self.path}?{self.query[:200]} [{self.content_type[:60]}] "
            f"{self.body[:400]!r} {str(self.extra)[:200]}"
        )

    def send(self, client: Client) -> Any:
        """The answer; None where the layer before Django refuses (tests/security/test_wire.py)."""
        if not wire.readable({"CONTENT_TYPE": self.content_type}):
            return None
        extra = {"QUERY_STRING": self.query} | self.extra
        return client.generic(self.method, self.path, self.body, self.content_type, **extra)


class Attacker:
    """Endless attacks on the routes, from one seed."""

    def __init__(
        self,
        seed: int,
        *,
        routes: list[Route],
        address: Callable[[Route], str],
        people: list[str],
        shapes: dict[str, Shape],
        ids: list[uuid.UUID],
    ) -> None:
        self.random = random.Random(seed)
        self.routes, self.address, self.people, self.shapes = routes, address, people, shapes
        self.names = names_in_source()
        self.ids = ids

    def __iter__(self) -> Iterator[Attack]:
        while True:
            order = list(self.routes)
            self.random.shuffle(order)
            for route in order:
                yield self.attack(route)

    def attack(self, route: Route) -> Attack:
        rnd = self.random
        path = self.address(route)
        method = rnd.choice(METHODS)
        shape = self.shapes.get(path, Shape())
        if rnd.random() < 0.15:
            path = self.spoil_path(path)
        query = self.query()
        body, content_type = self.body(shape) if method not in {"GET", "HEAD"} else (b"", "")
        extra = dict(rnd.choice(HEADERS)) if rnd.random() < 0.25 else {}
        return Attack(self.person(route), method, path, query, body, content_type, extra)

    def person(self, route: Route) -> str:
        """Mostly somebody whom the page lets in: the faults are behind the door."""
        inside = sorted(
            set(self.people) & (FURTHER.get(route.name) or ALLOWED.get(route.rule, set()))
        )
        if inside and self.random.random() < 0.7:
            return self.random.choice(inside)
        return self.random.choice(self.people)

    def value(self, given: list[str]) -> str:
        """A value as the page offers it, one of the house's own ids, or something hostile."""
        rnd = self.random
        dice = rnd.random()
        if given and dice < 0.45:
            return rnd.choice(given)
        if dice < 0.55:
            some = rnd.choice(self.ids)
            return rnd.choice([str(some), short(some), some.hex])
        if dice < 0.56:
            return BIG
        return rnd.choice(HOSTILE)

    def spoil_path(self, path: str) -> str:
        rnd = self.random
        if rnd.random() < 0.5:
            return path + rnd.choice(PATH_TAILS)
        parts = path.split("/")
        spot = rnd.randrange(1, len(parts))
        parts[spot] = quote(self.value([]).encode("utf-8", "surrogatepass")[:3000], safe="")
        return "/".join(parts)

    def query(self) -> str:
        rnd = self.random
        if rnd.random() < 0.35:
            return ""
        if rnd.random() < 0.3:
            return rnd.choice(QUERY_BYTES)
        pairs = [(rnd.choice(self.names), self.value([])[:5000]) for _ in range(rnd.randint(1, 4))]
        return "&".join(f"{name}={_plus(value)}" for name, value in pairs)

    def fields(self, shape: Shape) -> list[tuple[str, str]]:
        rnd = self.random
        if shape.values and rnd.random() < 0.5:  # one field alone is not as the page fills it
            return self.spoiled(shape)
        pairs = [(name, self.value(given)) for name, given in shape.values.items()]
        more = rnd.randint(0, 3)
        pairs += [(rnd.choice(self.names), self.value([])) for _ in range(more)]
        if pairs and rnd.random() < 0.2:
            pairs.append((rnd.choice(pairs)[0], self.value([])))  # sent twice
        if pairs and rnd.random() < 0.2:
            pairs.pop(rnd.randrange(len(pairs)))
        return pairs

    def spoiled(self, shape: Shape) -> list[tuple[str, str]]:
        rnd = self.random
        victim = rnd.choice(sorted(shape.values))
        good = {
            name: rnd.choice([value for value in given if value] or ["Some words, and 7"])
            for name, given in shape.values.items()
        }
        return [(name, self.value([]) if name == victim else value) for name, value in good.items()]

    def body(self, shape: Shape) -> tuple[bytes, str]:
        rnd = self.random
        pairs = self.fields(shape)
        form = "&".join(f"{_plus(name)}={_plus(value)}" for name, value in pairs).encode()
        dice = rnd.random()
        if dice < 0.45:
            return form, "application/x-www-form-urlencoded"
        if dice < 0.8:
            return self.multipart(pairs, shape.files), "multipart/form-data; boundary=fz"
        if dice < 0.9:
            body = rnd.choice(
                [form, self.multipart(pairs, shape.files), b"\xff\xfe\x00", b'{"text": "\\ud800"}']
            )
            return body, rnd.choice(TYPES)
        broken = self.multipart(pairs, shape.files)
        spot = rnd.randrange(len(broken))
        broken = rnd.choice([broken[:spot], broken[:spot] + rnd.randbytes(8) + broken[spot:]])
        return broken, "multipart/form-data; boundary=fz"

    def multipart(self, pairs: list[tuple[str, str]], files: set[str]) -> bytes:
        rnd = self.random
        out = b""
        for name, value in pairs:
            more = rnd.choice(
                [
                    "",
                    "",
                    "",
                    "\r\nContent-Transfer-Encoding: base64",
                    "\r\nContent-Type: text/plain; charset=rot13",
                ]
            )
            head = f'--fz\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
            out += _bytes(head) + _bytes(value) + b"\r\n"
        for name in sorted(files | ({"photo"} if rnd.random() < 0.1 else set())):
            for _ in range(rnd.choice([0, 1, 1, 1, 6])):
                kind = rnd.choice(["image/jpeg", "text/html", "image/svg+xml", "", "text/csv", "x"])
                named = rnd.choice(FILE_NAMES)
                head = f'--fz\r\nContent-Disposition: form-data; name="{name}"; filename="{named}"\r\nContent-Type: {kind}\r\n\r\n'
                out += _bytes(head) + rnd.choice(FILES) + b"\r\n"
        return out + b"--fz--\r\n"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _plus(text: str) -> str:
    return quote_plus(_bytes(text))
