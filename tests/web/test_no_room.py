"""A disk that is full: a clear page, the words as typed, nothing half done, and on it goes."""

import errno
import html
import os

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from staffroom.conversations import actions
from staffroom.conversations.models import Post
from staffroom.core.full import is_full
from staffroom.core.ids import uuid7

WORDS = "Why do they add the denominators? «ك» <b>"


@pytest.fixture
def browser(transactional_db, world, sign_in):
    client: Client = sign_in(world.amina)
    client.raise_request_exception = False
    return client


def fields(**more) -> dict:
    return {
        "topic": "Fractions",
        "text": WORDS,
        "grade": "6",
        "language": "en",
        "id": str(uuid7()),
        **more,
    }


def test_a_full_database_keeps_nothing_and_shows_the_words(browser, world):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite can be told to be full")
    address = reverse("ask", args=[world.maths.pk])
    sent = fields(text=WORDS + "😀" * 4000)  # four pages: one or two may be free
    browser.get(address)
    with connection.cursor() as cursor:
        most = cursor.execute("PRAGMA max_page_count").fetchone()[0]
        cursor.execute("CREATE TABLE filler (x)")
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {pages}")
            with pytest.raises(OperationalError) as caught:
                fill(cursor)
        assert is_full(caught.value)
        answer = browser.post(address, sent)
        assert answer.status_code == 507
        body = html.unescape(answer.content.decode())
        assert "There is no room just now" in body
        assert sent["text"] in body
        assert sent["id"] in body
        assert not Post.objects.exists()
        assert browser.get(reverse("stream", args=[world.maths.pk])).status_code == 200
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {most}")
            cursor.execute("DROP TABLE filler")
    assert browser.post(address, sent).status_code == 302
    assert Post.objects.get().text == sent["text"]


def fill(cursor) -> None:
    """What is free inside the file is taken first."""
    for _ in range(10_000):
        cursor.execute("INSERT INTO filler VALUES (randomblob(500))")


def full_postgresql(**kwargs):
    from psycopg import errors

    raise OperationalError("could not extend file") from errors.DiskFull("could not extend file")


def full_folder(**kwargs):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("full", [full_postgresql, full_folder])
def test_it_is_told_from_other_faults(browser, world, monkeypatch, full):
    address = reverse("ask", args=[world.maths.pk])
    monkeypatch.setattr(actions, "ask", full)
    answer = browser.post(address, fields())
    assert answer.status_code == 507
    assert WORDS in html.unescape(answer.content.decode())

    def other(**kwargs):
        raise OperationalError("something else")

    monkeypatch.setattr(actions, "ask", other)
    assert browser.post(address, fields()).status_code == 500


def test_without_words_there_is_a_way_on(browser, monkeypatch):
    from staffroom.web.views import home

    monkeypatch.setattr(home, "render", lambda *args, **kwargs: full_folder())
    answer = browser.get("/")
    assert answer.status_code == 507
    assert b"<textarea" not in answer.content
    assert b"Back to Today" in answer.content


def test_secrets_are_never_shown_again(db, monkeypatch):
    from staffroom.people.views import sign_in

    monkeypatch.setattr(sign_in, "render", lambda *args, **kwargs: full_folder())
    client = Client(raise_request_exception=False)
    answer = client.post("/sign-in", {"code": "123 456", "text": "a b"})
    assert b"123 456" not in answer.content
