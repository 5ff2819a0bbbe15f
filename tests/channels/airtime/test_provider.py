"""What is said to the provider, and what each of their answers means. No database."""

import json
from decimal import Decimal
from urllib.parse import parse_qs

import httpx
import pytest

from staffroom.channels.airtime import provider
from staffroom.channels.switchboard.messages import TryLater, Undeliverable, Unknown
from staffroom.channels.switchboard.pretend import Answer


def give(**other):
    fields = {"key": "k1", "to": "+254700000001", "currency": "KES", "amount": Decimal(50)}
    return provider.send_airtime(**fields | other)


def test_airtime_as_they_document_it(they):
    given = give()
    asked = they.asked[0]
    form = parse_qs(asked.body.decode())
    assert (asked.method, asked.path) == ("POST", "/version1/airtime/send")
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.headers["apikey"] == "SEKRET-key"
    assert asked.headers["idempotency-key"] == "k1"
    assert form["username"] == ["staffroom"]
    assert form["maxNumRetry"] == ["1"]
    assert json.loads(form["recipients"][0]) == [
        {"phoneNumber": "+254700000001", "amount": "KES 50.00"}
    ]
    assert given.request_id.startswith("ATQid_")
    assert given.arrived is None


def test_mobile_data_as_they_document_it(they):
    given = provider.send_data(key="k2", to="+254700000001", megabytes=250)
    asked = they.asked[0]
    told = json.loads(asked.body)
    assert (asked.method, asked.path) == ("POST", "/mobile/data/request")
    assert asked.headers["idempotency-key"] == "k2"
    assert told["productName"] == "Mobile Data"
    one = told["recipients"][0]
    assert (one["quantity"], one["unit"], one["validity"]) == (250, "MB", "Month")
    assert given.request_id


def test_one_key_gives_once(they):
    assert give() == give()
    assert len(they.given) == 1


def answered(**told) -> bytes:
    return json.dumps({"errorMessage": "None", "responses": [], **told}).encode()


def of_one(**told) -> bytes:
    return answered(responses=[{"status": "Failed", "errorMessage": "None", **told}])


@pytest.mark.parametrize(
    ("answer", "expected", "code"),
    [
        (Answer(401), TryLater, "HTTP 401"),
        (Answer(429), TryLater, "HTTP 429"),
        (Answer(500), Unknown, "HTTP 500"),
        (Answer(502, b"<html>"), Unknown, "HTTP 502"),
        (Answer(400), Undeliverable, "HTTP 400"),
        (Answer(200, b"<html>not JSON"), Unknown, "unreadable answer"),
        (Answer(200, b"[1]"), Unknown, "unreadable answer"),
        (Answer(200, answered()), Unknown, "no recipient in the answer"),
        (Answer(200, answered(errorMessage="Insufficient Balance")), TryLater, "Insufficient Balance"),
        (Answer(200, answered(errorMessage="A duplicate request was received within the last 5 minutes")), Unknown, "duplicate"),
        (Answer(200, of_one(errorMessage="Invalid number +254700000001")), Undeliverable, "Invalid number"),
        (Answer(200, of_one(status="")), Unknown, "no status"),
        (Answer(drop=True), Unknown, "RemoteProtocolError"),
    ],
)  # fmt: skip
def test_what_each_answer_means(they, answer, expected, code):
    they.faults.append(answer)
    with pytest.raises(expected) as caught:
        give()
    assert caught.value.code == code
    assert caught.value.__cause__ is None


def test_nobody_there_is_later_and_silence_is_unknown(they, settings, monkeypatch):
    monkeypatch.setattr(provider, "TIMEOUT", httpx.Timeout(0.05))
    they.faults.append(Answer(delay=0.3))
    with pytest.raises(Unknown):
        give()
    settings.AIRTIME_URL = "http://127.0.0.1:9"
    with pytest.raises(TryLater):
        give()


@pytest.mark.parametrize(
    ("said", "arrived"), [("Success", True), ("Failed", False), ("Queued", None)]
)
def test_a_look_up(they, said, arrived):
    they.fates["ATQid_1"] = said
    assert provider.look_up("ATQid_1", data=False) is arrived
    assert "transactionId=ATQid_1" in they.asked[0].path
