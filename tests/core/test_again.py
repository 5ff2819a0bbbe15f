"""A session that ends while one types: the words come back, to the one who sent them alone."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from staffroom.conversations.models import Draft, Post
from staffroom.core.ids import uuid7

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def ask(world):
    return reverse("ask", args=[world.maths.pk])


def token(client, url):
    client.get(url)
    return client.cookies["c"].value


def test_the_words_come_back_and_are_kept_nowhere(world, ask):
    before = Session.objects.count()
    answer = Client().post(
        ask, {"text": "How <b>do</b> I begin?", "id": str(uuid7()), "grade": "7"}, **HERE
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "How &lt;b&gt;do&lt;/b&gt; I begin?</textarea>" in page
    assert 'name="grade" value="7"' in page
    assert f'action="{ask}"' in page
    assert reverse("sign_in") in page
    assert "no-store" in answer["Cache-Control"]
    assert (Session.objects.count(), Draft.objects.count(), Post.objects.count()) == (before, 0, 0)


def test_after_signing_in_it_is_one_more_tap(world, sign_in, ask):
    """The old page's token is stale by then: the words are shown again with a new one."""
    client = sign_in(world.amina)
    client.handler.enforce_csrf_checks = True
    id = str(uuid7())
    fields = {"text": "How do I begin?", "id": id, "language": "en"}
    page = client.post(ask, fields | {"csrfmiddlewaretoken": "x" * 64}, **HERE)
    assert page.status_code == 403
    assert "How do I begin?</textarea>" in page.content.decode()
    assert "Send it" in page.content.decode()
    for _ in range(2):
        client.post(ask, fields | {"csrfmiddlewaretoken": token(client, ask)}, **HERE)
    assert Post.objects.get().text == "How do I begin?"


@pytest.mark.parametrize("headers", [{}, {"HTTP_ORIGIN": "https://evil.example"}])
def test_what_came_from_elsewhere_is_not_offered_for_sending(ask, headers, world):
    page = Client().post(ask, {"text": "Sent by a trap"}, **headers).content.decode()
    assert "Sent by a trap" in page
    assert "csrfmiddlewaretoken" not in page
    assert "I am signed in" not in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


def test_without_words_it_is_the_way_to_sign_in(world, ask):
    for fields in ({}, {"text": "  "}, {"id": str(uuid7())}):
        answer = Client().post(ask, fields, **HERE)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in")


def test_secrets_are_never_shown_again(world):
    url = reverse("me")
    for name in ("password", "new_password1", "code", "totp_token"):
        answer = Client().post(url, {name: "a b c", "text": "Some words"}, **HERE)
        assert "a b c" not in answer.content.decode()
