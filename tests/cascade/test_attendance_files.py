"""Attendance as a file: out, filled in, and back; all of it or nothing."""

import io

import pytest

from staffroom.cascade import attendance_sheet as sheets
from staffroom.cascade.actions import import_attendance as acts
from staffroom.cascade.models import Attendance, AttendanceMark, Guest
from staffroom.core.errors import Refused
from staffroom.core.ids import short
from staffroom.core.tables import csv_lines, workbook
from staffroom.places.models import TeacherNumber
from tests.cascade.test_attendance import hall, said  # noqa: F401 - a fixture

HEAD = "day,teacher_id,name,present\n"


def read(hall, text):  # noqa: F811
    return sheets.read((HEAD + text).encode(), hall.training)


def test_the_list_comes_out_and_back_without_a_change(hall):  # noqa: F811
    TeacherNumber.objects.create(programme=hall.programme, person=hall.amina, number="TSC1")
    filled = [[*row[:5], "yes" if row[1] <= "2026-12-02" else "", "", ""]
              for row in sheets.rows_of(hall.training)]  # fmt: skip
    assert {row[3] for row in filled} == {"TSC1", short(hall.nafula.pk)}
    csv = "".join(csv_lines(sheets.HEAD, filled)).encode()
    for made in (csv, workbook("attendance", sheets.HEAD, filled)):
        found = sheets.read(made, hall.training)
        assert (found.present, found.empty, found.wrong) == (4, 2, [])
        counts = acts.import_lines(by=hall.chausiku, session=hall.training, lines=found.lines)
    assert counts == {"new": 0, "same": 4}
    assert AttendanceMark.objects.filter(how="file").count() == 4
    again = list(sheets.rows_of(hall.training))
    assert [row[5] for row in again] == ["yes"] * 4 + [""] * 2


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("2026-12-09,TSC1,,yes", "day", "no day on that date"),
        ("soon,TSC1,,yes", "day", "not a date"),
        ("2026-12-02,TSC9,,yes", "teacher_id", "No teacher"),
        ("2026-12-02,TSC1,,perhaps", "present", "yes or no"),
        ("2026-12-02,TSC1,,yes\n2026-12-02,TSC1,,no", "present", "Row 2 says something else"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(hall, row, column, why):  # noqa: F811
    TeacherNumber.objects.create(programme=hall.programme, person=hall.amina, number="TSC1")
    (wrong,) = read(hall, row).wrong
    assert wrong.column == column
    assert why in wrong.why
    assert wrong.row == row.count("\n") + 2


def test_a_person_twice_with_the_same_word_counts_once(hall):  # noqa: F811
    found = read(hall, "2026-12-02,,Amina Hassan,x\n2026-12-02,,amina hassan,yes")
    assert [line["who"] for line in found.lines] == [str(hall.amina.pk)]


def test_a_name_nobody_has_is_kept_without_an_account(hall):  # noqa: F811
    found = read(hall, "2026-12-02,,Zawadi Njeri,yes")
    assert found.guests == ["Zawadi Njeri"]
    for _twice in range(2):
        acts.import_lines(by=hall.chausiku, session=hall.training, lines=found.lines)
    assert Guest.objects.count() == Attendance.objects.count() == 1
    assert "Nobody" in read(hall, "2026-12-02,,Another Name,no").wrong[0].why


def test_no_such_sheet(hall):  # noqa: F811
    with pytest.raises(Refused, match="needs the columns"):
        sheets.read(b"a,b\n1,2\n", hall.training)
    with pytest.raises(Refused):
        sheets.read(b"%PDF-1.4", hall.training)


def test_look_then_write_and_nothing_forged(hall, sign_in):  # noqa: F811
    client = sign_in(hall.chausiku)
    url = f"/training/{short(hall.training.pk)}/attendance/import"
    file = io.BytesIO((HEAD + "2026-12-02,,Amina Hassan,yes").encode())
    file.name = "sheet.csv"
    page = client.post(url, {"file": file})
    assert "Nothing is written yet" in page.content.decode()
    assert not Attendance.objects.exists()
    signed = page.context["signed"]
    assert client.post(url, {"lines": signed + "x"}).status_code == 422
    assert client.post(url, {"lines": signed}).status_code == 302
    assert said(hall, hall.amina) == "present"
    whole = b"".join(sign_in(hall.gathoni).get("/training/attendance.csv")).decode("utf-8-sig")
    assert "Amina Hassan,yes,file" in whole
    assert sign_in(hall.chausiku).get("/training/attendance.csv").status_code == 404
