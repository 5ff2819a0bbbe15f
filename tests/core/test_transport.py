"""Pages leave compressed, in a way the browser takes; and told by their differences to the browser that
has an earlier one: to that session alone, and never where a page should be kept by nobody."""

import base64
import datetime as dt
import gzip
import hashlib
import random

import brotli
import pytest
import zstandard
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse

from staffroom.config import env
from staffroom.conversations import actions
from staffroom.core.clock import now, pretend
from staffroom.core.models import KeptPage
from staffroom.core.transport import doctor, encodings, kept
from staffroom.core.transport.middleware import KEEPABLE, Transport
from staffroom.core.transport.patterns import pattern
from staffroom.people.actions.erase import delete_word
from staffroom.people.actions.sessions import end_others

LONG = b"<p>How many quarters are in three?</p>" * 40
ALL = "gzip, deflate, br, zstd, dcb, dcz"
WORKER = {"HTTP_ACCEPT_ENCODING": ALL, "HTTP_X_WORKER": "1"}


def answer(response, accepts: str = "gzip, deflate, br"):
    request = RequestFactory().get("/", HTTP_ACCEPT_ENCODING=accepts)
    return Transport(lambda request: response)(request)


# ---- for every browser


@pytest.mark.parametrize(
    ("accepts", "encoding", "unpack"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        (ALL, "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("br;q=0.5, gzip", "br", brotli.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_a_page_goes_as_the_browser_takes_it(accepts, encoding, unpack):
    response = answer(HttpResponse(LONG), accepts)
    assert response.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in response["Vary"]
    assert unpack(response.content) == LONG


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(b"short"),
        HttpResponse(b""),
        HttpResponse(LONG, content_type="image/webp"),
        HttpResponse(LONG, headers={"Content-Encoding": "zstd"}),
    ],
)
def test_what_gains_nothing_passes_as_it_is(response):
    before = response.content
    assert answer(response, ALL).content == before


def test_a_stream_stays_a_stream():
    response = answer(StreamingHttpResponse([LONG]))
    assert not response.has_header("Content-Encoding")
    assert b"".join(response.streaming_content) == LONG


# ---- which page is whose dictionary

C, Q = "AZr2AAAAcAAAgAAAAAAAAA", "AZr2AAAAcAAAgAAAAAAAAQ"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "/*"),
        (f"/c/{C}/", f"/c/{C}/*"),
        (f"/c/{C}/tea", f"/c/{C}/tea"),
        (f"/c/{C}/q/{Q}", f"/c/{C}/q/*"),
        (f"/c/{C}/p/{Q}/edit", f"/c/{C}/p/*/edit"),
        ("/me", "/me"),
    ],
)
def test_a_page_serves_itself_and_what_is_like_it(path, expected):
    assert pattern(path, resolve(path)) == expected


@pytest.mark.parametrize(
    "path", ['/c/"', "/c/*", "/c/:x", "/c/(a)", "/c/{a}", "/c/ä", "/c/a b", "/c/\\"]
)
def test_a_path_with_signs_of_a_pattern_gives_none(path):
    assert pattern(path, resolve("/me")) == ""


# ---- the header of a browser


def header_for(page: bytes) -> str:
    return f":{base64.b64encode(hashlib.sha256(page).digest()).decode()}:"


def test_a_hash_is_read():
    assert encodings.offered(header_for(LONG)) == hashlib.sha256(LONG).digest()


@pytest.mark.parametrize(
    "header",
    [
        "", ":", "::", ":AAAA:", "x" * 10_000, header_for(LONG)[1:], header_for(LONG)[:-1],
        f"{header_for(LONG)}, {header_for(b'')}", header_for(LONG) + ";a=1", header_for(LONG).replace("=", ""),
        header_for(LONG).replace(":", '"'), "\x00" * 46, ":" + "é" * 43 + "=:",
    ],
)  # fmt: skip
def test_nonsense_is_no_hash(header):
    assert encodings.offered(header) is None


def test_no_header_breaks_a_page(world, sign_in):
    """Thousands of headers, near to right ones and far from them: each page comes whole."""
    rng = random.Random(20261128)
    right = header_for(LONG)
    letters = right + ':;,="\\ \t\x7f*éﷺ'
    for _ in range(3000):
        cut = list(right)
        for _ in range(rng.randrange(6)):
            cut[rng.randrange(len(cut))] = rng.choice(letters)
        header = "".join(cut)[: rng.randrange(1, 60)]
        found = encodings.offered(header)
        assert found is None or len(found) == 32
        if rng.random() < 0.01:
            page = sign_in(world.amina).get("/me", HTTP_AVAILABLE_DICTIONARY=header, **WORKER)
            assert page["Content-Encoding"] == "br"
            assert b"</html>" in brotli.decompress(page.content)


