"""The night's backup, done by the clock and the worker, and what happens when it cannot be."""

import datetime as dt
import zipfile
from contextlib import nullcontext

import pytest

from staffroom.core import jobs, schedule
from staffroom.core.backups import Unusable, make, scheduled, seal, source, stores
from staffroom.core.clock import pretend
from staffroom.core.models import AuditEntry, DutyDone

PUBLIC, SECRET = seal.new_pair()
EVENING = dt.datetime(2026, 11, 21, 18, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _house(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    # A second connection is not allowed here; tests/cli/test_backup.py tries the snapshot.
    monkeypatch.setattr(make, "frozen", lambda: nullcontext("default"))


@pytest.fixture
def folder(settings, tmp_path):
    there = tmp_path / "there"
    there.mkdir()
    settings.BACKUP_TO = str(there)
    return there


def night(moment: dt.datetime) -> None:
    """Clock and worker, at a moment."""
    with pretend(moment):
        schedule.keep("Africa/Nairobi")
    jobs.run_due("worker")


def test_without_a_place_there_is_no_duty(settings):
    settings.BACKUP_TO = ""
    night(EVENING)
    assert not DutyDone.objects.filter(name="backup").exists()
    with pytest.raises(Unusable, match="STAFFROOM_BACKUP_TO"):
        scheduled.back_up()


def test_the_clock_gives_it_to_the_worker_at_its_hour(folder, settings):
    settings.BACKUP_KEY = [PUBLIC]
    settings.BACKUP_AT = dt.time(23, 15)
    night(EVENING)
    assert list(folder.iterdir()) == []
    night(EVENING.replace(hour=20, minute=15))  # 23:15 in Nairobi
    (made,) = folder.iterdir()
    assert made.name.endswith(".zip.age")
    assert made.stat().st_mode & 0o077 == 0
    entry = AuditEntry.objects.get(act="backup.made")
    assert entry.detail["sealed"]
    duty = DutyDone.objects.get(name="backup")
    assert duty.last_error == ""
    assert duty.due_at == EVENING.replace(day=22, hour=20, minute=15)
    with source.opened("latest", secret=SECRET) as plain, zipfile.ZipFile(plain) as archive:
        assert "manifest.json" in archive.namelist()
    assert not list(settings.DATA.glob("backing-up-*"))


def test_a_failure_is_kept_and_tried_again_in_half_an_hour(folder):
    folder.rmdir()
    night(EVENING)
    with pretend(EVENING):
        schedule.keep("Africa/Nairobi")
    DutyDone.objects.filter(name="backup").update(due_at=EVENING)
    before = scheduled.now()
    night(EVENING)
    duty = DutyDone.objects.get(name="backup")
    assert "Is the disk mounted" in duty.last_error
    # It is due at the next night at the latest, and in half an hour where that is sooner.
    assert (
        duty.due_at
        <= max(before + scheduled.AGAIN, EVENING + dt.timedelta(days=1)) + scheduled.AGAIN
    )
    folder.mkdir()
    DutyDone.objects.filter(name="backup").update(due_at=EVENING)
    night(EVENING)
    assert DutyDone.objects.get(name="backup").last_error == ""
    assert len(list(folder.iterdir())) == 1


def test_old_ones_go_only_after_a_new_one_is_there(folder, settings, monkeypatch):
    settings.BACKUP_KEEP = [2, 0, 0]
    for day in range(1, 6):
        (folder / f"staffroom-2026010{day}T013000Z.zip").write_text("old")
    (folder / "letter.txt").write_text("not ours")

    def full(self, name, file):
        raise Unusable("there is no room left.")

    with monkeypatch.context() as patch:
        patch.setattr(stores.Folder, "put", full)
        with pytest.raises(Unusable):
            scheduled.back_up()
    assert len(list(folder.iterdir())) == 6
    made = scheduled.back_up()
    assert len(made.forgotten) == 4
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["letter.txt", "staffroom-20260105T013000Z.zip", made.name]
    )


def test_nothing_leaves_in_the_clear(buckets, settings):
    settings.BACKUP_TO = "s3://copies/kenya"
    with pytest.raises(Unusable, match="staffroom backup-key"):
        scheduled.back_up()
    settings.BACKUP_KEY = [PUBLIC]
    made = scheduled.back_up()
    assert made.where == "s3://copies/kenya"
    stored = buckets.objects[f"kenya/{made.name}"]
    assert stored.startswith(seal.MAGIC)
    assert AuditEntry.objects.get(act="backup.made").detail["away"]
    with source.opened(f"s3://copies/kenya/{made.name}", secret=SECRET) as plain:
        assert zipfile.is_zipfile(plain)
    with pytest.raises(Unusable, match="--key"), source.opened("latest"):
        pass


def test_what_a_crash_left_is_swept(folder, settings):
    import os

    left = settings.DATA / "backing-up-crashed"
    left.mkdir()
    (left / "half").write_text("x")
    os.utime(left, (0, 0))
    scheduled.back_up()
    assert not left.exists()
