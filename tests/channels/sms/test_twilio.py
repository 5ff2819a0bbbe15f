import json
from urllib.parse import parse_qsl

import pytest

from staffroom.channels.sms import twilio as ours
from staffroom.channels.sms.pretend import Twilio
from staffroom.channels.switchboard.messages import Media, TryLater, Undeliverable, Unknown
from staffroom.channels.switchboard.pretend import Answer, Pretend

TO, TEXT = "+254711000111", "Kodi yako ni 123456 & usimpe mtu +1 ✓"


def test_it_sends_what_the_documentation_asks_for(twilio):
    taken = ours.send(TO, TEXT)
    (request,) = twilio.asked
    assert request.path == f"/2010-04-01/Accounts/{twilio.account}/Messages.json"
    assert dict(parse_qsl(request.body.decode())) == {
        "To": TO,
        "From": twilio.number,
        "Body": TEXT,
        "StatusCallback": "https://staffroom.example.org/hooks/sms/twilio/report",
    }
    assert (taken.id, taken.parts, taken.cost) == (twilio.inbox(TO)[0].id, 1, None)


def test_a_messaging_service_takes_the_place_of_a_number(twilio, settings):
    settings.TWILIO_FROM = "MG" + "1" * 32
    ours.send(TO, TEXT)
    form = dict(parse_qsl(twilio.asked[0].body.decode()))
    assert form["MessagingServiceSid"] == "MG" + "1" * 32
    assert "From" not in form


def test_without_an_address_from_outside_no_report_is_asked_for(twilio, settings):
    settings.HOSTS = []
    ours.send(TO, TEXT)
    assert b"StatusCallback" not in twilio.asked[0].body


def test_a_price_is_taken_as_what_it_costs(twilio):
    body = {"sid": "SM1", "num_segments": "3", "price": "-0.0225", "price_unit": "USD"}
    twilio.faults.append(Answer(201, json.dumps(body).encode()))
    taken = ours.send(TO, TEXT)
    assert (taken.parts, str(taken.cost), taken.currency) == (3, "0.0225", "USD")


@pytest.mark.parametrize(
    ("status", "code"), [(400, 21211), (400, 21610), (400, 21614), (400, 21408), (404, 20404)]
)
def test_it_gives_up_for_good(twilio, status, code):
    twilio.faults.append(Twilio.error(status, code, "no"))
    with pytest.raises(Undeliverable, match=str(code)):
        ours.send(TO, TEXT)


@pytest.mark.parametrize(
    ("status", "code"), [(429, 20429), (401, 20003), (400, 21611), (500, 20500), (503, 20503)]
)
def test_it_tries_later(twilio, status, code):
    twilio.faults.append(Twilio.error(status, code, "wait", {"Retry-After": "3"}))
    with pytest.raises(TryLater, match=str(code)) as error:
        ours.send(TO, TEXT)
    assert error.value.after == 3


def test_a_wrong_token_can_be_mended(twilio, settings):
    settings.TWILIO_TOKEN = "another"
    with pytest.raises(TryLater, match="20003"):
        ours.send(TO, TEXT)


def test_made_and_failed_at_once(twilio):
    body = {"sid": "SM1", "status": "failed", "error_code": 30003}
    twilio.faults.append(Answer(201, json.dumps(body).encode()))
    with pytest.raises(Undeliverable, match="30003"):
        ours.send(TO, TEXT)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"{}", b"\xff"])
def test_an_answer_that_nobody_understands_tells_nothing(twilio, body):
    twilio.faults.append(Answer(201, body))
    with pytest.raises(Unknown):
        ours.send(TO, TEXT)


def test_a_broken_line_may_have_carried_it(twilio):
    twilio.faults.append(Answer(drop=True))
    with pytest.raises(Unknown):
        ours.send(TO, TEXT)
    assert len(twilio.inbox(TO)) == 1


def test_the_signature_of_their_documentation():
    """https://www.twilio.com/docs/usage/security: its example, computed by hand with OpenSSL."""
    pairs = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    made = ours.signature(
        "https://mycompany.com/myapp.php?foo=1&bar=2",
        [(name.encode(), value.encode()) for name, value in pairs.items()],
        "12345",
    )
    assert made == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


class Store(Pretend):
    """Where their pictures lie, behind one redirect."""

    def answer(self, asked):
        return Answer(200, b"picture", {"Content-Type": "image/jpeg"})


def test_a_picture_is_fetched_from_their_own_host_alone(twilio):
    with Store() as store:
        twilio.faults.append(Answer(307, b"", {"Location": f"{store.url}/x"}))
        media = Media(f"{twilio.url}/2010-04-01/Accounts/AC0/Messages/MM1/Media/ME1", "image/jpeg")
        assert ours.fetch(media) == b"picture"
        assert twilio.asked[-1].headers["authorization"].startswith("Basic ")
        for address in ("http://169.254.169.254/latest", f"{store.url}/x", "file:///etc/passwd"):
            with pytest.raises(Undeliverable, match="foreign"):
                ours.fetch(Media(address))


def test_a_picture_without_end_is_left(twilio, monkeypatch):
    monkeypatch.setattr(ours, "MOST_BYTES", 10)
    twilio.faults.append(Answer(200, b"x" * 11))
    with pytest.raises(Undeliverable, match="too large"):
        ours.fetch(Media(f"{twilio.url}/m"))
