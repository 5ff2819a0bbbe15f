"""Lists go out and come back without a change; codes of other systems have their days."""

import datetime as dt
import io

import pytest
from django.urls import reverse

from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.tables import csv_lines, workbook
from staffroom.people.models import Person
from staffroom.places import lists, queries
from staffroom.places.actions.codes import add_code, end_code, import_codes
from staffroom.places.actions.import_teachers import import_teachers
from staffroom.places.imports import export, sheet
from staffroom.places.imports.codes import dry_run_codes
from staffroom.places.imports.dry_run import Options, dry_run
from staffroom.places.imports.teachers import dry_run_teachers
from staffroom.places.models import ImportRun, SchoolCode
from tests.places.jobs import work
from tests.places.lists import to_csv

DAY, LATER = dt.date(2026, 1, 1), dt.date(2026, 9, 1)
HEAD = ["school", "system", "code", "starts", "ends"]
READ = {"schools": dry_run, "teachers": dry_run_teachers, "codes": dry_run_codes}


def file_of(made, form: str) -> bytes:
    head, rows = made
    if form == "xlsx":
        return workbook("list", head, rows)
    return "".join(csv_lines(head, rows)).encode()


@pytest.fixture
def codes(world):
    def bring(rows, **options):
        run = dry_run_codes(
            to_csv(rows, HEAD).encode(), world.programme, Options(on=LATER, **options)
        )
        return import_codes(by=None, programme=world.programme, run=run, file_name="c.csv")

    return bring


@pytest.fixture
def filled(world, codes):
    head = ["TSC No", "Name", "Phone", "School", "Role", "Subjects", "Grades", "Sex", "From"]
    rows = [
        [
            "T1",
            "Zawadi Mwende",
            "0712345671",
            "hill",
            "",
            "Maths, Kiswahili",
            "6-8",
            "F",
            "2026-01-01",
        ],
        ["T2", "=Evil", "", "hill", "head", "", "", "", "2025-01-01"],
    ]
    run = dry_run_teachers(to_csv(rows, head).encode(), world.programme, Options(on=DAY))
    import_teachers(by=None, programme=world.programme, run=run, file_name="t.csv")
    codes(
        [["hill", "EMIS", "007", "2026-01-01", ""], ["hill", "Payroll", "9", "2020", "2026-01-01"]]
    )
    return world


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("key", ["schools", "teachers", "codes"])
def test_out_and_in_again_changes_nothing(filled, key, form):
    data = file_of(lists.of(key).table(filled.programme), form)
    run = READ[key](data, filled.programme, Options())
    assert not run.checked.bad
    counts = run.plan.counts()
    assert counts.pop("unchanged") >= 2
    assert not any(counts.values()), counts


def test_a_phone_in_use_stays_here(filled):
    head, rows = export.teachers(filled.programme)
    phones = {row[0]: row[head.index("phone")] for row in rows}
    assert phones["T1"] == "+254712345671"
    Person.objects.filter(name="Zawadi Mwende").update(enrolled_at=now())
    assert not any(row[head.index("phone")] for row in export.teachers(filled.programme)[1])


