"""What the framework cannot read never reaches it."""

import pytest

from staffroom.config.wsgi import application
from staffroom.core.wire import readable

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "kind", ["", FORM, f"{FORM}; charset=UTF-8", 'multipart/form-data; boundary=x; charset="utf-8"']
)
def test_utf_8_and_no_word_about_it_pass(kind):
    assert readable({"CONTENT_TYPE": kind})


@pytest.mark.parametrize("charset", ["rot13", "utf-16", "unicode_escape", "no-such", "latin-1"])
def test_another_charset_is_refused_before_django_sees_it(charset):
    said = []
    environ = {"CONTENT_TYPE": f"{FORM}; charset={charset}", "REQUEST_METHOD": "POST"}
    body = application(environ, lambda status, headers: said.append((status, dict(headers))))
    [(status, headers)] = said
    assert status.startswith("415")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert b"UTF-8" in b"".join(body)


@pytest.mark.parametrize(
    "kind", ["application/json", "text/xml", "text/plain", "application/x-www-form-urlencoded2"]
)
def test_what_is_no_form_is_refused_too(kind):
    assert not readable({"CONTENT_TYPE": kind})
