import httpx
import pytest

from staffroom.channels.sms import africastalking
from staffroom.channels.sms.provider import TryLater, Undeliverable
from tests.channels.sms.provider_server import Server, about_the_request, accepted

TO, TEXT = "+254711000111", "Staffroom: kodi yako ni 123456 & usimpe mtu +1 ✓"


@pytest.fixture
def server(settings):
    server = Server()
    settings.SMS_PROVIDER = "africastalking"
    settings.AFRICASTALKING_URL = server.url
    settings.AFRICASTALKING_USERNAME = "staffroom"
    settings.AFRICASTALKING_API_KEY = "the-key"
    settings.AFRICASTALKING_SENDER = "STAFFROOM"
    yield server
    server.close()


def test_it_sends_what_the_documentation_asks_for(server):
    africastalking.send(TO, TEXT)
    (request,) = server.requests
    assert request["path"] == "/version1/messaging"
    assert request["headers"]["apiKey"] == "the-key"
    assert request["headers"]["Accept"] == "application/json"
    assert request["headers"]["Content-Type"] == "application/x-www-form-urlencoded"
    assert request["form"] == {
        "username": "staffroom",
        "to": TO,
        "message": TEXT,
        "from": "STAFFROOM",
    }


def test_without_a_sender_the_providers_own_stands(server, settings):
    settings.AFRICASTALKING_SENDER = ""
    africastalking.send(TO, TEXT)
    assert "from" not in server.requests[0]["form"]


@pytest.mark.parametrize("status", [100, 101, 102])
def test_processed_sent_and_queued_are_taken(server, status):
    server.answer = (201, accepted(TO, status))
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
def test_it_gives_up_for_good(server, status, word):
    server.answer = (201, accepted(TO, status, word))
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
def test_it_tries_later(server, status, word):
    server.answer = (201, accepted(TO, status, word))
    with pytest.raises(TryLater, match=word):
        africastalking.send(TO, TEXT)


def test_a_word_about_the_whole_request_counts_too(server):
    server.answer = (201, about_the_request("InvalidSenderId"))
    with pytest.raises(Undeliverable, match="InvalidSenderId"):
        africastalking.send(TO, TEXT)
    server.answer = (201, about_the_request("Sent to 0/1"))
    with pytest.raises(TryLater, match="no recipient"):
        africastalking.send(TO, TEXT)


def test_a_wrong_key_can_be_mended(server, settings):
    settings.AFRICASTALKING_API_KEY = "another"
    with pytest.raises(TryLater, match="HTTP 401"):
        africastalking.send(TO, TEXT)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_their_faults_pass(server, status):
    server.answer = (status, b"<html>Bad gateway</html>")
    with pytest.raises(TryLater, match=f"HTTP {status}"):
        africastalking.send(TO, TEXT)


def test_a_request_they_reject_is_not_repeated(server):
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
def test_an_answer_that_nobody_understands_is_tried_again(server, body):
    server.answer = (201, body)
    with pytest.raises(TryLater, match="unreadable"):
        africastalking.send(TO, TEXT)


def test_a_slow_provider_does_not_hold_the_worker(server, monkeypatch):
    monkeypatch.setattr(africastalking, "TIMEOUT", httpx.Timeout(0.2))
    server.delay = 1
    with pytest.raises(TryLater, match="Timeout"):
        africastalking.send(TO, TEXT)


def test_no_connection_is_tried_again(server, settings):
    server.close()
    with pytest.raises(TryLater, match="ConnectError") as error:
        africastalking.send(TO, TEXT)
    assert TO not in str(error.value)
    assert error.value.__suppress_context__


def test_it_follows_no_redirect_with_the_key(server):
    server.answer = (302, b"")
    with pytest.raises(Undeliverable, match="HTTP 302"):
        africastalking.send(TO, TEXT)
    assert len(server.requests) == 1
