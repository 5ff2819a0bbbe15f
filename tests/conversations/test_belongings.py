import io
import zipfile

import pytest
from django.core.files.storage import default_storage

from staffroom.conversations.actions.drafts import save
from staffroom.conversations.actions.mute import mute_person
from staffroom.conversations.actions.photos import attach, keep
from staffroom.conversations.actions.report import report
from staffroom.conversations.belongings import erase, export, export_files
from staffroom.conversations.models import Draft, Mute, Photo, Report
from tests.conversations.makers import a_picture, a_post


@pytest.fixture
def things(world):
    world.post = a_post(world.maths, world.amina)
    attach(post=world.post, by=world.amina, files=[a_picture()])
    keep(by=world.amina, community=world.maths, file=a_picture(colour="red"))
    save(by=world.amina, community=world.maths, place="ask", fields={"text": "Half a thought"})
    mute_person(by=world.amina, other=world.nafula, community=world.maths)
    mute_person(by=world.nafula, other=world.amina, community=world.maths)
    about = a_post(world.maths, world.otieno)
    report(by=world.amina, post=about, reason="unkind", note="He knows me from college")
    report(by=world.nafula, post=world.post, reason="other", note="Nafula wrote this")
    return world


def test_all_of_it_is_taken_along_and_nothing_of_others(things):
    data = export(things.amina)
    assert {kind: len(rows) for kind, rows in data.items()} == {
        "photos": 2, "drafts": 1, "mutes": 1, "reports": 1, "decisions": 0,
    }  # fmt: skip
    assert "Half a thought" in str(data)
    assert "Nafula wrote this" not in str(data)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        export_files(things.amina, archive)
    with zipfile.ZipFile(file) as archive:
        assert sorted(archive.namelist()) == sorted(row["file"] for row in data["photos"])
        assert archive.read(archive.namelist()[0]).startswith(b"RIFF")


@pytest.mark.parametrize("kept", [True, False])
def test_it_is_forgotten(things, kept, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        erase(things.amina, keep_contributions=kept)
    assert Photo.objects.count() == kept
    assert bool(default_storage.listdir("photos")[1]) == kept
    assert not Photo.objects.filter(owner=things.amina).exists()
    assert not Draft.objects.exists()
    assert not Mute.objects.exists()
    mine = Report.objects.get(reason="unkind")
    assert (mine.reporter, mine.note) == (None, "")
    assert Report.objects.get(reason="other").note == "Nafula wrote this"
    assert not any(export(things.amina).values())
