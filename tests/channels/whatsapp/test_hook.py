import json
import logging

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from staffroom.channels.switchboard.models import Payload, Received
from staffroom.channels.whatsapp import pretend, views
from staffroom.channels.whatsapp.models import Trouble
from staffroom.channels.whatsapp.signing import signature
from tests.channels.whatsapp import payloads

URL = "/hooks/whatsapp/"
HELLO = {
    "hub.mode": "subscribe",
    "hub.verify_token": pretend.WORD,
    "hub.challenge": "1158201444",
}


def call(raw: str | bytes, *, header: str | None = None, **more):
    body = raw if isinstance(raw, bytes) else raw.encode()
    signed = signature(body, pretend.SECRET) if header is None else header
    return Client().generic(
        "POST",
        URL,
        body,
        content_type="application/json",
        headers={"X-Hub-Signature-256": signed},
        **more,
    )


def noted() -> list[tuple[str, str, int]]:
    return list(Trouble.objects.order_by("what", "code").values_list("what", "code", "count"))


@pytest.mark.usefixtures("ours")
class TestHandshake:
    def test_the_word_comes_back(self):
        answer = Client().get(URL, HELLO)
        assert (answer.status_code, answer.content) == (200, b"1158201444")
        assert answer["Content-Type"].startswith("text/plain")

    @pytest.mark.parametrize(
        "wrong",
        [{"hub.verify_token": "x"}, {"hub.verify_token": "ñ"}, {"hub.mode": "unsubscribe"}],
    )
    def test_whoever_does_not_know_ours_hears_nothing(self, wrong):
        answer = Client().get(URL, HELLO | wrong)
        assert (answer.status_code, answer.content) == (403, b"")

    def test_nor_without_any_word(self):
        assert Client().get(URL).status_code == 403


def test_where_it_is_not_set_up_there_is_nothing(db):
    assert Client().get(URL, HELLO).status_code == 404
    assert call("{}").status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("ours")
class TestCalls:
    def test_a_signed_call_is_taken_down(self):
        answer = call(payloads.one())
        assert (answer.status_code, answer.content) == (200, b"")
        assert Payload.objects.get().raw == payloads.one()
        assert Received.objects.get().event_id == payloads.WAMID

    def test_five_times_and_out_of_order_is_once(self):
        first, second = payloads.one(id="a"), payloads.one(id="b")
        for raw in (second, first, second, second, first):
            assert call(raw).status_code == 200
        assert sorted(Received.objects.values_list("event_id", flat=True)) == ["a", "b"]

    @pytest.mark.parametrize(
        "header",
        [
            "",
            "sha256=",
            "sha1=0000",
            "sha256=" + "0" * 64,
            signature(b"{}", "another secret"),
            "sha256=ñ",
        ],
    )
    def test_a_forged_call_leaves_a_count_and_nothing_else(self, header, caplog):
        with caplog.at_level(logging.WARNING):
            answer = call(payloads.one(), header=header)
        assert answer.status_code == 401
        assert not Payload.objects.exists()
        assert not Received.objects.exists()
        assert noted() == [("forged", "", 1)]
        assert payloads.NUMBER not in caplog.text
        assert [r.what for r in caplog.records if r.name.endswith("troubles")] == ["forged"]

    def test_one_letter_of_the_body_changed_is_forged(self):
        header = signature(payloads.one().encode(), pretend.SECRET)
        assert call(payloads.one() + " ", header=header).status_code == 401

    def test_a_flood_is_one_line(self):
        for _again in range(5):
            call("{}", header="x")
        assert noted() == [("forged", "", 5)]

    def test_what_is_no_json_is_said_to_be(self):
        assert call("x").status_code == 400
        assert call(b"\xff\xfe").status_code == 400
        assert noted() == [("unreadable", "", 2)]

    def test_too_large_is_turned_away_before_it_is_read(self, monkeypatch):
        monkeypatch.setattr(views, "MOST_BYTES", 100)
        assert call(payloads.one()).status_code == 413
        assert noted() == [("too large", "", 1)]

    def test_more_than_django_takes_of_a_form_is_still_a_call(self):
        raw = payloads.one("text", {"body": "a" * 2_600_000})
        assert call(raw).status_code == 200
        assert Received.objects.count() == 1

    def test_a_thousand_things_are_taken_and_more_than_meta_sends_are_not(self):
        many = [payloads.message(id=f"m{number}") for number in range(1000)]
        assert call(payloads.messages(*many)).status_code == 200
        assert Received.objects.count() == 1000
        too_many = [payloads.message(id=f"n{number}") for number in range(2001)]
        assert call(payloads.messages(*too_many)).status_code == 413

    def test_no_cookie_and_no_token_are_asked_for(self):
        raw = payloads.one().encode()
        answer = Client(enforce_csrf_checks=True).generic(
            "POST",
            URL,
            raw,
            content_type="application/json",
            headers={"X-Hub-Signature-256": signature(raw, pretend.SECRET)},
        )
        assert answer.status_code == 200
        assert not answer.cookies

    def test_other_methods_are_refused(self):
        assert Client().put(URL).status_code == 405

    def test_what_meta_says_of_a_template_is_noted(self):
        raw = payloads.call(payloads.REFUSED_TEMPLATE, field="message_template_status_update")
        assert call(json.dumps(raw)).status_code == 200
        assert noted() == [("template", "staffroom_digest sw REJECTED", 1)]

    def test_a_failure_of_ours_is_noted_and_one_of_theirs_is_not(self):
        ours = payloads.status("failed", errors=[{"code": 131042}])
        theirs = payloads.status("failed", id="other", errors=[{"code": 131026}])
        assert call(payloads.statuses(ours, theirs)).status_code == 200
        assert noted() == [("money", "131042", 1)]

    def test_a_fault_of_meta_is_noted(self):
        raw = payloads.call(payloads.value(errors=[{"code": 131016, "title": "…"}]))
        assert call(json.dumps(raw)).status_code == 200
        assert noted() == [("provider", "131016", 1)]


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(raw=st.binary(max_size=60) | st.text(max_size=60).map(str.encode), signed=st.booleans())
def test_no_body_at_all_breaks_the_hook(ours, raw, signed):
    answer = call(raw, header=None if signed else "sha256=0")
    assert answer.status_code in ({200, 400} if signed else {401})
    assert not Received.objects.exists()
