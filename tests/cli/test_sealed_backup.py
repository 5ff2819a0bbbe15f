"""From the settings to a house that came back: sealed backups, restored and drilled, by the commands."""

import json
import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import OLD, House

POSTS = "from staffroom.conversations.models import Post; print(json.dumps(Post.objects.count()))"


@pytest.fixture(scope="module")
def pair() -> dict[str, str]:
    from staffroom.core.backups.seal import new_pair

    return dict(zip(("public", "secret"), new_pair(), strict=True))


@pytest.fixture
def key(pair, tmp_path):
    path = tmp_path / "key.txt"
    path.write_text(f"# opens the backups\n{pair['secret']}\n")
    return str(path)


@pytest.fixture
def old_house(make_house, grown, tmp_path, pair) -> House:
    """With people's words in it, and a folder for sealed backups."""
    (tmp_path / "store").mkdir()
    return make_house(
        like=grown,
        STAFFROOM_BACKUP_TO=str(tmp_path / "store"),
        STAFFROOM_BACKUP_KEY=pair["public"],
    )


def test_there_and_back(old_house, make_house, key, tmp_path):
    made = json.loads(old_house.run("backup", "--json").stdout)
    (file,) = (tmp_path / "store").iterdir()
    assert made["file"] == str(file)
    assert file.name in old_house.run("backup", "--list").stdout
    assert b"Why does dividing" not in file.read_bytes()

    drilled = old_house.run("restore-drill", "--key", key)
    assert "comes back whole" in drilled.stdout
    found = json.loads(old_house.run("doctor", "--json", code=None).stdout)
    assert not [item for item in found if item["name"] == "drill" and item["level"] != "ok"]

    new = make_house(STAFFROOM_BACKUP_TO=str(tmp_path / "store"))
    assert "--key" in new.run("restore", "latest", code=2).stderr
    new.run("restore", "latest", "--key", key)
    assert new.python(POSTS) == old_house.python(POSTS) > 5
    assert not list(new.data.glob("backing-up-*"))


def test_a_file_of_ones_own_may_be_sealed_too(old_house, make_house, key, tmp_path):
    file = tmp_path / "mine.zip.age"
    old_house.run("backup", str(file), "--with-key")
    new = make_house("sqlite")
    new.run("restore", str(file), "--key", key)
    key_there = (old_house.data / "secret-key").read_bytes()
    assert (new.data / "secret-key").read_bytes() == key_there


def test_keys_are_made_and_explained(make_house):
    house = make_house("sqlite")
    made = json.loads(house.run("backup-key", "--json").stdout)
    assert made["public"].startswith("age1")
    assert made["secret"].startswith("AGE-SECRET-KEY-1")
    said = house.run("backup-key").stdout
    assert "must NOT be kept on this machine" in said
    assert not house.data.exists()


def other_key(file: Path, key: Path) -> None:
    from staffroom.core.backups.seal import new_pair

    key.write_text(new_pair()[1])


def cut(file: Path, key: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5000])


def flip(file: Path, key: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.write_bytes(content)


def no_key(file: Path, key: Path) -> None:
    key.write_text("nothing")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (other_key, "closed for another one"),
        (cut, "cut off or damaged"),
        (flip, "cut off or damaged"),
        (no_key, "AGE-SECRET-KEY-1"),
    ],
)
def test_what_does_not_open_changes_nothing(old_house, make_house, key, tmp_path, spoil, sentence):
    file = tmp_path / "b.zip.age"
    old_house.run("backup", str(file))
    spoil(file, Path(key))
    before = old_house.python(POSTS)
    for words in (["restore", str(file), "--replace"], ["restore-drill", str(file)]):
        refused = old_house.run(*words, "--key", key, code=2)
        assert sentence in refused.stderr
        assert "Traceback" not in refused.stderr
    assert old_house.python(POSTS) == before


def test_a_drill_finds_what_is_missing():
    from staffroom.core.backups.drill import compare

    manifest = {
        "tables": {"a": {"rows": 3}, "gone": {"rows": 1}},
        "files": {"x": {"sha256": "1"}, "y": {"sha256": "2"}},
    }
    good = {"rows": {"a": 3}, "files": {"x": "1", "y": "2"}, "migrated": True, "pages": {"p": 200}}
    assert compare(manifest, good) == []
    bad = {"rows": {"a": 2}, "files": {"x": "0"}, "migrated": False, "pages": {"p": 500}}
    assert len(compare(manifest, bad)) == 5


def test_a_drill_refuses_what_restore_refuses(old_house, tmp_path):
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(OLD) as old, zipfile.ZipFile(bad, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[:-40] if name.endswith("_post.jsonl") else data)
    assert "damaged" in old_house.run("restore-drill", str(bad), code=2).stderr


@pytest.fixture
def small_disk(tmp_path):
    """A disk of its own, which is soon full."""
    place = tmp_path / "small"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(place)], capture_output=True
    )
    if done.returncode:
        pytest.skip("only root may mount a disk to fill")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_fills_while_backing_up(old_house, small_disk):
    files = old_house.data / "files" / "photos"
    (files / "noise.webp").write_bytes(os.urandom(3_000_000))
    refused = old_house.run("backup", str(small_disk / "b.zip"), code=2)
    assert "no room on the disk" in refused.stderr
    refused = old_house.run("backup", str(small_disk / "b.zip.age"), code=2)
    assert "no room on the disk" in refused.stderr
    old_house.environment["STAFFROOM_BACKUP_TO"] = str(small_disk)
    refused = old_house.run("backup", code=2)
    assert "no room left" in refused.stderr
    assert list(small_disk.iterdir()) == []


@pytest.mark.parametrize("room", [True, False])
def test_a_disk_that_fills_while_restoring(make_house, small_disk, room):
    """Found out before, and where the guess was wrong, half way: nothing is changed by either."""
    house = make_house("sqlite")
    house.environment["STAFFROOM_DATA"] = str(small_disk / "data")
    if not room:
        folder = small_disk.parent / "patch"
        folder.mkdir()
        (folder / "guess_settings.py").write_text(
            "from staffroom.config.settings import *\n"
            "import shutil, types\n"
            "shutil.disk_usage = lambda path: types.SimpleNamespace(free=10**12, total=10**12)\n"
        )
        house.environment["PYTHONPATH"] += f"{os.pathsep}{folder}"
        house.environment["DJANGO_SETTINGS_MODULE"] = "guess_settings"
    refused = house.run("restore", str(OLD), code=2)
    assert ("there is no room" in refused.stderr) or ("became full half way" in refused.stderr)
    assert "Traceback" not in refused.stderr
    left = [path.name for path in (small_disk / "data").rglob("*") if path.is_file()]
    assert "staffroom.sqlite3.restoring" not in left
    assert not [name for name in left if name.endswith(".webp")]
