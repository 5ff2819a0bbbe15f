"""Logs tell what happened and where, never who wrote what."""

import json
import logging
import re

import pytest
from django.test import Client
from django.urls import reverse

from staffroom.core import ids, outbox
from staffroom.core.logs import JsonLines
from staffroom.core.models import OutboxEntry

WORDS = ["Sekret-question", "Sekret-answer", "Sekret-search", "Sekret-profile"]


@pytest.fixture
def lines():
    """Every line that the server would write, as text."""
    written: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    keep = Keep()
    keep.setFormatter(JsonLines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(keep)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(keep)
    root.setLevel(level)


def test_a_day_leaves_no_name_number_word_or_token(world, lines):
    """Sign in with a wrong and a right code, ask, answer, search, look where one may not, sign out."""
    browser = Client(REMOTE_ADDR="203.0.113.77", headers={"user-agent": "Sekret-phone"})
    browser.post("/sign-in", {"phone": "0700 000 001"})
    payload = OutboxEntry.objects.filter(topic="sms.send").latest("id").payload
    code = re.search(r"\d{6}", payload["text"]).group()
    browser.post("/sign-in/code", {"code": "000000" if code != "000000" else "111111"})
    assert browser.post("/sign-in/code", {"code": code}).status_code == 302
    session = browser.session.session_key
    here = {"community": world.maths.pk}
    asked = browser.post(
        reverse("ask", kwargs=here),
        {
            "text": f"{WORDS[0]} with sixty pupils?",
            "topic": "Fractions",
            "grade": "7",
            "language": "en",
            "id": str(ids.uuid7()),
        },
    )
    browser.get(reverse("stream", kwargs=here))
    browser.get(reverse("search"), {"q": WORDS[2]})
    browser.post("/me/profile", {"name": WORDS[3]})
    browser.get(f"/c/{ids.short(world.maths.pk)}/nothing-here?phone=+254700000001")
    other = Client()
    other.force_login(world.farid, backend="staffroom.people.backends.Backend")
    other.get(reverse("stream", kwargs=here))
    outbox.deliver()
    browser.post("/sign-out")

    assert asked.status_code in {200, 302}
    assert len(lines) >= 9
    text = "\n".join(lines)
    people = [world.amina, world.farid]
    forbidden = [
        *WORDS, code, session, "Sekret-phone", "203.0.113.77",
        *(person.name for person in people), *(person.name.split()[0] for person in people),
        *(str(person.phone) for person in people), "700000001", "700 000 001",
        *(str(person.pk) for person in people), ids.short(world.maths.pk), "csrf", "?phone",
    ]  # fmt: skip
    assert [word for word in forbidden if word in text] == []
    routes = {json.loads(line).get("route") for line in lines}
    assert {"sign_in", "sign_in_code", "ask", "stream", "search"} <= routes


def test_a_fault_is_logged_by_class_and_place_never_by_its_text(world, lines, monkeypatch):
    def fails(*args, **kwargs):
        raise ValueError("Amina Hassan +254700000001")

    monkeypatch.setattr("staffroom.core.frame.frame", fails)
    monkeypatch.setattr("django.shortcuts.render", fails)
    monkeypatch.setattr("staffroom.core.hooks.frame", [fails])
    browser = Client(raise_request_exception=False)
    browser.force_login(world.amina, backend="staffroom.people.backends.Backend")
    assert browser.get("/me").status_code == 500
    faults = [json.loads(line) for line in lines if "request.fault" in line]
    assert faults[0]["error"] == "ValueError"
    assert faults[0]["route"] == "me"
    assert any("test_logs.py" in place for place in faults[0]["where"])
    assert "Amina" not in "\n".join(lines)
    assert "254" not in "\n".join(lines)


def test_a_handler_that_fails_logs_its_class_alone(db, lines, monkeypatch):
    monkeypatch.setattr(outbox, "_handlers", outbox.defaultdict(list))

    def fails(payload):
        raise ValueError(payload["to"])

    outbox.on("said", fails)
    outbox.put("said", to="+254700000001")
    outbox.deliver()
    (line,) = [json.loads(line) for line in lines if "outbox.failed" in line]
    assert line["failure"] == "ValueError"
    assert "254" not in json.dumps(line)


def test_a_line_is_one_json_object(lines):
    logging.getLogger("staffroom.test").warning("two\nlines", extra={"count": 2})
    (line,) = lines
    assert "\n" not in line
    assert json.loads(line) | {"at": ""} == {
        "at": "",
        "level": "warning",
        "logger": "staffroom.test",
        "event": "two\nlines",
        "count": 2,
    }