def test_a_new_code_ends_the_one_before(world, codes):
    codes([["hill", "EMIS", "007", "2026-01-01", ""]])
    run = codes([["hill", "EMIS", "A-8", "", ""]])
    assert run.counts["created"] == 1
    assert run.counts["changed"] == 1
    assert list(SchoolCode.objects.values_list("code", "starts", "ends")) == [
        ("007", DAY, LATER),
        ("A-8", LATER, None),
    ]
    assert run.kind == ImportRun.Kind.CODES
    assert codes([["hill", "EMIS", "A-8", "", ""]]).counts["unchanged"] == 1


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([["nowhere", "EMIS", "1", "", ""]], "unknown_school"),
        ([["hill", "", "1", "", ""]], "no_system"),
        ([["hill", "EMIS", "", "", ""]], "no_code"),
        ([["hill", "EMIS", "2.01E+08", "", ""]], "rounded_code"),
        ([["hill", "EMIS", "1", "soon", ""]], "bad_date"),
        ([["hill", "EMIS", "1", "2026-02-01", "2026-01-01"]], "bad_order"),
        ([["hill", "EMIS", "1", "", ""], ["hill", "EMIS", "2", "", ""]], "same_code"),
        ([["hill", "EMIS", "1", "", ""], ["river", "EMIS", "1", "", ""]], "code_elsewhere"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_with_its_row(world, codes, rows, kind):
    run = dry_run_codes(to_csv(rows, HEAD).encode(), world.programme, Options(on=LATER))
    assert kind in {problem.kind for problem in run.checked.problems if problem.row >= 2}
    with pytest.raises(Refused):
        codes(rows)
    assert not SchoolCode.objects.exists()


def test_codes_that_a_full_list_does_not_name_end(world, codes):
    codes([["hill", "EMIS", "1", "2026-01-01", ""], ["river", "EMIS", "2", "2026-01-01", ""]])
    codes([["hill", "EMIS", "1", "", ""]], close_missing=True)
    assert SchoolCode.objects.get(code="2").ends == LATER


def test_teachers_are_posted_by_any_systems_code(world, codes):
    codes([["hill", "Payroll", "ST-5", "2026-01-01", ""]])
    rows = [["T7", "Mumo Kioko", "ST-5"]]
    run = dry_run_teachers(
        to_csv(rows, ["TSC No", "Name", "Station"]).encode(), world.programme, Options()
    )
    assert [record.school for record in run.checked.records] == ["hill"]
    assert [s.code for s in queries.search_schools(world.programme, "ST-5")] == ["hill"]


def test_by_hand(world):
    made = add_code(by=world.hamisi, school=world.hill, system="EMIS", code="1", starts=DAY)
    with pytest.raises(Refused, match="hill has this code"):
        add_code(by=world.hamisi, school=world.river, system="EMIS", code="1", starts=LATER)
    with pytest.raises(NotYours):
        end_code(by=world.gathoni, code=made, ends=LATER)
    end_code(by=world.hamisi, code=made, ends=LATER)
    add_code(by=world.hamisi, school=world.river, system="EMIS", code="1", starts=LATER)
    assert queries.other_codes(world.programme, LATER) == {"1": "river"}
    assert queries.other_codes(world.programme, DAY) == {"1": "hill"}


def test_on_the_screen(filled, sign_in):
    client = sign_in(filled.hamisi)
    assert b"list_out" not in client.get(reverse("lists")).content
    answer = client.get(reverse("list_out", args=["teachers", "xlsx"]))
    table = sheet.read(answer.content)
    assert table.header[0] == "number"
    assert "=Evil" in {row[1][1] for row in table.rows}
    text = b"".join(client.get(reverse("list_out", args=["schools", "csv"]))).decode("utf-8-sig")
    assert text.startswith("code,name")
    assert client.get(reverse("list_out", args=["schools", "pdf"])).status_code == 404
    page = client.get(reverse("school", args=[filled.hill.pk]))
    assert "007" in page.content.decode()
    client.post(
        reverse("school_code_new", args=[filled.hill.pk]),
        {"system": "EMIS", "code": "8", "starts": today().isoformat()},
    )
    assert SchoolCode.objects.get(code="007").ends == today()


def test_an_upload_of_codes_is_imported_by_the_worker(world, sign_in):
    client = sign_in(world.hamisi)
    file = io.BytesIO(to_csv([["hill", "EMIS", "1", "", ""]], HEAD).encode())
    file.name = "codes.csv"
    answer = client.post(reverse("import_new"), {"kind": "codes", "file": file})
    run = ImportRun.objects.get()
    assert answer.url == reverse("import_columns", args=[run.pk])
    client.post(answer.url, {})
    assert "codes added" in client.get(reverse("import_report", args=[run.pk])).content.decode()
    client.post(
        reverse("import_report", args=[run.pk]), {"do": "import", "on": today().isoformat()}
    )
    assert work() == 1
    assert SchoolCode.objects.get().code == "1"
