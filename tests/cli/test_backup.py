"""A backup taken while people write, restored: every table and every file as it was, or nothing at all."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, House, drop_database, new_database, wait_for

FILL = """
import datetime as dt, uuid
from django.conf import settings
from tests.conftest import make_person, make_community, LONG_AGO
from staffroom.core import audit, outbox
from staffroom.core.clock import now
from staffroom.conversations.models import Post
from staffroom.places.models import Programme
from django.contrib.sessions.backends.db import SessionStore
programme = Programme.objects.create(name="Kenya «ك»", country="KE", phone_region="KE",
    timezone="Africa/Nairobi", ground_rules={"en": ["We are kind."], "sw": ["Tunaheshimiana."]})
people = [make_person(f"Mwalimu {n}", f"+2547000001{n:02}") for n in range(30)]
community = make_community(programme, "Mathematics, Mwingi", *people)
for n in range(300):
    Post.objects.create(community=community, author=people[n % 30], kind="message",
        text=f"Swali la {n}:\\nje, ½ + ⅓?\\u2028\\u202e")
audit.write("test.filled", actor=people[0], on=community, the_longer_key=True, count=300, a={"zz": 1, "b": 2})
store = SessionStore(); store["who"] = "x"; store.save()
for n in range(12):
    path = settings.MEDIA_ROOT / "photos" / f"{n % 3}" / f"{n}.webp"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes([n]) * (n * 1000))
"""
#: Every table as the database itself tells it, without the code that is tested.
EVERYTHING = """
import hashlib
from django.db import connection
out = {}
with connection.cursor() as cursor:
    for table in connection.introspection.table_names(cursor):
        if table in ("django_migrations", "core_auditentry"): continue
        columns = sorted(c.name for c in connection.introspection.get_table_description(cursor, table))
        cursor.execute("SELECT %s FROM %s" % (", ".join('"%s"' % c for c in columns), table))
        rows = sorted(repr(row) for row in cursor.fetchall())
        out[table] = [len(rows), hashlib.sha256(repr(rows).encode()).hexdigest()]
print(json.dumps(out))
"""
WRITER = """
import django, sys; django.setup()
from django.db import transaction
from staffroom.core.models import OutboxEntry
n = 0
while True:
    with transaction.atomic():
        OutboxEntry.objects.create(topic="left", payload={"n": n}, key=f"left {n}")
        OutboxEntry.objects.create(topic="right", payload={"n": n}, key=f"right {n}")
    n += 1
    if n == 5: print("begun", flush=True)
"""


@pytest.fixture(scope="module")
def good_house(tmp_path_factory, migrated):
    """One with data, on SQLite, and a good backup of itself beside it."""
    house = House(tmp_path_factory.mktemp("good"))
    shutil.copytree(migrated("sqlite").data, house.data, dirs_exist_ok=True)
    house.python(FILL)
    house.run("backup", str(house.data / "good.zip"))
    return house


@pytest.fixture(scope="module")
def full_house(good_house, tmp_path_factory):
    """The same on the kind of database that these tests run on."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield good_house
        return
    house = House(tmp_path_factory.mktemp("full"), new_database(server))
    house.run("restore", str(good_house.data / "good.zip"))
    yield house
    drop_database(server, house.environment["DATABASE_URL"])


@pytest.fixture
def filled(make_house, good_house, full_house):
    """`filled()`: a deployment with data; `filled("sqlite")` where the kind matters."""

    def make(kind: str = "") -> House:
        return make_house(kind, like=good_house if kind == "sqlite" else full_house)

    return make


def files(house: House) -> dict[str, str]:
    root = house.data / "files"
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file()
    }


def state(house: House) -> tuple:
    return house.python(EVERYTHING), files(house)


def manifest(backup: Path) -> dict:
    with zipfile.ZipFile(backup) as archive:
        return json.loads(archive.read("manifest.json"))


def test_every_table_and_file_returns(filled, make_house, tmp_path):
    old, new = filled(), make_house()
    backup = tmp_path / "b.zip"
    before = state(old)
    said = json.loads(old.run("backup", str(backup), "--json").stdout)
    assert said["tables"]["conversations_post"] == 300
    assert said["files"] == 12
    assert backup.stat().st_mode & 0o077 == 0  # for nobody else's eyes
    new.run("restore", str(backup))
    assert state(new) == before
    assert len(before[1]) == 12
    # Numbering goes on, references hold, and people can write again.
    new.python("from tests.conftest import make_person; make_person('New', '+254700000999')")
    assert new.run("manage", "migrate", "--check")


