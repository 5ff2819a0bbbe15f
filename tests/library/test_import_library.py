"""A folder and a spreadsheet: every mistake by row and column, all or nothing, a second run doubles nothing."""

import io
import json
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from staffroom.cli import main
from staffroom.core.errors import NotYours, Refused
from staffroom.library.actions import resources as actions
from staffroom.library.actions.import_library import import_library
from staffroom.library.importing import values
from staffroom.library.importing.files import in_folder, in_zip
from staffroom.library.models import Edition, Resource
from staffroom.places.imports.sheet import read
from tests.core.papers import a_pdf
from tests.library.makers import STORY

HEADER = "id,file,link,title,type,subject,grade,language,licence,author,shelf mark\n"
GOOD = HEADER + (
    "1,stories/Wind.md,,Wind,Story,English,Grade 1-2,en,CC BY 4.0,African Storybook,x\n"
    '2,plan.pdf,,,Lesson plan,"Mathematics; Science",PP2|4,English,CC-BY-NC-SA,,\n'
    "3,,https://example.org/film,Film,video,,,Kiswahili,all rights reserved,,\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "wind.md").write_text(STORY)
    (tmp_path / "plan.pdf").write_bytes(a_pdf())
    (tmp_path / "more.pdf").write_bytes(a_pdf(1))
    return tmp_path


def run(world, folder, text, **more):
    options = {"by": world.gathoni, "programme": world.programme} | more
    return import_library(sheet=read(text.encode()), files=in_folder(folder), **options)


def on_disk():
    return default_storage.listdir("library")[1] if default_storage.exists("library") else []


def test_taken_in_once_and_mended_by_a_second_run(world, folder):
    done = run(world, folder, GOOD)
    assert done.done
    assert done.counts == {"rows": 3, "new": 3, "changed": 0, "unchanged": 0, "left_out": 0}
    assert done.not_named == ["more.pdf"]
    assert [(p.column, p.severity) for p in done.problems] == [("shelf mark", "warning")]
    wind, plan, film = Resource.objects.order_by("key")
    assert (wind.title, wind.grades, wind.licence, wind.for_all) == ("Wind", [1, 2], "cc-by", True)
    assert (plan.title, plan.subjects, plan.grades) == ("plan", ["mathematics", "science"], [0, 4])
    assert (film.language, film.licence, film.link) == ("sw", "rights", "https://example.org/film")

    again = run(world, folder, GOOD)
    assert again.counts["unchanged"] == 3
    assert Edition.objects.count() == 2
    assert len(on_disk()) == 2

    (folder / "plan.pdf").write_bytes(a_pdf(5))
    mended = run(world, folder, GOOD.replace(",Wind,", ",The wind,"))
    assert mended.counts["changed"] == 2
    wind.refresh_from_db()
    plan.refresh_from_db()
    assert (wind.title, wind.edition) == ("The wind", 1)
    assert (plan.pages, plan.edition) == (5, 2)


def test_what_was_taken_out_by_hand_stays_out(world, folder):
    run(world, folder, GOOD)
    actions.remove(by=world.gathoni, resource=Resource.objects.get(key="1"))
    assert run(world, folder, GOOD).counts["left_out"] == 1
    assert Resource.objects.get(key="1").removed_at


def test_every_mistake_with_row_and_column_and_nothing_written(world, folder):
    (folder / "locked.pdf").write_bytes(a_pdf(password="x"))
    bad = GOOD + (
        "4,lost.pdf,,Lost,Story,,,,,,\n"
        "5,locked.pdf,,Locked,Story,,,,,,\n"
        "6,more.pdf,,More,Pamphlet,Alchemy,Grade 99,Klingon,,,\n"
        "7,,,Neither,Story,,,,,,\n"
        "1,more.pdf,,Again,Story,,,,,,\n"
        "8,,javascript:x,Evil,Video,,,,,,\n"
    )
    done = run(world, folder, bad)
    assert not done.done
    found = {(p.row, p.column): p.reason for p in done.errors}
    assert set(found) == {
        (5, "file"), (6, "file"), (7, "type"), (7, "subject"), (7, "grade"), (7, "language"),
        (8, "file"), (9, "id"), (10, "link"),
    }  # fmt: skip
    assert "no such file" in found[5, "file"]
    assert "password" in found[6, "file"]
    assert "Row 2 has the same" in found[9, "id"]
    assert not Resource.objects.exists()
    assert not on_disk()


def test_a_dry_run_opens_everything_and_writes_nothing(world, folder):
    done = run(world, folder, GOOD, dry_run=True)
    assert (done.done, done.counts["new"], done.errors) == (False, 3, [])
    assert not Resource.objects.exists()
    assert not on_disk()


def test_into_a_community_and_by_whom(world, folder):
    done = run(world, folder, GOOD, by=None, community=world.maths)
    assert done.done
    assert not Resource.objects.filter(for_all=True).exists()
    for person in (world.amina, world.esther):
        with pytest.raises(NotYours):
            run(world, folder, GOOD, by=person)


def test_a_file_is_only_found_in_its_folder(world, folder, tmp_path):
    (folder / "link.md").symlink_to("/etc/hostname")
    text = (
        HEADER
        + "1,../secret.md,,x,Story,,,,,,\n2,link.md,,y,Story,,,,,,\n3,/etc/hostname,,z,Story,,,,,,\n"
    )
    assert len(run(world, folder, text).errors) == 3


def test_a_list_without_files(world, folder):
    with pytest.raises(Refused, match="no column “file”"):
        run(world, folder, "title,type\nWind,Story\n")


def test_a_zip_with_its_list():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("things/list.csv", GOOD)
        made.writestr("things/stories/wind.md", STORY)
        made.writestr("things/__MACOSX/x", "x")
    name, files = in_zip(zipfile.ZipFile(out), most=1000)
    assert name == "things/list.csv"
    assert list(files.readers) == ["stories/wind.md"]
    assert files.read(files.find("Stories\\WIND.md")) == STORY.encode()


@pytest.mark.parametrize(
    ("text", "code"),
    [("CC BY", "cc-by"), ("cc-by-sa 3.0", "cc-by-sa"), ("Creative Commons BY-NC 4.0 International", "cc-by-nc"),
     ("CC0", "cc0"), ("Public Domain", "cc0"), ("own work", "own"), ("", "")],
)  # fmt: skip
def test_licences_as_people_write_them(text, code):
    assert values.licence(text) == code


def test_grades_as_people_write_them():
    assert values.grades("Grade 4 - 6; PP1") == [-1, 4, 5, 6]
    assert values.grades("Darasa la 3، Form 3") == [3, 11]
    with pytest.raises(Refused):
        values.grades("everybody")


def test_the_command(world, folder, capsys):
    (folder / "list.csv").write_text(GOOD)
    assert main(["import-library", str(folder), str(folder / "list.csv"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["imported"], told["counts"]["new"]) == (True, 3)
    (folder / "list.csv").write_text(GOOD.replace("plan.pdf", "lost.pdf"))
    assert main(["import-library", str(folder), str(folder / "list.csv")]) == 1
    assert "row 3, file “lost.pdf”" in capsys.readouterr().out
    assert main(["import-library", str(folder / "none"), "x.csv"]) == 2


def test_the_office_sends_a_zip(world, sign_in):
    def sent(text):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            made.writestr("list.csv", text)
            made.writestr("stories/wind.md", STORY)
            made.writestr("plan.pdf", a_pdf())
        return SimpleUploadedFile("many.zip", out.getvalue())

    browser, url = sign_in(world.hamisi), reverse("import_library")
    bad = browser.post(url, {"file": sent(GOOD.replace("plan.pdf", "lost.pdf"))})
    assert bad.status_code == 422
    assert "lost.pdf" in bad.content.decode()
    assert not Resource.objects.exists()
    assert browser.post(url, {"file": sent(GOOD), "look": "on"}).status_code == 200
    assert not Resource.objects.exists()
    done = browser.post(url, {"file": sent(GOOD)}).content.decode()
    assert "New: 3." in done
    assert Resource.objects.filter(for_all=True).count() == 3
    told = browser.post(url, {"file": SimpleUploadedFile("x.zip", b"PK\x03\x04 no zip")})
    assert "no zip file" in told.content.decode()