# ---- the page that a browser has


def unpacked(response, dictionary: bytes = b"") -> bytes:
    """What the browser makes of it, by the letter of RFC 9842."""
    if response.get("Content-Encoding") == "br":
        return brotli.decompress(response.content)
    if response.get("Content-Encoding") != "dcz":
        return response.content
    head, frame = response.content[:40], response.content[40:]
    assert head == bytes.fromhex("5e2a4d1820000000") + hashlib.sha256(dictionary).digest()
    known = zstandard.ZstdCompressionDict(dictionary, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    return zstandard.ZstdDecompressor(dict_data=known).decompress(frame)


@pytest.fixture
def amina(world, sign_in):
    client = sign_in(world.amina)
    client.url = reverse("stream", args=[world.maths.pk])
    client.get("/")  # what a session is told once is told
    client.get(client.url)
    return client


def first(client) -> bytes:
    response = client.get(client.url, **WORKER)
    assert response.has_header("Use-As-Dictionary")
    return unpacked(response)


def again(client, page: bytes, **more):
    return client.get(client.url, HTTP_AVAILABLE_DICTIONARY=header_for(page), **(WORKER | more))


def test_the_second_visit_costs_its_difference(world, amina):
    page = first(amina)
    actions.say(community=world.maths, by=world.baraka, text="They counted twelve at once.")
    response = again(amina, page)
    assert response["Content-Encoding"] == "dcz"
    assert {"Accept-Encoding", "Available-Dictionary"} <= set(response["Vary"].split(", "))
    assert response["Cache-Control"] == KEEPABLE
    assert len(response.content) < 500  # the first post ever, and another day
    new = unpacked(response, page)
    assert b"They counted twelve at once." in new
    assert len(unpacked(again(amina, new), new)) > 1000  # the new page is the next one's dictionary


def test_without_the_worker_nothing_may_be_kept(amina):
    response = amina.get(amina.url, HTTP_ACCEPT_ENCODING=ALL)
    assert response["Content-Encoding"] == "br"
    assert response["Cache-Control"] == "private"
    assert not response.has_header("Use-As-Dictionary")
    assert not KeptPage.objects.exists()


def test_a_browser_without_dictionaries_gets_what_it_got(amina):
    """It ignores the offer; and nothing is told by differences that it could not put together."""
    page = first(amina)
    for accepts, coding in (("gzip, br", "br"), ("gzip", "gzip"), ("gzip, br, dcz;q=0", "br")):
        response = again(amina, page, HTTP_ACCEPT_ENCODING=accepts)
        assert response["Content-Encoding"] == coding


def test_what_was_just_sent_and_the_news_are_told_by_the_page_too(amina):
    page = first(amina)
    response = amina.get(
        f"{amina.url}new", HTTP_HX_REQUEST="true", HTTP_AVAILABLE_DICTIONARY=header_for(page),
        HTTP_ACCEPT_ENCODING=ALL,
    )  # fmt: skip
    assert response.status_code in {200, 204}
    assert not response.has_header("Use-As-Dictionary")
    assert not response.content or response["Content-Encoding"] == "dcz"


def test_a_link_with_words_in_it_is_neither_told_by_differences_nor_kept(amina):
    """A stranger's link could try words, and the length would tell which of them the member knows."""
    page = first(amina)
    for path in ("/search?q=quarters", f"{amina.url}?reply=x"):
        response = amina.get(path, HTTP_AVAILABLE_DICTIONARY=header_for(page), **WORKER)
        assert response.get("Content-Encoding") != "dcz"
        assert not response.has_header("Use-As-Dictionary")
    ours = amina.get(
        f"{amina.url}new?after=", HTTP_AVAILABLE_DICTIONARY=header_for(page), HTTP_HX_REQUEST="true",
        HTTP_ACCEPT_ENCODING=ALL,
    )  # fmt: skip
    assert not ours.content or ours["Content-Encoding"] == "dcz"


def test_another_person_with_the_same_hash_gets_the_whole_page(world, amina, sign_in):
    page = first(amina)
    for person in (world.baraka, world.nafula, world.farid, None):
        response = sign_in(person).get(
            amina.url, HTTP_AVAILABLE_DICTIONARY=header_for(page), **WORKER
        )
        assert response.get("Content-Encoding") != "dcz"


def test_another_session_of_the_same_person_gets_the_whole_page(world, amina, sign_in):
    page = first(amina)
    other = sign_in(world.amina)
    other.url = amina.url
    assert again(other, page)["Content-Encoding"] == "br"


def test_after_sign_out_it_is_gone(world, amina, sign_in):
    page = first(amina)
    assert KeptPage.objects.exists()
    amina.post(reverse("sign_out"))
    assert not KeptPage.objects.exists()
    amina.force_login(world.amina)
    assert again(amina, page)["Content-Encoding"] == "br"


def test_when_a_session_is_ended_from_elsewhere_it_is_gone(world, amina):
    first(amina)
    end_others(person=world.amina, but=None)
    assert not KeptPage.objects.exists()


def test_whoever_is_gone_leaves_no_page(world, amina):
    first(amina)
    amina.post(reverse("delete_me"), {"keep": "yes", "typed": delete_word()})
    assert amina.get("/me").status_code == 302
    assert not KeptPage.objects.exists()


@pytest.mark.parametrize("path", ["/nothing-here", "/c/AAAAAAAAAAAAAAAAAAAAAA/"])
def test_an_error_is_no_dictionary(amina, path):
    response = amina.get(path, **WORKER)
    assert response.status_code == 404
    assert not response.has_header("Use-As-Dictionary")
    assert not KeptPage.objects.exists()


def test_redirects_refusals_posts_and_heads_are_no_dictionaries(world, amina):
    for response in (
        amina.head(amina.url, **WORKER),
        amina.get("/me/", **WORKER),
        amina.post(f"{amina.url}ask", {"text": ""}, **WORKER),
    ):
        assert not response.has_header("Use-As-Dictionary")
    assert not KeptPage.objects.exists()


def test_a_head_says_what_a_get_would(amina):
    page = first(amina)
    assert amina.head(
        amina.url, HTTP_AVAILABLE_DICTIONARY=header_for(page), HTTP_ACCEPT_ENCODING=ALL
    )["Content-Encoding"] == "dcz"  # fmt: skip


def test_staff_and_lent_phones_keep_nothing(world, sign_in):
    client = sign_in(world.hamisi)
    response = client.get("/me", **WORKER)
    assert response["Cache-Control"] == "no-store"
    lent = sign_in(world.amina)
    session = lent.session
    session["idle"] = int(now().timestamp())
    session.save()
    assert lent.get("/me", **WORKER)["Cache-Control"] == "no-store"
    assert not KeptPage.objects.exists()


def test_switched_off_it_is_as_before(amina, settings):
    page = first(amina)
    settings.DICTIONARIES = False
    response = again(amina, page)
    assert response["Content-Encoding"] == "br"
    assert response["Cache-Control"] == "private"


def test_two_tabs_have_one_page_for_a_pattern_and_the_older_goes_whole(world, amina):
    one = first(amina)
    actions.say(community=world.maths, by=world.baraka, text="A second thought.")
    two = first(amina)
    assert again(amina, two)["Content-Encoding"] == "dcz"
    two = unpacked(again(amina, one))
    assert again(amina, one)["Content-Encoding"] == "br"


def test_with_another_secret_key_pages_go_whole(amina, settings):
    """A new key, or a database without its keys: nothing opens, and nothing breaks."""
    session, page = amina.session.session_key, first(amina)
    assert kept.find(session, encodings.digest(page)) == page
    settings.SECRET_KEY = "another"
    assert kept.find(session, encodings.digest(page)) is None


def test_a_row_tells_nothing(world, amina):
    page = first(amina)
    row = KeptPage.objects.get()
    sealed = bytes(row.page)
    with pytest.raises(zstandard.ZstdError):
        zstandard.decompress(sealed[kept.NONCE :])
    assert encodings.digest(page)[:8] not in sealed
    told = f"{row.place} {row.mark} {row.day}"
    assert amina.session.session_key not in told
    assert world.amina.pk.hex not in told
    assert {field.name for field in KeptPage._meta.fields} == {
        "place",
        "mark",
        "day",
        "size",
        "page",
    }


def test_a_damaged_row_gives_a_whole_page(amina):
    page = first(amina)
    row = KeptPage.objects.get()
    KeptPage.objects.update(page=bytes(row.page)[:-1] + bytes([bytes(row.page)[-1] ^ 1]))
    assert again(amina, page)["Content-Encoding"] == "br"


def test_where_nothing_can_be_written_pages_still_come(amina, monkeypatch):
    def full(*args, **more):
        raise DatabaseError

    monkeypatch.setattr(KeptPage.objects.__class__, "bulk_create", full)
    response = amina.get(amina.url, **WORKER)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private"
    assert not response.has_header("Use-As-Dictionary")


def test_a_page_that_helps_little_is_not_used(amina):
    """After a deploy, or a pattern of quite another page: whatever is smaller goes."""
    other = random.Random(1).randbytes(20_000)
    kept.keep(amina.session.session_key, "/other", other, encodings.digest(other))
    assert again(amina, other)["Content-Encoding"] == "br"


# ---- how much, how long


def test_one_session_has_so_many_places(db):
    for number in range(300):
        kept.keep("a-session", f"/{number}", b"page %d" % number, encodings.digest(b"%d" % number))
    assert KeptPage.objects.count() <= kept.PLACES


def test_a_giant_page_is_not_kept(db):
    giant = b"x" * (kept.LARGEST + 1)
    assert not kept.keep("a-session", "/", giant, encodings.digest(giant))


def test_they_go_after_a_day(db):
    kept.keep("a-session", "/", LONG, encodings.digest(LONG))
    with pretend(now() + dt.timedelta(days=1)):
        kept.sweep()
        assert KeptPage.objects.exists()
    with pretend(now() + dt.timedelta(days=2)):
        kept.sweep()
    assert not KeptPage.objects.exists()


def test_all_together_are_bounded(db, monkeypatch):
    for number in range(40):
        kept.keep(f"session {number}", "/", LONG, encodings.digest(LONG))
    monkeypatch.setattr(kept, "MOST_BYTES", kept._bytes() // 2)
    kept.sweep()
    assert 0 < kept._bytes() <= kept.MOST_BYTES


def test_forgetting_one_session_leaves_the_next(db):
    for session in ("one", "two"):
        kept.keep(session, "/", LONG, encodings.digest(LONG))
    kept.forget(["one"])
    assert kept.find("one", encodings.digest(LONG)) is None
    assert kept.find("two", encodings.digest(LONG)) == LONG


def test_the_forms_cookie_is_sent_once(amina, world):
    assert "c" in amina.cookies
    assert "c" not in amina.get(amina.url).cookies
    amina.cookies["c"] = "x" * 32  # another than ours, of the right shape: it is taken as it is
    assert "c" not in amina.get(amina.url).cookies
    amina.cookies["c"] = "no token"
    assert len(amina.get(amina.url).cookies["c"].value) == 32


def test_the_workers_script_costs_its_body_once(client):
    first = client.get("/worker.js")
    assert first.status_code == 200
    again = client.get("/worker.js", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == first["Cache-Control"] == "private, max-age=86400"
    assert client.get("/worker.js", HTTP_IF_NONE_MATCH='"another"').status_code == 200


# ---- what the operator sees


def test_the_doctor_says_what_is_kept_and_what_is_wrong(db, settings):
    def levels():
        return [(one.level, bool(one.how)) for one in doctor.findings()]

    assert levels() == [("ok", False)]
    kept.keep("a-session", "/", LONG, encodings.digest(LONG))
    with pretend(now() + dt.timedelta(days=3)):  # nobody swept
        assert levels() == [("warn", True)]
    settings.DICTIONARIES = False
    assert levels() == [("warn", True)]


@pytest.mark.parametrize(("said", "means"), [("on", True), ("OFF", False), (None, True)])
def test_the_switch(monkeypatch, said, means):
    monkeypatch.delenv("STAFFROOM_DICTIONARIES", raising=False)
    if said is not None:
        monkeypatch.setenv("STAFFROOM_DICTIONARIES", said)
    assert env.switch("DICTIONARIES", "on") is means


def test_a_switch_with_another_word_is_refused(monkeypatch):
    monkeypatch.setenv("STAFFROOM_DICTIONARIES", "offf")
    with pytest.raises(ImproperlyConfigured, match="write on or off"):
        env.switch("DICTIONARIES", "on")