def test_writing_goes_on_and_the_backup_is_of_one_moment(filled, make_house, tmp_path):
    old, new = filled(), make_house()
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER],
        env=old.environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert writer.stdout.readline() == "begun\n"
        old.run("backup", str(tmp_path / "b.zip"))
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    new.run("restore", str(tmp_path / "b.zip"))
    counts = (
        "from staffroom.core.models import OutboxEntry as E\n"
        "keys = {t: sorted(p['n'] for p in E.objects.filter(topic=t).values_list('payload', flat=True))"
        " for t in ('left', 'right')}\n"
        "print(json.dumps([keys['left'] == keys['right'], len(keys['left'])]))"
    )
    same, count = new.python(counts)
    assert same
    assert count >= 5


@pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="moves to PostgreSQL and back")
def test_it_moves_from_sqlite_to_postgresql_and_back(filled, make_house, tmp_path):
    small, large, again = filled("sqlite"), make_house(), make_house("sqlite")
    before = state(small)
    small.run("backup", str(tmp_path / "small.zip"))
    large.run("restore", str(tmp_path / "small.zip"))
    large.run("backup", str(tmp_path / "large.zip"))
    first, second = manifest(tmp_path / "small.zip"), manifest(tmp_path / "large.zip")
    assert (first["database"], second["database"]) == ("sqlite", "postgresql")
    for name, table in first["tables"].items():
        if name != "core_auditentry":
            assert second["tables"][name]["rows_sha256"] == table["rows_sha256"], name
    again.run("restore", str(tmp_path / "large.zip"))
    assert state(again) == before


def test_the_keys_stay_out_unless_asked_for(filled, make_house, tmp_path):
    old, new = filled("sqlite"), make_house("sqlite")
    old.run("backup", str(tmp_path / "without.zip"))
    key = (old.data / "secret-key").read_bytes()
    with zipfile.ZipFile(tmp_path / "without.zip") as archive:
        assert not [name for name in archive.namelist() if "key" in name.rsplit("/")[-1][-4:]]
        assert all(key not in archive.read(name) for name in archive.namelist())
    old.run("backup", str(tmp_path / "with.zip"), "--with-key")
    new.run("restore", str(tmp_path / "with.zip"))
    assert (new.data / "secret-key").read_bytes() == key
    assert (new.data / "secret-key").stat().st_mode & 0o077 == 0


def test_data_is_not_replaced_unless_said_and_is_kept_then(filled, tmp_path):
    old, new = filled("sqlite"), filled("sqlite")
    old.run("backup", str(tmp_path / "b.zip"))
    present = state(new)
    refused = new.run("restore", str(tmp_path / "b.zip"), code=2)
    assert "--replace" in refused.stderr
    assert state(new) == present
    done = new.run("restore", str(tmp_path / "b.zip"), "--replace")
    assert state(new) == state(old)
    assert done.stdout.count("is kept as") == 2  # the database and the files


def test_replacing_works_on_this_kind_of_database(filled, tmp_path):
    old, new = filled(), filled()
    old.run("backup", str(tmp_path / "b.zip"))
    new.run("restore", str(tmp_path / "b.zip"), "--replace")
    assert state(new) == state(old)


def test_a_running_staffroom_is_not_replaced(filled, tmp_path):
    house = filled()
    house.run("backup", str(tmp_path / "b.zip"))
    house.start("clock")
    alive = "from staffroom.core import heartbeat as h; print(json.dumps(len(h.alive('clock'))))"
    wait_for(lambda: house.python(alive))
    refused = house.run("restore", str(tmp_path / "b.zip"), "--replace", code=2)
    assert "Stop it" in refused.stderr


