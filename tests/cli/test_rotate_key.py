"""`staffroom rotate-key`: the key files, step by step, and what it refuses."""

import os
import subprocess
import sys

import pytest

from staffroom.cli import BadInput, main, rotate_key
from staffroom.conversations.actions import ask_without_name
from staffroom.core import heartbeat


@pytest.fixture
def keys(settings, tmp_path, monkeypatch):
    """A data folder with a seal key, as settings would read it; `keys()` reads them anew."""
    settings.DATA = tmp_path
    path, old = tmp_path / "seal-key", tmp_path / "seal-old-key"
    path.write_text("first-key")
    monkeypatch.delenv("STAFFROOM_SEAL_KEY", raising=False)

    def read() -> None:
        settings.SEAL_KEY = path.read_text()
        settings.SEAL_OLD_KEYS = old.read_text().split() if old.exists() else []

    read()
    read.path, read.old = path, old
    return read


def test_begun_restarted_ended(world, keys, capsys):
    ask_without_name(by=world.amina, community=world.maths, text="?")
    assert main(["rotate-key", "seal"]) == 0
    assert keys.old.read_text() == "first-key"
    assert keys.path.read_text() not in {"", "first-key"}
    for path in (keys.old, keys.path):
        assert path.stat().st_mode & 0o077 == 0
    assert "Restart" in capsys.readouterr().out
    keys()
    assert main(["rotate-key", "seal"]) == 0
    out = capsys.readouterr().out
    assert "1 in all, 1 to close anew" in out
    assert "taken away" in out
    assert not keys.old.exists()
    assert keys.path.read_text() not in out


def test_killed_between_the_two_files(keys):
    """The old key was written under its new name, and the new one was not made yet."""
    keys.old.write_text("first-key")
    keys()
    assert main(["rotate-key", "seal"]) == 0
    assert keys.old.read_text() == "first-key"
    assert keys.path.read_text() != "first-key"


def test_nothing_is_changed_while_a_box_does_not_open(world, keys, settings, capsys):
    settings.SEAL_KEY = "a key that was lost"
    ask_without_name(by=world.amina, community=world.maths, text="?")
    keys()
    main(["rotate-key", "seal"])
    keys()
    assert main(["rotate-key", "seal"]) == 2
    error = capsys.readouterr().err
    assert "1 of questions without a name" in error
    assert "STAFFROOM_OLD_SEAL_KEYS" in error
    assert keys.old.exists()


def test_a_worker_that_does_not_know_the_new_key(db, keys):
    beat = heartbeat.Beat("worker")
    main(["rotate-key", "seal"])
    os.utime(keys.path, (keys.path.stat().st_mtime + 5,) * 2)
    beat.beat()
    keys()
    with pytest.raises(BadInput, match="Restart Staffroom"):
        rotate_key._go_on("seal", finish=False)


def test_a_key_of_the_environment_is_changed_there(keys, monkeypatch, capsys):
    monkeypatch.setenv("STAFFROOM_SEAL_KEY", "first-key")
    assert main(["rotate-key", "seal"]) == 0
    out = capsys.readouterr().out
    assert "STAFFROOM_OLD_SEAL_KEYS" in out
    assert "first-key" not in out
    assert keys.path.read_text() == "first-key"
    assert not keys.old.exists()


def test_the_settings_read_the_key_that_was_put_aside(tmp_path):
    environ = {"PATH": os.environ["PATH"], "STAFFROOM_DATA": str(tmp_path)}
    (tmp_path / "account-old-key").write_text("old\n")
    program = (
        "from staffroom.config import settings as s;"
        "assert s.ACCOUNT_OLD_KEYS == ['old'] and s.SEAL_OLD_KEYS == []"
    )
    subprocess.run(
        [sys.executable, "-c", program], env=environ | {"PYTHONPATH": os.getcwd()}, check=True
    )
