"""The administrator's pages and the teacher's own, as a browser without script sees them."""

import csv
import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from staffroom.core.ids import short
from staffroom.places.models import Area, ImportRun, Posting, Programme, School
from tests.conftest import make_person
from tests.places.jobs import work
from tests.places.lists import HEADER, row, to_csv

LISTED = [row(1, "Ukasi", sub_county="", zone="Kyuso"), row(2, "Nuu", sub_county="", lat=-0.8)]


@pytest.fixture
def office(world, sign_in):
    return sign_in(world.hamisi)


def upload(client, rows, name="list.csv", kind="schools", data=None):
    file = SimpleUploadedFile(name, data if data is not None else to_csv(rows).encode())
    return client.post("/places/imports/new", {"kind": kind, "file": file})


def test_a_list_goes_from_upload_to_result(office, world):
    response = upload(office, LISTED)
    run = ImportRun.objects.get()
    assert response.url == f"/places/imports/{short(run.pk)}/columns"
    page = office.get(response.url).content.decode()
    assert "<option selected>school_name</option>" in page
    assert "Ukasi, Nuu" in page
    chosen = {"c-code": "code", "c-name": "school_name", "c-County": "county", "c-Zone": "zone",
              "c-latitude": "lat", "c-longitude": "lon", "c-level": "level"}  # fmt: skip
    response = office.post(response.url, chosen)
    assert response.url.endswith("/report")
    page = office.get(response.url).content.decode()
    assert "schools created" in page
    assert not School.objects.filter(code="1").exists()
    response = office.post(response.url, {"do": "import", "on": "2026-03-01"})
    assert response.url == f"/places/imports/{short(run.pk)}/progress"
    assert not School.objects.filter(code="1").exists()
    work()
    response = office.get(response.url)
    assert response.url == f"/places/imports/{short(run.pk)}"
    assert School.objects.get(code="1").areas.get().starts == dt.date(2026, 3, 1)
    run.refresh_from_db()
    assert (run.state, run.counts["created"], bool(run.file)) == ("done", 2, False)
    assert "schools created" in office.get(response.url).content.decode()
    again = office.post(
        f"/places/imports/{short(run.pk)}/report", {"do": "import", "on": "2026-03-01"}
    )
    assert again.status_code == 302
    assert School.objects.filter(programme=world.programme).count() == 5


def test_bad_rows_stop_the_import_until_a_person_decides(office):
    url = upload(office, [*LISTED, row(3, "", sub_county="")]).url.replace("columns", "report")
    response = office.post(url, {"do": "import", "on": "2026-03-01"})
    assert response.status_code == 422
    assert "nothing was imported" in response.content.decode()
    assert not School.objects.filter(code="1").exists()
    report = b"".join(office.get(url.replace("report", "problems.csv")).streaming_content).decode()
    assert "The name is missing." in report
    office.post(url, {"do": "import", "on": "2026-03-01", "skip_bad": "on"})
    work()
    assert School.objects.filter(code__in=["1", "2", "3"]).count() == 2


def test_a_mistaken_day_or_pair_is_said_and_nothing_lost(office):
    url = upload(office, LISTED).url.replace("columns", "report")
    assert "2026-11-22" in office.post(url, {"on": "soon"}).content.decode()
    response = office.post(url, {"on": "2026-03-01", "merge": "Kyuso"})
    assert "one pair a line" in response.content.decode()
    office.post(url, {"on": "2026-03-01", "merge": "Kyuso=Mwingi", "do": "import"})
    work()
    assert School.objects.filter(code="1").exists()
    assert not Area.objects.filter(name="Kyuso").exists()


def test_a_column_without_which_nothing_works(office):
    url = upload(office, [cells[1:] for cells in LISTED], data=to_csv(
        [cells[1:] for cells in LISTED], HEADER[1:]).encode()).url  # fmt: skip
    response = office.post(url, {"c-code": "", "c-name": "school_name"})
    assert response.status_code == 422
    assert "Still without a column: Code." in response.content.decode()
    assert office.post(url, {"c-name": "school_name", "make_codes": "on"}).status_code == 302


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"MZ\x90", b"PK\x03\x04"])
def test_what_is_no_list_is_refused_on_the_form(office, data):
    response = upload(office, [], data=data)
    assert response.status_code == 422
    assert not ImportRun.objects.exists()


def test_an_upload_can_be_put_away(office):
    url = upload(office, LISTED).url.replace("columns", "discard")
    office.post(url)
    assert not ImportRun.objects.exists()
    assert office.post(url).status_code == 404


