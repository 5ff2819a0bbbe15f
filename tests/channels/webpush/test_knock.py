"""One notification: closed and signed as the RFCs say, and what each refusal means."""

import json
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from staffroom.channels.switchboard.messages import TryLater, Undeliverable
from staffroom.channels.switchboard.pretend import Answer
from staffroom.channels.webpush import keys
from staffroom.channels.webpush.knock import Gone, Note, knock
from tests.channels.webpush.service import bytes_of, opened

NOTE = Note("There is something new for you in Staffroom.", "/c/x/", "en")


@pytest.fixture
def browser(service):
    made = service.made()
    del made["made_for"]
    return SimpleNamespace(**made, key=keys.current().name)


def test_our_reader_opens_the_example_of_the_rfc():
    """RFC 8291, appendix A."""
    number = int.from_bytes(bytes_of("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"))
    private = ec.derive_private_key(number, ec.SECP256R1())
    body = bytes_of(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6"
        "TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy"
        "4a-fN"
    )
    said = opened(body, private, bytes_of("BTBZMqHH6r4Tts7J_aSIgg"))
    assert said == b"When I grow up, I want to be a watermelon"


def test_the_browser_alone_reads_it(service, browser):
    knock(browser, NOTE)
    assert service.notes == [{"b": NOTE.text, "u": "/c/x/", "l": "en", "g": "new"}]
    (asked,) = service.asked
    assert asked.headers["ttl"] == "86400"
    assert asked.headers["urgency"] == "normal"
    assert b"Staffroom" not in asked.body


def test_it_is_small(service, browser):
    knock(browser, NOTE)
    (asked,) = service.asked
    assert len(asked.body) < 250
    assert sum(len(name) + len(value) + 4 for name, value in asked.headers.items()) < 800


def test_a_later_one_takes_the_place_of_one_that_waits(service, browser):
    knock(browser, NOTE)
    knock(browser, Note("Two", "/", "en"))
    assert [note["b"] for note in service.waiting.values()] == ["Two"]


def test_long_words_are_cut_and_urdu_says_its_direction(service, browser):
    knock(browser, Note("کیوں " * 200, "/", "ur", right_to_left=True))
    assert len(service.notes[0]["b"]) <= 180
    assert service.notes[0]["d"] == "rtl"
    assert len(service.asked[0].body) < 600


@pytest.mark.parametrize("status", [404, 410])
def test_nobody_behind_the_door(service, browser, status):
    service.faults.append(Answer(status))
    with pytest.raises(Gone):
        knock(browser, NOTE)


@pytest.mark.parametrize("status", [400, 413, 301])
def test_it_is_not_said_again(service, browser, status):
    service.faults.append(Answer(status, headers={"Location": "http://127.0.0.1:1/"}))
    with pytest.raises(Undeliverable, match=f"HTTP {status}"):
        knock(browser, NOTE)


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_it_is_tried_later(service, browser, status):
    service.faults.append(Answer(status, headers={"Retry-After": "90"}))
    with pytest.raises(TryLater) as error:
        knock(browser, NOTE)
    assert error.value.after == 90


def test_a_broken_line_is_tried_again(service, browser):
    service.faults.append(Answer(drop=True))
    with pytest.raises(TryLater):
        knock(browser, NOTE)


def test_another_house_cannot_speak_for_us(service, browser, settings):
    settings.WEBPUSH_KEY = "another house"
    browser.key = keys.current().name
    with pytest.raises(TryLater, match="403"):
        knock(browser, NOTE)
    assert not service.notes


def test_the_old_key_counts_until_it_is_given_up(service, browser, settings):
    settings.WEBPUSH_OLD_KEYS, settings.WEBPUSH_KEY = [settings.WEBPUSH_KEY], "a new key"
    knock(browser, NOTE)
    settings.WEBPUSH_OLD_KEYS = []
    with pytest.raises(Gone):
        knock(browser, NOTE)
    assert len(service.asked) == 1


def test_a_contact_of_the_house_is_named(service, browser, settings):
    settings.SECURITY_CONTACTS = ["tel:+254700000000", "mailto:desk@example.org"]
    knock(browser, NOTE)
    token = service.asked[0].headers["authorization"].split("t=")[1].split(",")[0]
    assert json.loads(bytes_of(token.split(".")[1]))["sub"] == "mailto:desk@example.org"
