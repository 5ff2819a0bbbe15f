"""Each answer of the Bot API means: taken, never, later, or nobody knows."""

import json
import logging

import pytest

from staffroom.channels.switchboard.messages import (
    Media,
    TryLater,
    Undeliverable,
    Unknown,
)
from staffroom.channels.switchboard.pretend import Answer
from staffroom.channels.telegram import client, sending
from staffroom.channels.telegram.pretend import TOKEN, fields_of, too_fast

AMINA = 5_100_200_300
SEND = {"chat_id": str(AMINA), "text": "Habari"}


def error(code: int, description: str = "", **parameters) -> Answer:
    body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return Answer(code, json.dumps(body).encode())


def test_a_message_is_taken(telegram):
    telegram.chat(AMINA)
    assert client.call("sendMessage", SEND)["text"] == "Habari"
    assert telegram.asked[0].path == f"/bot{TOKEN}/sendMessage"


@pytest.mark.parametrize(
    ("answer", "raised", "code"),
    [
        (too_fast(31), TryLater, "429"),
        (error(401, "Unauthorized"), TryLater, "401"),
        (error(500, "Internal Server Error"), TryLater, "500"),
        (Answer(502, b"<html>Bad Gateway</html>"), TryLater, "502"),
        (Answer(504, b""), Unknown, "504"),
        (Answer(200, b"<html>"), Unknown, "unreadable answer"),
        (Answer(200, b'{"ok": false}'), Unknown, "200"),
        (error(403, "Forbidden: bot was blocked by the user"), Undeliverable, "blocked"),
        (error(403, "Forbidden: user is deactivated"), Undeliverable, "deactivated"),
        (error(403, "Forbidden: bot was kicked from the supergroup chat"), Undeliverable, "kicked"),
        (error(403, "Forbidden: something new"), Undeliverable, "403"),
        (error(400, "Bad Request: chat not found"), Undeliverable, "no chat"),
        (error(400, "Bad Request: not enough rights to send"), Undeliverable, "no rights"),
        (error(400, "Bad Request: message text is empty"), Undeliverable, "400"),
        (error(413, "Request Entity Too Large"), Undeliverable, "413"),
        (Answer(drop=True), Unknown, "RemoteProtocolError"),
    ],
)
def test_what_an_answer_means(telegram, answer, raised, code):
    telegram.chat(AMINA)
    telegram.faults = [answer]
    with pytest.raises(raised) as caught:
        client.call("sendMessage", SEND)
    assert str(caught.value) == code
    assert caught.value.__cause__ is None


def test_how_long_to_wait_is_heard(telegram):
    telegram.faults = [too_fast(31)]
    with pytest.raises(TryLater) as caught:
        client.call("sendMessage", SEND)
    assert caught.value.after == 31


def test_no_connection_is_tried_again(telegram):
    telegram.close()
    with pytest.raises(TryLater, match="ConnectError"):
        client.call("sendMessage", SEND)


def test_a_slow_answer_may_have_been_a_taking(telegram, monkeypatch):
    monkeypatch.setattr(client, "READ", 0.1)
    telegram.chat(AMINA)
    telegram.faults = [Answer(delay=0.5)]
    with pytest.raises(Unknown, match="ReadTimeout"):
        client.call("sendMessage", SEND)


def test_neither_token_nor_words_are_logged(telegram, caplog):
    caplog.set_level(logging.INFO)
    telegram.chat(AMINA)
    telegram.faults = [error(403, "Forbidden: bot was blocked by the user")]
    with pytest.raises(Undeliverable):
        client.call("sendMessage", SEND)
    ours = [each for each in caplog.records if not each.name.startswith("http")]
    assert TOKEN not in " ".join(each.getMessage() for each in ours)
    assert logging.getLogger("httpx").getEffectiveLevel() >= logging.INFO


def test_a_file_goes_along(telegram):
    telegram.chat(AMINA)
    upload = client.Upload("photo", "a.jpg", "image/jpeg", b"\xff\xd8 bytes")
    fields = {"chat_id": str(AMINA), "caption": "Look", "reply_parameters": {"message_id": 3}}
    client.call("sendPhoto", fields, upload)
    said = fields_of(telegram.asked[0])
    assert said == fields | {"photo": b"\xff\xd8 bytes"}


def test_a_file_is_fetched(telegram):
    photo = telegram.send(AMINA, "photo", b"jpeg bytes")["photo"][-1]
    assert sending.fetch(Media(photo["file_id"], "image/jpeg")) == b"jpeg bytes"


@pytest.mark.parametrize(
    ("faults", "raised", "code"),
    [
        ([error(400, "Bad Request: file is too big")], Undeliverable, "too large"),
        ([error(400, "Bad Request: wrong file_id")], Undeliverable, "no file"),
        ([Answer(drop=True)], TryLater, "RemoteProtocolError"),
        ([Answer(504)], TryLater, "504"),
    ],
)
def test_a_file_that_does_not_come(telegram, faults, raised, code):
    telegram.files["a"] = b"bytes"
    telegram.faults = faults
    with pytest.raises(raised, match=code):
        sending.fetch(Media("a"))


def test_a_file_larger_than_its_claim_is_not_read_to_the_end(telegram, monkeypatch):
    monkeypatch.setattr(client, "MOST_BYTES", 1000)
    told = json.dumps({"ok": True, "result": {"file_path": "a"}}).encode()
    telegram.faults = [Answer(200, told), Answer(200, b"x" * 5000)]
    with pytest.raises(Undeliverable, match="too large"):
        client.download("a")
    with pytest.raises(Undeliverable, match="too large"):
        sending.fetch(Media("a", size=2000))


@pytest.mark.parametrize("path", ["../getMe", "/etc/passwd", "a?b", "a@host", "", None, 5])
def test_a_path_leads_nowhere_else(telegram, path):
    telegram.faults = [
        Answer(200, json.dumps({"ok": True, "result": {"file_path": path}}).encode())
    ]
    with pytest.raises(Undeliverable, match="no file"):
        client.download("a")
    assert len(telegram.asked) == 1


def test_a_redirect_is_not_followed_with_the_token(telegram):
    telegram.faults = [Answer(302, b"", {"Location": "http://127.0.0.1:9/"})]
    with pytest.raises(Undeliverable, match="302"):
        client.call("sendMessage", SEND)
    assert len(telegram.asked) == 1


def test_what_is_sent_to_nobody_is_never_tried(telegram):
    with pytest.raises(Undeliverable, match="no chat"):
        client.call("sendMessage", SEND)
