"""Telegram calls us: only Telegram, each update once, and never an error it would repeat for days."""

import json

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from staffroom.channels.switchboard.models import Payload, Received
from staffroom.channels.telegram import webhook
from tests.channels.telegram.payloads import PRIVATE, USER, message, update

pytestmark = pytest.mark.django_db
URL = "/hooks/telegram/"


def call(raw: str | bytes, secret: str | None = None):
    headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret() if secret is None else secret}
    return Client(headers=headers).post(URL, raw, content_type="application/json")


def test_an_update_is_taken_down_once_however_often_it_comes():
    for _again in range(5):
        assert call(message(text="Habari")).status_code == 200
    assert Received.objects.count() == Payload.objects.count() == 1


@pytest.mark.parametrize("secret", ["", "no", "é", "0" * 64])
def test_whoever_does_not_know_the_word_leaves_nothing(secret):
    assert call(message(text="Habari"), secret).status_code == 403
    assert not Payload.objects.exists()


def test_the_word_of_the_key_before_still_counts(settings):
    before = webhook.secret()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key"
    assert webhook.secret() != before
    assert call(message(text="Habari"), before).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert call(message(text="Habari"), before).status_code == 403


def test_without_a_bot_there_is_no_such_page(settings):
    settings.TELEGRAM_TOKEN = ""
    assert call(message(text="Habari")).status_code == 404


def test_it_rejects_get():
    assert Client().get(URL).status_code == 405


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b'{"update_id": 5}', b'{"update_id": 5, "poll": {}}']
)
def test_what_is_not_understood_is_taken_and_forgotten(raw):
    assert call(raw).status_code == 200
    assert not Payload.objects.exists()


def test_what_is_no_text_or_too_large_is_refused():
    assert call(b"\xff\xfe").status_code == 400
    assert call(b" " * 1_000_001).status_code == 413


def test_a_pressed_button_is_answered_in_the_same_breath():
    about = {"message_id": 9, "chat": PRIVATE, "date": 1}
    raw = update("callback_query", id="77", data="k", message=about, **{"from": USER})
    answer = call(raw)
    assert answer.json() == {"method": "answerCallbackQuery", "callback_query_id": "77"}
    assert Received.objects.count() == 1


def test_updates_out_of_order_are_all_taken():
    for number in (12, 10, 11):
        call(message(id=number, text="Habari"))
    assert Received.objects.count() == 3


@effort(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.one_of(st.binary(max_size=80), st.text(max_size=80).map(
    lambda text: json.dumps({"update_id": 5, "message": text}).encode()
)))  # fmt: skip
def test_no_call_breaks_it(raw):
    assert call(raw).status_code in {200, 400}
