"""Folders and buckets: what arrives is whole, and what goes wrong is said in a sentence."""

import socket

import pytest

from staffroom.core.backups import Unusable, s3
from staffroom.core.backups.stores import store_at


@pytest.fixture(params=["folder", "bucket", "bucket without prefix"])
def store(request, tmp_path):
    if request.param == "folder":
        (tmp_path / "there").mkdir()
        return store_at(str(tmp_path / "there"))
    request.getfixturevalue("buckets")
    return store_at("s3://copies/kenya/one" if request.param == "bucket" else "s3://copies")


def test_what_is_put_is_listed_fetched_and_deleted(store, tmp_path):
    source, back = tmp_path / "source", tmp_path / "back"
    names = [f"staffroom-2026110{n}T013000Z.zip" for n in range(1, 6)] + ["a b+c&ü.zip"]
    for number, name in enumerate(names):
        source.write_bytes(bytes([number]) * 100_000)
        store.put(name, source)
    assert store.names() == sorted(names)
    for number, name in enumerate(names):
        store.fetch(name, back)
        assert back.read_bytes() == bytes([number]) * 100_000
    for name in names[:-1]:
        store.delete(name)
    assert store.names() == names[-1:]
    with pytest.raises(
        Unusable, match=names[0] if "folder" in str(type(store)).lower() else "not in"
    ):
        store.fetch(names[0], back)


def test_a_large_one_goes_in_parts(buckets, tmp_path, monkeypatch):
    monkeypatch.setattr(s3, "LARGE", 1_000_000)
    monkeypatch.setattr(s3, "PART", 400_000)
    source = tmp_path / "large"
    source.write_bytes(bytes(range(256)) * 8000)
    store = store_at("s3://copies/x")
    store.put("large.zip", source)
    assert buckets.objects["x/large.zip"] == source.read_bytes()
    assert len([asked for asked in buckets.asked if "partNumber" in asked]) == 6
    assert buckets.uploads == {}


def test_parts_that_fail_leave_nothing_behind(buckets, tmp_path, monkeypatch):
    monkeypatch.setattr(s3, "LARGE", 1_000_000)
    monkeypatch.setattr(s3, "PART", 400_000)
    source = tmp_path / "large"
    source.write_bytes(bytes(2_000_000))
    buckets.fail = [("PUT", 403, "AccessDenied")]
    with pytest.raises(Unusable, match="does not let us write"):
        store_at("s3://copies/x").put("large.zip", source)
    assert buckets.uploads == {}
    assert buckets.objects == {}


def test_a_passing_weakness_of_the_store_is_borne(buckets, tmp_path):
    buckets.fail = [("PUT", 503, "SlowDown"), ("GET", 500, "InternalError")]
    (tmp_path / "f").write_bytes(b"x")
    store = store_at("s3://copies")
    store.put("f", tmp_path / "f")
    assert store.names() == ["f"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"BACKUP_SECRET_KEY": "another"},
            "does not let us list what is in it .SignatureDoesNotMatch",
        ),
        ({"BACKUP_ACCESS_KEY": "AKOTHER"}, "does not let us"),
        ({"BACKUP_REGION": "us-west-9"}, "does not let us"),
    ],
)
def test_a_wrong_key_is_said(buckets, settings, changes, sentence):
    for name, value in changes.items():
        setattr(settings, name, value)
    with pytest.raises(Unusable, match=sentence):
        store_at("s3://copies").names()


def test_no_key_no_bucket_no_right_no_store(buckets, settings, tmp_path, monkeypatch):
    (tmp_path / "f").write_bytes(b"x")
    with pytest.raises(Unusable, match="no bucket other"):
        store_at("s3://other").names()
    with pytest.raises(Unusable, match="names no bucket"):
        store_at("s3://")
    buckets.may_write = False
    with pytest.raises(Unusable, match="does not let us write to"):
        store_at("s3://copies").put("f", tmp_path / "f")
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.BACKUP_ENDPOINT = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        with pytest.raises(Unusable, match="cannot be reached"):
            store_at("s3://copies").names()
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    settings.BACKUP_ACCESS_KEY = settings.BACKUP_SECRET_KEY = ""
    with pytest.raises(Unusable, match="STAFFROOM_BACKUP_ACCESS_KEY"):
        store_at("s3://copies").names()


def test_what_does_not_come_whole_is_not_taken(buckets, tmp_path):
    (tmp_path / "f").write_bytes(b"x" * 100_000)
    store = store_at("s3://copies")
    store.put("f", tmp_path / "f")
    buckets.cut = 5000
    with pytest.raises(Unusable, match=r"cannot be reached|did not come whole"):
        store.fetch("f", tmp_path / "back")


def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    store = store_at(str(tmp_path / "not mounted"))
    (tmp_path / "f").write_bytes(b"x")
    with pytest.raises(Unusable, match="Is the disk mounted"):
        store.put("f", tmp_path / "f")
    assert not (tmp_path / "not mounted").exists()


def test_a_full_folder_is_said_and_left_clean(tmp_path, monkeypatch):
    import errno
    import shutil

    def full(source, target):
        target.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    (tmp_path / "there").mkdir()
    (tmp_path / "f").write_bytes(b"x")
    with pytest.raises(Unusable, match="no room left"):
        store_at(str(tmp_path / "there")).put("f", tmp_path / "f")
    assert list((tmp_path / "there").iterdir()) == []
