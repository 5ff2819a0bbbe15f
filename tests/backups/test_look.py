"""What `staffroom doctor` says of backups."""

import datetime as dt

import pytest

from staffroom.core.backups.look import backups
from staffroom.core.clock import now
from staffroom.core.models import AuditEntry, DutyDone

pytestmark = pytest.mark.django_db


def found() -> list[tuple[str, str, str]]:
    findings = list(backups())
    assert all(finding.how for finding in findings if finding.level != "ok")
    return [(finding.level, finding.name, finding.what) for finding in findings]


def made(age: float = 0.1, act: str = "backup.made", **detail) -> None:
    AuditEntry.objects.create(act=act, at=now() - dt.timedelta(days=age), detail=detail)


@pytest.fixture
def folder(settings, tmp_path):
    settings.BACKUP_TO = str(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("age", "level"), [(None, "warn"), (8, "warn"), (1.5, "ok")])
def test_by_hand_once_a_week_is_enough(age, level):
    if age:
        made(age)
    ((said, _, _),) = found()
    assert said == level


@pytest.mark.parametrize(("age", "level"), [(None, "warn"), (1.5, "warn"), (1, "ok")])
def test_every_night_where_it_is_scheduled(folder, age, level):
    if age:
        made(age)
    assert found()[0][0] == level


def test_one_from_the_future_is_none():
    made(-2)
    assert found()[0][2] == "No backup in the last week. There has never been one."


def test_a_failure_is_told_with_its_reason(folder):
    made()
    DutyDone.objects.create(name="backup", due_at=now(), last_error="there is no room left.")
    assert found()[0] == ("fail", "backups", "The last try failed: there is no room left.")


def test_a_store_that_is_not_there_is_told(settings, tmp_path):
    made()
    settings.BACKUP_TO = str(tmp_path / "not mounted")
    assert ("fail", "backups") in {(level, name) for level, name, _ in found()}


def test_where_others_come_it_is_sealed_away_and_tried(settings):
    settings.PUBLIC = True
    made()
    said = [what for level, _, what in found() if level == "warn"]
    assert [words for words in ("not sealed", "own disk", "tried yet") if any(words in w for w in said)] == [
        "not sealed",
        "own disk",
        "tried yet",
    ]  # fmt: skip
    made(0.05, sealed=True, away=True)
    made(36, act="backup.drilled")
    ((_, name, what),) = [finding for finding in found() if finding[0] == "warn"]
    assert name == "drill"
    assert "tried since" in what
    made(34, act="backup.drilled")
    assert {level for level, _, _ in found()} == {"ok"}