def test_the_export_comes_back_without_a_change(office, world):
    upload_url = upload(office, [*LISTED, row(3, '=cmd, "x"', sub_county="", lat=-0.7)]).url
    office.post(upload_url.replace("columns", "report"), {"do": "import", "on": "2026-03-01"})
    work()
    text = b"".join(office.get("/places/lists/schools.csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {r["code"] for r in rows} == {"hill", "river", "market", "1", "2", "3"}
    assert next(r for r in rows if r["code"] == "1")["Zone"] == "Kyuso"
    from staffroom.places.imports.dry_run import Options, dry_run

    plan = dry_run(text.encode(), world.programme, Options()).plan
    changed = {kept.code: values for kept, values in plan.change}
    assert (plan.create, plan.move, plan.missing, plan.new_areas) == ([], [], [], [])
    assert changed == {}


def test_schools_are_found_and_changed(office, world):
    assert "Hill Primary" in office.get("/places/schools?q=hil").content.decode()
    assert "River" not in office.get("/places/schools?q=hil").content.decode()
    url = f"/places/schools/{short(world.hill.pk)}"
    page = office.get(url).content.decode()
    assert "Amina Hassan" in page
    assert "Mathematics, Mwingi" not in page
    assert "+2547" not in page
    office.post(f"{url}/edit", {"code": "hill", "name": "Hilltop"})
    world.hill.refresh_from_db()
    assert (world.hill.name, world.hill.latitude) == ("Hilltop", None)
    response = office.post(f"{url}/move", {"area": "Atlantis", "on": "2026-03-01"})
    assert response.status_code == 422
    assert "Atlantis" in response.content.decode()
    office.post(f"{url}/move", {"area": "kitui", "on": "2026-03-01"})
    office.post(f"{url}/close", {"on": "2026-04-01", "into": "river"})
    world.hill.refresh_from_db()
    assert world.hill.merged_into == world.river
    assert "Reopen" not in office.get(url).content.decode()
    office.post(f"{url}/reopen")
    world.hill.refresh_from_db()
    assert world.hill.closed is None


def test_people_are_posted_moved_and_given_offices(office, world):
    zawadi = make_person("Zawadi Mwende")
    url = f"/places/schools/{short(world.river.pk)}/people/{short(zawadi.pk)}"
    assert "Zawadi" in office.get(f"/places/schools/{short(world.river.pk)}?q=zaw").content.decode()
    office.post(url, {"role": "teacher", "starts": "2026-03-01"})
    posting = Posting.objects.get(person=zawadi)
    office.post(f"/places/postings/{short(posting.pk)}/move",
                {"school": "market", "role": "head", "on": "2026-04-01"})  # fmt: skip
    assert Posting.objects.get(person=zawadi, ends=None).school == world.market
    person = f"/places/people/{short(zawadi.pk)}"
    office.post(f"{person}/oversee", {"area": "Mwingi", "starts": "2026-05-01"})
    office.post(f"{person}/appoint", {"role": "trainer", "starts": "2026-05-01"})
    assert (
        "second factor"
        in office.post(
            f"{person}/appoint", {"role": "gardener", "starts": "2026-05-01"}
        ).content.decode()
    )
    page = office.get(person).content.decode()
    assert "Trainer" in page
    assert "Mwingi" in page
    assert office.get("/places/people?q=zaw").status_code == 200


def test_another_programme_is_not_seen(office, world):
    office.post("/places/programmes/new", {"name": "Sindh", "country": "PK", "language": "ur",
                "levels": "Division\nDistrict", "timezone": "Asia/Karachi"})  # fmt: skip
    assert Programme.objects.count() == 2
    assert office.get(f"/places/schools/{short(world.hill.pk)}").status_code == 404
    office.post(f"/places/programmes/{short(world.programme.pk)}/choose")
    assert office.get(f"/places/schools/{short(world.hill.pk)}").status_code == 200


def test_a_teacher_says_where_and_takes_it_back(world, sign_in):
    amina = sign_in(world.amina)
    assert "Hill Primary" in amina.get("/places/my-postings").content.decode()
    assert "River Primary" in amina.get("/places/my-postings/new?q=river").content.decode()
    today = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    response = amina.post(
        f"/places/my-postings/new/{short(world.river.pk)}", {"starts": str(today)}, follow=True
    )
    posting = Posting.objects.get(person=world.amina, school=world.river)
    assert posting.role == "teacher"
    undo = f"/places/my-postings/{short(posting.pk)}/remove"
    assert undo in response.content.decode()
    amina.post(undo)
    assert not Posting.objects.filter(pk=posting.pk).exists()
    hill = Posting.objects.get(person=world.amina)
    amina.post(f"/places/my-postings/{short(hill.pk)}/end", {"ends": "2026-03-01"})
    hill.refresh_from_db()
    assert hill.ends == dt.date(2026, 3, 1)


def test_a_head_cannot_shake_off_the_post(world, sign_in):
    esther = sign_in(world.esther)
    posting = Posting.objects.get(person=world.esther)
    assert "Set by an administrator." in esther.get("/places/my-postings").content.decode()
    assert (
        esther.post(
            f"/places/my-postings/{short(posting.pk)}/end", {"ends": "2026-03-01"}
        ).status_code
        == 404
    )


def test_saying_it_over_and_over_is_stopped(world, sign_in):
    amina = sign_in(world.amina)
    url = f"/places/my-postings/new/{short(world.river.pk)}"
    codes = [amina.post(url, {"starts": "2026-01-01"}).status_code for _n in range(11)]
    assert codes[-1] == 429
