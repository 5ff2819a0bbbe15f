"""Each share goes out once, whatever breaks; what is not certain is asked about, never sent again."""

import datetime as dt
import json

import pytest
from django.urls import reverse

from staffroom.channels.airtime.actions import send as sending
from staffroom.channels.airtime.actions.order import agree
from staffroom.channels.airtime.models import Share
from staffroom.channels.airtime.token import token
from staffroom.channels.switchboard.pretend import Answer
from staffroom.core.clock import now, pretend
from staffroom.core.models import OutboxEntry
from tests.channels.airtime.conftest import deliver, order, sent, states

AMINA = "+254700000001"


def test_everyone_is_asked_for_once(paid, they):
    made = sent(paid)
    assert states(made) == ["taken"] * 4
    assert len(they.given) == 4
    assert {how_much for _number, how_much in they.given.values()} == {"KES 50.00"}
    for share in made.shares.all():
        sending.send({"share": str(share.pk)})
    assert len(they.asked) == 4


def test_a_bundle_in_mb(paid, they):
    sent(paid, kind="data", megabytes=250)
    assert {how_much for _number, how_much in they.given.values()} == {"250 MB"}


def test_what_waits_carries_no_number(paid, they):
    agree(by=paid.hamisi, order=order(paid))
    for entry in OutboxEntry.objects.filter(topic="airtime.send"):
        assert "2547" not in json.dumps(entry.payload)


def test_the_provider_is_away_for_an_hour(paid, they):
    they.faults += [Answer(429)] * 4
    made = sent(paid)
    assert states(made) == ["waiting"] * 4
    with pretend(now() + dt.timedelta(hours=1)):
        deliver()
    assert states(made) == ["taken"] * 4
    assert len(they.given) == 4


@pytest.mark.parametrize("fault", [Answer(500), Answer(drop=True), Answer(200, b"<html>")])
def test_a_line_that_breaks_is_unknown_and_never_sent_again(paid, they, fault):
    they.faults += [fault] * 4
    made = sent(paid)
    assert states(made) == ["unknown"] * 4
    for days in (1, 2, 9):
        with pretend(now() + dt.timedelta(days=days)):
            sending.sweep(now())
            deliver()
    assert states(made) == ["unknown"] * 4
    assert len([asked for asked in they.asked if asked.method == "POST"]) == 4


def test_a_number_they_refuse(paid, they):
    they.refuses[AMINA] = f"Invalid phone number {AMINA}"
    made = sent(paid)
    assert states(made) == ["failed", "taken", "taken", "taken"]
    assert made.shares.get(person=paid.amina).why == "Invalid phone number"


def test_they_are_asked_what_became_of_it(paid, they):
    made = sent(paid)
    ids = list(made.shares.order_by("pk").values_list("request_id", flat=True))
    they.fates = dict(zip(ids, ["Success", "Failed", "Queued", "Success"], strict=True))
    with pretend(now() + dt.timedelta(minutes=16)):
        deliver()
    assert states(made) == ["arrived", "arrived", "failed", "taken"]
    they.fates[ids[2]] = "Success"
    with pretend(now() + dt.timedelta(hours=3)):
        deliver()
    assert states(made) == ["arrived", "arrived", "arrived", "failed"]


def test_a_worker_that_dies_while_it_asks_leaves_it_unknown(paid, they, monkeypatch):
    made = agree(by=paid.hamisi, order=order(paid))
    share = made.shares.first()

    def dies(share):
        raise SystemExit

    monkeypatch.setattr(sending, "_ask", dies)
    with pytest.raises(SystemExit):
        sending.send({"share": str(share.pk)})
    monkeypatch.undo()
    with pretend(now() + dt.timedelta(minutes=20)):
        deliver()
    share.refresh_from_db()
    assert share.state == "unknown"
    assert str(share.pk) not in they.given


def call(client, told, name="airtime_status", given=None, json_=False):
    path = reverse(name, args=[given or token()])
    if json_:
        return client.post(path, json.dumps(told), content_type="application/json")
    return client.post(path, told)


@pytest.mark.parametrize("json_", [True, False])
def test_they_tell_what_became_of_it_five_times_and_out_of_order(paid, they, client, json_):
    made = sent(paid)
    share = made.shares.get(person=paid.amina)
    told = {"requestId": share.request_id, "phoneNumber": AMINA, "value": "KES 50.0000"}
    for status in ["Success", "Success", "Failed", "Success", "Queued"]:
        assert call(client, told | {"status": status}, json_=json_).status_code == 200
    share.refresh_from_db()
    assert share.state == "arrived"
    assert states(made) == ["arrived", "taken", "taken", "taken"]


def test_they_call_about_one_that_was_unknown(paid, they, client):
    they.faults += [Answer(drop=True)] * 4
    made = sent(paid)
    told = {
        "requestId": "ATQid_late",
        "phoneNumber": AMINA,
        "value": "KES 50.00",
        "status": "Success",
    }
    call(client, told)
    share = made.shares.get(person=paid.amina)
    assert (share.state, share.request_id) == ("arrived", "ATQid_late")
    assert states(made).count("unknown") == 3


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"status": "Success"},
        {"status": "Success", "requestId": "of-nobody"},
        {"status": "Success", "phoneNumber": AMINA, "value": "KES 9999"},
        {"status": "Success", "phoneNumber": AMINA, "value": "NaN KES x"},
        {"status": {"a": 1}, "requestId": ["x"], "value": [1]},
        {"status": "\x00", "requestId": "\x00" * 3},
    ],
)
def test_a_call_about_nothing_of_ours_changes_nothing(paid, they, client, told):
    made = sent(paid)
    assert call(client, told, json_=True).status_code == 200
    assert call(client, told, "airtime_validate", json_=True).json() == {"status": "Failed"}
    assert states(made) == ["taken"] * 4


@pytest.mark.parametrize("body", [b"", b"[1, 2]", b"{", b"[" * 20000, b"\xff\xfe"])
def test_a_call_that_is_no_json_is_taken_for_nothing(db, client, body):
    path = reverse("airtime_status", args=[token()])
    assert client.post(path, body, content_type="application/json").status_code == 200


def test_a_stranger_who_calls_gets_nothing(paid, they, client):
    made = sent(paid)
    told = {"requestId": made.shares.first().request_id, "status": "Success"}
    assert call(client, told, given="0" * 32).status_code == 404
    assert states(made) == ["taken"] * 4


def test_before_they_give_they_ask_whether_we_did(paid, they, client):
    made = sent(paid)
    share = made.shares.get(person=paid.amina)
    told = {
        "transactionId": share.request_id,
        "phoneNumber": AMINA,
        "amount": 50,
        "currencyCode": "KES",
    }
    assert call(client, told, "airtime_validate", json_=True).json() == {"status": "Validated"}
    Share.objects.update(state="arrived")
    assert call(client, told, "airtime_validate", json_=True).json() == {"status": "Failed"}