def test_a_backup_made_while_running_restores_to_a_house_that_does_not_run(filled, tmp_path):
    """Else the doctor sees a worker where there is none, and restoring again is refused."""
    old, new = filled(), filled()
    old.start("clock")
    alive = "from staffroom.core import heartbeat as h; print(json.dumps(len(h.alive('clock'))))"
    wait_for(lambda: old.python(alive))
    old.run("backup", str(tmp_path / "b.zip"))
    for _time in range(2):
        new.run("restore", str(tmp_path / "b.zip"), "--replace")
    assert not new.python(alive)


def rewrite(source: Path, target: Path, change) -> None:
    """A copy of a backup in which `change(name, data)` says what each part holds."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)


def other_manifest(**changes):
    def change(name, data):
        return json.dumps(json.loads(data) | changes) if name == "manifest.json" else data

    return change


DAMAGE = {
    "truncated": (
        lambda good, bad: bad.write_bytes(good.read_bytes()[: good.stat().st_size * 2 // 3]),
        "cut off",
    ),
    "another file": (lambda good, bad: bad.write_text("name,phone\n"), "not a backup"),
    "another zip": (lambda good, bad: rewrite(good, bad, lambda n, d: d if n != "manifest.json" else None), "not a backup"),
    "missing": (lambda good, bad: None, "no file"),
    "a newer form": (lambda good, bad: rewrite(good, bad, other_manifest(format=99)), "newer Staffroom"),
    "a newer version": (
        lambda good, bad: rewrite(
            good, bad, other_manifest(migrations=[["core", "0001_initial"], ["core", "9999_later"]])
        ),
        "newer Staffroom",
    ),
    "a changed row": (
        lambda good, bad: rewrite(
            good, bad, lambda n, d: d.replace(b"Mwalimu 7", b"Mwalimu 8") if "people_person" in n else d
        ),
        "damaged (table people_person)",
    ),
    "a lost row": (
        lambda good, bad: rewrite(
            good, bad, lambda n, d: d[: d.rindex(b"\n", 0, -1) + 1] if "conversations_post" in n else d
        ),
        "damaged (table conversations_post)",
    ),
    "a changed file": (
        lambda good, bad: rewrite(good, bad, lambda n, d: d[:-1] if n.endswith("/7.webp") else d),
        "damaged (file",
    ),
    "a file that climbs out": (
        lambda good, bad: rewrite(
            good, bad, other_manifest(files={"../../evil": {"bytes": 1, "sha256": "0"}})
        ),
        "damaged",
    ),
}  # fmt: skip


def on_disk(house: House) -> dict[str, bytes]:
    """The database file and the members' files, byte for byte."""
    whole = [house.data / "staffroom.sqlite3", *(house.data / "files").rglob("*.webp")]
    return {str(path): path.read_bytes() for path in whole}


@pytest.mark.parametrize("kind", DAMAGE)
def test_what_is_not_a_whole_backup_changes_nothing(good_house, tmp_path, kind):
    make_bad, sentence = DAMAGE[kind]
    bad = tmp_path / "bad.zip"
    make_bad(good_house.data / "good.zip", bad)
    before = on_disk(good_house)
    refused = good_house.run("restore", str(bad), "--replace", code=2)
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr
    assert on_disk(good_house) == before
    assert not list(good_house.data.glob("*.restoring"))
    assert not list(good_house.data.glob("*.before-*"))


def test_a_failure_half_way_changes_nothing(filled, good_house, tmp_path):
    """References to rows that are not there are noticed only when everything is loaded."""
    from staffroom.core.backups.rows import Sum

    def orphan(name, data):
        if name == "tables/people_consent.jsonl":
            return b""
        if name == "tables/people_person.jsonl":
            return b""
        if name == "manifest.json":
            content = json.loads(data)
            for table in ("people_consent", "people_person"):
                content["tables"][table] |= Sum().as_dict()
            return json.dumps(content)
        return data

    rewrite(good_house.data / "good.zip", tmp_path / "bad.zip", orphan)
    house = filled()
    before = state(house)
    refused = house.run("restore", str(tmp_path / "bad.zip"), "--replace", code=2)
    assert "damaged" in refused.stderr
    assert state(house) == before


def test_an_existing_file_is_not_overwritten(filled, tmp_path):
    house = filled("sqlite")
    (tmp_path / "b.zip").write_text("precious")
    assert "--force" in house.run("backup", str(tmp_path / "b.zip"), code=2).stderr
    assert (tmp_path / "b.zip").read_text() == "precious"
