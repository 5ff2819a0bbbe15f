from decimal import Decimal
from urllib.parse import parse_qs

import httpx
import pytest

from staffroom.channels.sms import africastalking, line
from staffroom.channels.sms.pretend import AfricasTalking
from staffroom.channels.switchboard.messages import TryLater, Undeliverable, Unknown
from staffroom.channels.switchboard.pretend import Answer

TO, TEXT = "+254711000111", "Staffroom: kodi yako ni 123456 & usimpe mtu +1 ✓"
about = AfricasTalking.about


def asked(server):
    return {name: values[0] for name, values in parse_qs(server.asked[-1].body.decode()).items()}


def test_it_sends_what_the_documentation_asks_for(africa):
    taken = africastalking.send(TO, TEXT)
    (request,) = africa.asked
    assert request.path == "/version1/messaging"
    assert request.headers["apikey"] == "the-key"
    assert request.headers["accept"] == "application/json"
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked(africa) == {"username": "staffroom", "to": TO, "message": TEXT, "from": "22384"}
    assert (taken.cost, taken.currency) == (Decimal("0.8"), "KES")
    assert taken.id == africa.inbox(TO)[0].id


def test_without_a_sender_the_providers_own_stands(africa, settings):
    settings.AFRICASTALKING_SENDER = ""
    africastalking.send(TO, TEXT)
    assert "from" not in asked(africa)


@pytest.mark.parametrize("status", [100, 101, 102])
def test_processed_sent_and_queued_are_taken(africa, status):
    africa.faults.append(Answer(201, about(TO, status)))
    africastalking.send(TO, TEXT)


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (402, "InvalidSenderId"),
        (403, "InvalidPhoneNumber"),
        (404, "UnsupportedNumberType"),
        (406, "UserInBlacklist"),
        (407, "CouldNotRoute"),
        (409, "DoNotDisturbRejection"),
    ],
)
def test_it_gives_up_for_good(africa, status, word):
    africa.faults.append(Answer(201, about(TO, status, word)))
    with pytest.raises(Undeliverable, match=word):
        africastalking.send(TO, TEXT)


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (401, "RiskHold"),
        (405, "InsufficientBalance"),
        (500, "InternalServerError"),
        (501, "GatewayError"),
        (502, "RejectedByGateway"),
        (999, "status 999"),
    ],
)
def test_it_tries_later(africa, status, word):
    africa.faults.append(Answer(201, about(TO, status, word)))
    with pytest.raises(TryLater, match=word):
        africastalking.send(TO, TEXT)


def test_a_word_about_the_whole_request_counts_too(africa):
    africa.faults.append(Answer(201, AfricasTalking.about_the_request("InvalidSenderId")))
    with pytest.raises(Undeliverable, match="InvalidSenderId"):
        africastalking.send(TO, TEXT)
    africa.faults.append(Answer(201, AfricasTalking.about_the_request("Sent to 0/1")))
    with pytest.raises(Unknown, match="no recipient"):
        africastalking.send(TO, TEXT)


def test_a_wrong_key_can_be_mended(africa, settings):
    settings.AFRICASTALKING_API_KEY = "another"
    with pytest.raises(TryLater, match="HTTP 401"):
        africastalking.send(TO, TEXT)


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_their_faults_pass(africa, status):
    africa.faults.append(Answer(status, b"<html>Bad gateway</html>", {"Retry-After": "7"}))
    with pytest.raises(TryLater, match=f"HTTP {status}") as error:
        africastalking.send(TO, TEXT)
    assert error.value.after == 7


def test_a_gateway_that_gave_up_waiting_may_have_passed_it_on(africa):
    africa.faults.append(Answer(504, b""))
    with pytest.raises(Unknown, match="HTTP 504"):
        africastalking.send(TO, TEXT)


def test_a_line_that_breaks_after_we_spoke_may_have_carried_it(africa):
    africa.faults.append(Answer(drop=True))
    with pytest.raises(Unknown, match="RemoteProtocolError"):
        africastalking.send(TO, TEXT)
    assert len(africa.inbox(TO)) == 1


def test_a_request_they_reject_is_not_repeated(africa):
    with pytest.raises(Undeliverable, match="HTTP 400"):
        africastalking.send("", TEXT)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"OK",
        b"{",
        b"[]",
        b"null",
        b'{"SMSMessageData": null}',
        b'{"SMSMessageData": {"Recipients": [{}]}}',
        b'{"SMSMessageData": {"Recipients": [{"statusCode": "soon"}]}}',
        b"\xff\xfe\x00",
    ],
)
def test_an_answer_that_nobody_understands_tells_nothing(africa, body):
    africa.faults.append(Answer(201, body))
    with pytest.raises(Unknown, match="unreadable"):
        africastalking.send(TO, TEXT)


def test_a_slow_provider_does_not_hold_the_worker(africa, monkeypatch):
    monkeypatch.setattr(line, "TIMEOUT", httpx.Timeout(0.2))
    africa.faults.append(Answer(201, about(TO), delay=0.6))
    with pytest.raises(Unknown, match="ReadTimeout"):
        africastalking.send(TO, TEXT)


def test_no_connection_is_tried_again(africa, settings):
    settings.AFRICASTALKING_URL = "http://127.0.0.1:9/version1/messaging"
    with pytest.raises(TryLater, match="ConnectError") as error:
        africastalking.send(TO, TEXT)
    assert TO not in str(error.value)
    assert error.value.__suppress_context__


def test_it_follows_no_redirect_with_the_key(africa):
    africa.faults.append(Answer(302, b"", {"Location": africa.url}))
    with pytest.raises(Undeliverable, match="HTTP 302"):
        africastalking.send(TO, TEXT)
    assert len(africa.asked) == 1


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("KES 0.8000", (Decimal("0.8"), "KES")),
        ("UGX 35", (Decimal("35"), "UGX")),
        ("0", (None, "")),
        ("KES NaN", (None, "")),
        ("KES -1", (None, "")),
        ("a lot", (None, "")),
        ("", (None, "")),
    ],
)
def test_what_it_cost(said, expected):
    assert africastalking.money(said) == expected
