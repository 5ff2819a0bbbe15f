"""Pages leave compressed, in a way the browser takes, and only where it pays."""

import gzip

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from staffroom.core.compress import Compress

LONG = b"<p>How many quarters are in three?</p>" * 40


def answer(response, accepts: str = "gzip, deflate, br"):
    request = RequestFactory().get("/", HTTP_ACCEPT_ENCODING=accepts)
    return Compress(lambda request: response)(request)


@pytest.mark.parametrize(
    ("accepts", "encoding", "unpack"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
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
        HttpResponse(LONG, content_type="image/webp"),
        HttpResponse(LONG, headers={"Content-Encoding": "zstd"}),
    ],
)
def test_what_gains_nothing_passes_as_it_is(response):
    before = response.content
    assert answer(response).content == before


def test_a_stream_stays_a_stream():
    response = answer(StreamingHttpResponse([LONG]))
    assert not response.has_header("Content-Encoding")
    assert b"".join(response.streaming_content) == LONG
