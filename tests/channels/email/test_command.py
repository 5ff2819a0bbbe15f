"""`staffroom email`, and what the doctor says."""

import pytest

from staffroom.channels.email import boxes, doctor
from staffroom.cli import main

pytestmark = pytest.mark.django_db


def test_one_letter_tries_the_server(post, capsys):
    assert main(["email", "test", "me@example.org"]) == 0
    assert post.letters[0]["to"] == "me@example.org"
    post.says = {"RCPT": "550 5.1.1 gone"}
    assert main(["email", "test", "me@example.org"]) == 2
    assert "550" in capsys.readouterr().err


def test_a_letter_that_came_back(world, capsys):
    assert main(["email", "refused", "Gathoni@example.org"]) == 0
    assert boxes.is_refused(world.gathoni)
    assert main(["email", "again", "gathoni@example.org"]) == 0
    assert not boxes.is_refused(world.gathoni)
    assert main(["email", "again", "gathoni@example.org"]) == 2
    assert main(["email", "refused", "nobody@example.org"]) == 2


def test_the_doctor(post, settings):
    assert [each.level for each in doctor.findings()] == ["ok"]
    post.says = {"": "554 go away"}
    assert [each.level for each in doctor.findings()] == ["warn"]
    settings.EMAIL_FROM = ""
    assert [each.level for each in doctor.findings()] == ["fail"]
    settings.EMAIL_URL = ""
    assert doctor.findings() == []
