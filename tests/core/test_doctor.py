"""Each thing that can be wrong is found, and its finding says how to mend it."""

import datetime as dt

import pytest
from django_tasks_db.models import DBTaskResult

from staffroom.core import doctor, health, heartbeat, hooks, outbox
from staffroom.core.clock import now
from staffroom.core.models import AuditEntry, DutyDone, OutboxEntry


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.DATA.mkdir(mode=0o700)


def found(check) -> list[tuple[str, str]]:
    findings = list(check())
    assert all(finding.how for finding in findings if finding.level != doctor.OK)
    return [(finding.level, finding.what) for finding in findings]


def levels(check) -> set[str]:
    return {level for level, _ in found(check)}


def test_a_new_installation_with_everything_running(db, settings):
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").write_text("{}")
    for kind in ("worker", "clock"):
        heartbeat.Beat(kind).beat()
    AuditEntry.objects.create(act="backup.made")
    named = {item.name: item.level for item in doctor.examine() if item.name != "database"}
    assert set(named.values()) == {"ok"}, named


def test_no_worker_is_a_warning_until_something_waits(db):
    assert [level for level, _ in found(doctor.processes)] == ["warn", "warn"]
    OutboxEntry.objects.create(topic="said", due_at=now() - dt.timedelta(minutes=5))
    assert found(doctor.processes)[0][0] == "fail"
    assert found(doctor.outbox_entries)[0][0] == "warn"
    heartbeat.Beat("worker").beat()
    assert found(doctor.processes)[0][0] == "ok"


def test_a_worker_of_another_version_is_told(db, monkeypatch):
    monkeypatch.setattr(heartbeat, "__version__", "0.0.1")
    heartbeat.Beat("worker").beat()
    assert found(doctor.processes)[0] == ("warn", "A worker of another version is running.")


def test_what_was_given_up_is_one_line_a_person_can_act_on(db):
    for _ in range(2):
        OutboxEntry.objects.create(topic="sms.send", dead_at=now(), last_error="ProviderError")
    ((level, what),) = found(doctor.outbox_entries)
    assert level == "fail"
    assert what == "Given up after many tries: 2 sms.send (ProviderError)."
    assert "staffroom outbox --retry" in next(iter(doctor.outbox_entries())).how
    outbox.retry_dead("sms.send")
    assert levels(doctor.outbox_entries) == {"ok"}


def test_failed_jobs_and_duties_are_told(db):
    assert levels(doctor.jobs_failed) == levels(doctor.duties) == {"ok"}
    DBTaskResult.objects.create(
        status="FAILED",
        finished_at=now(),
        args_kwargs={},
        task_path="a.b",
        exception_class_path="ValueError",
        backend_name="default",
        run_after=now(),
    )
    DutyDone.objects.create(name="nightly", due_at=now(), last_error="ValueError")
    assert "1 a.b (ValueError)" in found(doctor.jobs_failed)[0][1]
    assert levels(doctor.duties) == {"warn"}


@pytest.mark.parametrize(
    ("free", "total", "level"),
    [
        (10, 10**11, "fail"),
        (9 * 10**8, 10**9, "warn"),
        (9 * 10**9, 10**11, "warn"),
        (2 * 10**10, 10**11, "ok"),
    ],
)
def test_a_disk_fills(monkeypatch, free, total, level):
    usage = type("Usage", (), {"free": free, "total": total})
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: usage)
    assert levels(doctor.disk) == {level}


def test_others_may_not_read_the_keys(settings):
    assert levels(doctor.folders) == {"ok"}
    key = settings.DATA / "secret-key"
    key.write_text("x")
    key.chmod(0o644)
    ((level, what),) = found(doctor.folders)
    assert level == "warn"
    assert str(key) in what


def test_static_files_must_be_collected():
    assert levels(doctor.static_files) == {"fail"}


def test_a_clock_that_was_set_back_is_noticed(db):
    AuditEntry.objects.create(act="x", at=now() + dt.timedelta(days=2))
    assert levels(doctor.time) == {"fail"}


def test_without_a_database_the_rest_is_still_looked_at(monkeypatch):
    monkeypatch.setattr(health, "answers", lambda: False)
    named = {item.name: item.level for item in doctor.examine()}
    assert named["database"] == "fail"
    assert {"disk", "static files"} <= set(named)


def test_old_tables_are_told_before_anything_reads_them(db, monkeypatch):
    monkeypatch.setattr(health, "migrated", lambda: False)
    named = {item.name: item.level for item in doctor.examine()}
    assert named["migrations"] == "fail"
    assert "outbox" not in named


def test_a_check_that_breaks_hides_no_other(db, monkeypatch):
    hook = hooks.Hook("doctor")
    hook.add(lambda: 1 / 0)
    monkeypatch.setattr(hooks, "doctor", hook)
    named = {item.name: item.what for item in doctor.examine()}
    assert "ZeroDivisionError" in named["rooms"]
    assert "backups" in named


def test_the_database_is_looked_at(db):
    assert found(doctor.database)[-1][0] in {"ok", "fail"}  # in memory, SQLite cannot do WAL
    assert "fail" not in levels(doctor.time)
