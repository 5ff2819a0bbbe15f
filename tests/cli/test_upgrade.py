"""A new version brings the tables along, and leaves a way back."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import House, free_port

KEPT = (
    "from staffroom.core.models import OutboxEntry as E; print(json.dumps(E.objects.get().payload))"
)
NEWER = """
from django.db.migrations.recorder import MigrationRecorder
from django.db import connection
MigrationRecorder(connection).record_applied("core", "9999_from_the_future")
"""


@pytest.fixture
def old(make_house) -> House:
    """The tables of an earlier version, with something in them."""
    house = make_house()
    house.run("manage", "migrate", "-v", "0", "core", "0001_initial")
    house.run("manage", "migrate", "-v", "0", "contenttypes")
    house.python("from staffroom.core import outbox; outbox.put('kept', word='one')")
    return house


def test_there_and_the_way_back(old, make_house):
    waiting = old.run("upgrade", "--check", code=1).stdout
    assert "core.0002_heartbeats" in waiting
    done = json.loads(old.run("upgrade", "--json").stdout)
    assert "core.0002_heartbeats" in done["done"]
    backup = Path(done["backup"])
    assert backup.parent == old.data / "before-upgrades"
    assert backup.parent.stat().st_mode & 0o077 == 0
    assert old.run("upgrade", "--check").returncode == 0
    assert old.python(KEPT) == {"word": "one"}

    with zipfile.ZipFile(backup) as archive:
        then = json.loads(archive.read("manifest.json"))["migrations"]
    assert ["core", "0002_heartbeats"] not in then
    again = make_house()
    again.run("restore", str(backup))
    assert again.python(KEPT) == {"word": "one"}

    once_more = json.loads(old.run("upgrade", "--json").stdout)
    assert once_more["done"] == []
    assert once_more["backup"] is None


def test_a_new_house_needs_no_backup(house):
    done = json.loads(house.run("upgrade", "--json").stdout)
    assert done["backup"] is None
    assert not (house.data / "before-upgrades").exists()


def test_serve_does_it_and_says_where_the_way_back_is(old):
    process, _port = old.serve()
    process.terminate()
    said = process.stdout.read()
    assert "First a backup" in said
    assert len(list((old.data / "before-upgrades").glob("before-*.zip"))) == 1


def test_the_tables_of_a_newer_version_are_not_touched(house):
    house.run("upgrade")
    house.python(NEWER)
    port = str(free_port())
    for command in (
        ["serve", "--port", port],
        ["serve", "--port", port, "--no-migrate"],
        ["web", "--port", port],
        ["worker", "--once"],
        ["clock", "--once"],
        ["upgrade"],
    ):
        refused = house.run(*command, code=2)
        assert "belongs to a newer Staffroom" in refused.stderr, command
        assert "Traceback" not in refused.stderr


def test_an_upgrade_that_fails_tells_the_way_back(old, tmp_path):
    (tmp_path / "broken_settings.py").write_text(
        "from staffroom.config.settings import *\nINSTALLED_APPS = [*INSTALLED_APPS, 'broken']\n"
    )
    package = tmp_path / "broken" / "migrations"
    package.mkdir(parents=True)
    for folder in (package, package.parent):
        (folder / "__init__.py").write_text("")
    (package / "0001_initial.py").write_text(
        "from django.db import migrations\n"
        "def fail(apps, editor): raise ValueError('Sekret')\n"
        "class Migration(migrations.Migration):\n"
        "    initial = True\n"
        "    operations = [migrations.RunPython(fail)]\n"
    )
    old.environment["PYTHONPATH"] += f":{tmp_path}"
    old.environment["DJANGO_SETTINGS_MODULE"] = "broken_settings"
    refused = old.run("upgrade", code=2)
    assert "the upgrade failed" in refused.stderr
    assert "--replace" in refused.stderr
    assert "Sekret" not in refused.stderr
