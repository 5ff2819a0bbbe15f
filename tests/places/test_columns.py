"""Columns are guessed by name in four languages, by content where names fail, and a person decides."""

import io

import openpyxl
import pytest

from staffroom.core.errors import Refused
from staffroom.places.imports import geo, sheet
from staffroom.places.imports.check import check_schools
from staffroom.places.imports.columns import choose, guess, missing
from staffroom.places.imports.records import Fixes

LEVELS = ["County", "Sub-county", "Zone"]


def names(header, found):
    return {what: header[index] for what, index in found.at.items()}


@pytest.mark.parametrize(
    ("header", "levels", "expected", "areas"),
    [
        (
            ["EMIS Code", "Name of School", "Ownership", "COUNTY", "sub_county", "Zone Name", "Lat", "Long"],
            LEVELS,
            {"code": "EMIS Code", "name": "Name of School", "sector": "Ownership", "latitude": "Lat",
             "longitude": "Long"},
            ["COUNTY", "sub_county", "Zone Name"],
        ),
        (
            ["Code école", "Nom de l'école", "Statut", "Niveau", "Région", "Département"],
            ["Région", "Département"],
            {"code": "Code école", "name": "Nom de l'école", "sector": "Statut", "level": "Niveau"},
            ["Région", "Département"],
        ),
        (
            ["Namba ya shule", "Jina la shule", "Ngazi", "Umiliki", "Mkoa", "Wilaya", "Kata"],
            ["Region", "District", "Ward"],
            {"code": "Namba ya shule", "name": "Jina la shule", "level": "Ngazi", "sector": "Umiliki"},
            ["Mkoa", "Wilaya", "Kata"],
        ),
        (
            ["کوڈ", "اسکول کا نام", "سطح", "ضلع", "تحصیل", "عرض بلد", "طول بلد"],
            ["District", "Tehsil"],
            {"code": "کوڈ", "name": "اسکول کا نام", "level": "سطح", "latitude": "عرض بلد",
             "longitude": "طول بلد"},
            ["ضلع", "تحصیل"],
        ),
    ],
    ids=["en", "fr", "sw", "ur"],
)  # fmt: skip
def test_by_name(header, levels, expected, areas):
    found = guess(header, [], levels=levels)
    assert names(header, found) == expected
    assert [header[index] for index in found.areas if index is not None] == areas


def test_teachers_by_name():
    header = ["Matricule", "Nom et prénom", "Téléphone", "Code école", "Fonction", "Sexe"]
    assert names(header, guess(header, [], kind="teachers")) == {
        "number": "Matricule", "name": "Nom et prénom", "phone": "Téléphone",
        "school": "Code école", "role": "Fonction", "gender": "Sexe",
    }  # fmt: skip
    header = ["نمبر", "نام", "فون", "اسکول کوڈ", "عہدہ"]
    assert set(guess(header, [], kind="teachers").at) == {
        "number",
        "name",
        "phone",
        "school",
        "role",
    }


def test_a_teachers_name_has_its_apostrophe():
    header = ["TSC No", "Teacher’s Name", "School code"]
    found = guess(header, [], kind="teachers")
    assert names(header, found) == {
        "number": "TSC No",
        "name": "Teacher’s Name",
        "school": "School code",
    }


def test_by_content_where_names_say_nothing():
    header = ["A", "B", "C", "D", "E"]
    rows = [
        (str(n + 100), f"School of {n}", "Primary", str(36 + n / 50), str(-1 - n / 50))
        for n in range(40)
    ]
    found = guess(header, rows, country="KE")
    assert names(header, found) == {"code": "A", "name": "B", "longitude": "D", "latitude": "E"}
    assert set(found.why.values()) == {"content"}


def test_a_person_decides_over_the_guess():
    header = ["code", "objectid", "school_name", "status"]
    found = guess(header, [])
    chosen = choose(header, found, {"code": "objectid", "sector": "", "name": "SCHOOL NAME"})
    assert names(header, chosen) == {"code": "objectid", "name": "school_name"}
    assert missing(choose(header, found, {"code": ""}), "schools") == ["code"]
    assert missing(choose(header, found, {"code": ""}, make_codes=True), "schools") == []
    with pytest.raises(Refused, match="no column “nothing”"):
        choose(header, found, {"code": "nothing"})


def test_two_columns_of_one_name_can_both_be_meant():
    table = sheet.read(b"Name,Name,Code\nUkasi,Kitui,1\n")
    assert table.header == ("Name", "Name (2)", "Code")


def workbook(*rows, merge=()) -> bytes:
    book = openpyxl.Workbook()
    for cells in rows:
        book.active.append(cells)
    for area in merge:
        book.active.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_merged_cells_are_told_with_their_range_and_filled_when_asked():
    table = sheet.read(
        workbook(["Code", "School name", "County"], [1, "Ukasi", "Kitui"], [2, "Nuu", None],
                 [3, "Kyuso", None], [4, "Mui", "Kitui"], merge=["C2:C4"])
    )  # fmt: skip
    found = guess(table.header, [], levels=["County"])
    told = check_schools(table, found, ["County"], "KE", Fixes())
    assert [
        (p.row, p.kind, p.args["range"]) for p in told.problems if p.kind == "merged_cells"
    ] == [
        (3, "merged_cells", "C2:C4"),
        (4, "merged_cells", "C2:C4"),
    ]
    assert {record.code for record in told.records} == {"1", "4"}
    filled = check_schools(table, found, ["County"], "KE", Fixes(fill_merged=True))
    assert {record.path for record in filled.records} == {("kitui",)}
    assert len(filled.records) == 4


def test_merged_cells_in_columns_that_are_not_read_do_not_matter():
    table = sheet.read(
        workbook(
            ["Code", "School name", "Remark"], [1, "Ukasi", "x"], [2, "Nuu", None], merge=["C2:C3"]
        )
    )
    found = guess(table.header, [])
    assert not check_schools(table, found, [], "KE", Fixes()).bad


def test_distances_boxes_and_spread():
    assert geo.km_between((0, 36), (0, 37)) == pytest.approx(111.2, abs=0.1)
    assert geo.km_between((60, 36), (60, 37)) == pytest.approx(55.6, abs=0.1)
    assert geo.box_of("ke").holds(-1.3, 36.8)
    assert geo.box_of("XX") is None
    points = [(-1 - n / 100, 36 + n / 100) for n in range(60)] + [(51.5, 0.1)]
    box = geo.spread(points)
    assert box.holds(-1.3, 36.3)
    assert not box.holds(51.5, 0.1)
    assert geo.spread(points[:5]) is None
