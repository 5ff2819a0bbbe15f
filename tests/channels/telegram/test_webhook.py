"""Telling Telegram where to call, and what `staffroom doctor` and the command say of it."""

import json

import pytest
from django.test import Client

from staffroom.channels.switchboard.models import Received
from staffroom.channels.switchboard.pretend import Answer
from staffroom.channels.telegram import doctor, webhook
from staffroom.channels.telegram.inbound import ALLOWED
from staffroom.cli import main

AMINA = 5_100_200_300
OURS = "https://staffroom.example.org/hooks/telegram/"


@pytest.fixture(autouse=True)
def _public(settings):
    settings.HOSTS = ["staffroom.example.org"]


def levels() -> list[str]:
    return [finding.level for finding in doctor.findings()]


def test_the_command_enters_our_address_and_takes_it_back(telegram, capsys):
    assert main(["telegram", "webhook-set", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["address"] == OURS
    assert telegram.webhook["secret_token"] == webhook.secret()
    assert telegram.webhook["allowed_updates"] == ALLOWED
    assert main(["telegram", "webhook-delete"]) == 0
    assert telegram.webhook == {}
    assert "address: \n" in capsys.readouterr().out


def test_bad_input_is_one_line_and_two(telegram, settings, capsys):
    settings.HOSTS = []
    assert main(["telegram", "webhook-set"]) == 2
    assert "HTTPS" in capsys.readouterr().err
    telegram.faults = [Answer(401, b'{"ok": false, "error_code": 401}')]
    assert main(["telegram", "webhook"]) == 2
    settings.TELEGRAM_BOT = ""
    assert main(["telegram", "webhook"]) == 2
    assert "STAFFROOM_TELEGRAM_BOT" in capsys.readouterr().err


@pytest.mark.django_db
def test_what_waited_while_we_were_away_comes_in_order(telegram, settings):
    settings.ALLOWED_HOSTS = ["*"]
    telegram.call = lambda url, headers, body: (
        Client(headers={k: v for k, v in headers.items() if k != "Content-Type"})
        .post("/hooks/telegram/", body, content_type="application/json")
        .status_code
    )
    for text in ("one", "two"):
        telegram.say(AMINA, text)
    webhook.enter(OURS)
    telegram.say(AMINA, "three")
    assert telegram.waiting == []
    assert Received.objects.count() == 3


def test_the_doctor_is_content(telegram):
    webhook.enter(OURS)
    assert levels() == ["ok", "ok"]


def test_the_doctor_finds_what_is_wrong(telegram, settings):
    assert levels() == ["ok", "fail"]  # no webhook
    webhook.enter("https://elsewhere.example.org/")
    assert levels() == ["ok", "fail"]
    settings.TELEGRAM_POLLING = True
    assert levels() == ["ok", "fail"]  # both ways at once
    webhook.remove()
    assert levels() == ["ok", "ok"]
    settings.TELEGRAM_BOT = "another_bot"
    assert levels() == ["fail", "ok"]
    settings.TELEGRAM_TOKEN = "700700:wrong"
    (finding,) = doctor.findings()
    assert "token" in finding.what
    settings.TELEGRAM_TOKEN = ""
    (finding,) = doctor.findings()
    assert "STAFFROOM_TELEGRAM_TOKEN" in finding.what
    settings.TELEGRAM_BOT = ""
    assert doctor.findings() == []


def test_the_doctor_says_so_where_telegram_is_silent(telegram):
    telegram.close()
    assert levels() == ["warn"]
