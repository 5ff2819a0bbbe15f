"""What people wrote with an earlier version is all there with this one."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import OLD

HERE = Path(__file__).resolve().parent.parent / "data"
BACKUPS = sorted(HERE.glob("v*/backup.zip"))
#: Rows that come and go by themselves: what a migration adds, what runs now.
NOT_COUNTED = {
    "core_auditentry",
    "core_heartbeat",
    "django_migrations",
    "django_content_type",
    "auth_permission",
}
COUNTS = """
from django.db import connection
out = {}
with connection.cursor() as cursor:
    for table in connection.introspection.table_names(cursor):
        cursor.execute('SELECT count(*) FROM "%s"' % table)
        out[table] = cursor.fetchone()[0]
print(json.dumps(out))
"""
READ = """
from django.conf import settings
settings.STORAGES = settings.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
from django.test import Client
from django.urls import reverse
from staffroom.communities.models import Community
from staffroom.conversations.models import Photo, Post
from staffroom.people.consent import VERSION
from staffroom.people.models import Consent, Person
community = Community.objects.get(name="Mathematics, Mwingi")
question = Post.objects.get(text__startswith="Why does dividing by")
photo = Photo.objects.get(post=question)
def browser(name):
    person = Person.objects.get(name=name)
    Consent.objects.get_or_create(person=person, version=VERSION, defaults={"language": "en"})
    client = Client(headers={"host": "localhost"})
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session["second_factor"] = person.is_staff
    session.save()
    return client
pages = {
    "stream": reverse("stream", args=[community.pk]),
    "tea": reverse("tea", args=[community.pk]),
    "question": reverse("question", args=[community.pk, question.pk]),
    "photo": reverse("photo", args=[community.pk, photo.pk]),
    "members": reverse("members", args=[community.pk]),
    "rules": reverse("rules", args=[community.pk]),
    "today": reverse("today"),
}
out = {}
for name in ("Amina Hassan", "Esther Nduku"):
    client = browser(name)
    out[name] = {}
    for page, address in pages.items():
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        out[name][page] = [answer.status_code, body.decode("utf-8", "replace")]
print(json.dumps(out))
"""


def test_there_is_something_to_guard():
    assert [path.parent.name for path in BACKUPS] >= ["v0.1"]
    assert all(path.stat().st_size < 150_000 for path in BACKUPS)


@pytest.mark.parametrize("backup", BACKUPS, ids=lambda path: path.parent.name)
def test_an_old_backup_is_brought_up_to_date_and_read(make_house, request, backup):
    if backup == OLD:
        house = make_house(like=request.getfixturevalue("grown"))
    else:
        house = make_house()
        house.run("restore", str(backup))
    with zipfile.ZipFile(backup) as archive:
        then = json.loads(archive.read("manifest.json"))
    house.run("manage", "migrate", "--check")
    now = house.python(COUNTS)
    lost = {
        name: (table["rows"], now[name])
        for name, table in then["tables"].items()
        if name in now and name not in NOT_COUNTED and now[name] < table["rows"]
    }
    assert not lost
    # What was written is found at once: the old search text became entries of the index.
    assert (
        now["core_searchentry"]
        >= then["tables"].get("conversations_searchtext", {"rows": 1})["rows"]
    )
    assert all((house.data / "files" / name).is_file() for name in then["files"])

    said = house.python(READ)
    for page, (status, _) in said["Amina Hassan"].items():
        assert status == 200, page
    amina = {page: body for page, (_, body) in said["Amina Hassan"].items()}
    assert "Why does dividing by ½ make more?" in amina["question"]
    assert "Tumia karatasi: ½ + ⅓." in amina["question"]
    assert "سب کو سلام" in amina["tea"]
    assert "Her class solved it alone." in amina["stream"]
    assert "Sekret-rule" in amina["rules"]
    # She heads the school of two members, then as now.
    esther = said["Esther Nduku"]
    assert {status for page, (status, _) in esther.items() if page != "today"} == {404}
