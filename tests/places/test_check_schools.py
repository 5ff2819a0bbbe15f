"""Every fault of a list of schools: found, told with its row, and mended when asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffroom.core.tables import safe_cell
from staffroom.places.imports import values
from staffroom.places.imports.names import distance, fold, near
from staffroom.places.imports.problems import KINDS, by_kind
from staffroom.places.imports.records import Fixes
from staffroom.places.imports.report import problems_csv
from tests.places.lists import HEADER, check, kinds, row

GOOD = [row(n, f"School {n}", lat=-0.9 - n / 100) for n in range(1, 30)]


def test_a_good_list_has_nothing_to_tell():
    checked = check(GOOD)
    assert checked.problems == []
    assert len(checked.records) == 29
    assert checked.records[0].path == ("kitui", "mwingi central", "mwingi")


@pytest.mark.parametrize(
    ("bad", "kind"),
    [
        (row("", "Ukasi"), "no_code"),
        (row(90, ""), "no_name"),
        (row(5, "Another"), "same_code"),
        (row("2.01E+08", "Ukasi"), "rounded_code"),
        (row(90, "x" * 161), "too_long"),
        (row(90, "Ukasi", zone="x" * 121), "too_long"),
        (row(90, "Ukasi", lat="north"), "not_a_number"),
        (row(90, "Ukasi", lat=""), "half_coordinate"),
        (row(90, "Ukasi", lat=38.06, lon=-0.93), "swapped"),
        (row(90, "Ukasi", lat=0, lon=0), "zero"),
        (row(90, "Ukasi", lat=-4.1, lon=-39.9), "sign_lost"),
        (row(90, "Ukasi", lat=51.5, lon=60), "outside"),
    ],
)
def test_a_row_with_an_error_is_set_aside_and_told(bad, kind):
    checked = check([*GOOD, bad])
    assert kind in kinds(checked, 31)
    assert 31 in checked.bad
    assert 31 not in {record.row for record in checked.records}
    problem = next(p for p in checked.problems if p.row == 31 and p.kind == kind)
    assert problem.reason
    assert "%(" not in problem.reason


def test_one_code_twice_sets_both_rows_aside_and_names_both():
    checked = check([row(7, "Ukasi"), row(8, "Kyuso", lat=-0.8), row("7.0", "Nuu", lat=-0.7)])
    assert [record.code for record in checked.records] == ["8"]
    assert {p.row for p in checked.problems if p.kind == "same_code"} == {2, 4}
    assert "2, 4" in checked.problems[0].reason or "2, 4" in checked.problems[1].reason


def test_a_repeated_row_is_taken_once():
    checked = check([row(7, "Ukasi"), row(7, "Ukasi")])
    assert len(checked.records) == 1
    assert kinds(checked) == {"repeated_row"}


@pytest.mark.parametrize(
    ("odd", "kind"),
    [
        (row(90, "School 1", lat=-0.5), "same_name"),
        (row(90, "Ukasi", lat=-0.91), "shared_place"),
        (row(90, "Ukasi", lat="", lon=""), "no_coordinates"),
        (row(90, "Ukasi", zone="", lat=-0.5), "missing_levels"),
        (row(90, "Ukasi", county="", sub_county="", zone="", lat=-0.5), "no_area"),
        (row(90, "Ukasi Ã©cole", lat=-0.5), "mangled"),
        (row(90, "Ukasi", zone="MWINGI", lat=-0.5), "area_spelled"),
        (row(90, "Ukasi", zone="Mwinga", lat=-0.5), "area_alike"),
        (row(90, "Ukasi", county="Kitui North", lat=-0.5), "area_extends"),
        (row(90, "Ukasi", sub_county="Mwingi West", lat=-0.5), "area_split"),
        (row(90, "Ukasi", lat=4.9, lon=34.0), "far_from_all"),
    ],
)
def test_what_is_odd_is_told_and_taken(odd, kind):
    checked = check([*GOOD, odd])
    assert kind in kinds(checked)
    assert 31 not in checked.bad
    assert 31 in {record.row for record in checked.records}


def test_a_school_beside_another_county_is_told_with_the_distances():
    others = [
        row(f"b{n}", f"Bomet {n}", county="Bomet", sub_county="Sotik", zone="Sotik",
            lat=-0.8 - n / 100, lon=35.3)
        for n in range(12)
    ]  # fmt: skip
    lost = row("90", "Ukasi", lat=-0.85, lon=35.31)
    checked = check([*GOOD, *others, lost])
    told = next(p for p in checked.problems if p.kind == "far_from_area")
    assert told.row == 43
    assert "Kitui" in told.reason
    assert "Bomet 1 km" in told.reason


def test_a_sub_county_that_slipped_under_another_county_is_told():
    many = [row(n, f"S {n}", lat=-0.9 - n / 1000) for n in range(40)]
    checked = check([*many, row("x", "Odd", county="Machakos", lat=-0.8)])
    assert "area_elsewhere" in kinds(checked, 42)


def test_fixes_mend_what_they_say():
    swapped = row(90, "Ukasi", lat=38.06, lon=-0.935)
    checked = check([*GOOD, swapped], Fixes(swapped=True))
    record = next(r for r in checked.records if r.code == "90")
    assert (record.latitude, record.longitude) == (-0.935, 38.06)
    assert kinds(checked, 31) == {"swapped_back"}
    sea = row(90, "Ukasi", lat=0, lon=0)
    checked = check([*GOOD, sea], Fixes(drop_coordinates=True))
    assert next(r for r in checked.records if r.code == "90").latitude is None
    assert kinds(checked, 31) == {"dropped_coordinates"}


def test_merged_spellings_are_one_area():
    rows = [row(1, "A"), row(2, "B", county="Kitui North", lat=-0.5)]
    checked = check(rows, Fixes(merge={"kitui  NORTH": "Kitui"}))
    assert {record.path[0] for record in checked.records} == {"kitui"}
    assert "area_extends" not in kinds(checked)


def test_where_no_box_is_known_the_other_rows_are_the_measure():
    far = [*GOOD, row(90, "Ukasi", lat=48.8, lon=2.3)]
    problem = next(p for p in check(far, country="FJ").problems if p.row == 31)
    assert problem.kind == "outside"
    assert "other rows" in problem.reason


def test_the_report_opens_in_a_spreadsheet_and_runs_nothing():
    checked = check([row("", "=HYPERLINK(1)"), row("1", "Ukasi", lat="=2+2")])
    text = "".join(problems_csv(checked.problems))
    assert text.splitlines()[0] == "Row,Column,Value,Severity,Reason"
    assert ",'=2+2," in text
    assert safe_cell("-0.93") == "-0.93"
    assert safe_cell("-cmd") == "'-cmd"


def test_kinds_are_counted_errors_first():
    found = by_kind(check([row("", "A"), row("2", "B", zone=""), row("", "C")]).problems)
    assert found[0]["kind"] == "no_code"
    assert found[0]["count"] == 2


@pytest.mark.parametrize("kind", KINDS)
def test_every_sentence_can_be_said(kind):
    names = {"n", "m", "have", "most", "rows", "where", "latitude", "longitude", "range", "first",
             "date", "code", "country", "area", "km", "other", "near", "levels", "text", "level",
             "name", "others", "parent", "here", "parents", "columns", "column", "word", "mask"}  # fmt: skip
    assert str(KINDS[kind].reason) % dict.fromkeys(names, "x")
    assert str(KINDS[kind].title)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-0.93", -0.93),
        ("0,93", 0.93),
        ("−1.5", -1.5),
        ("-6.5e-05", -6.5e-05),
        (".5", 0.5),
        ("0°55'48\"S", -0.93),
        ("38° 3.6' E", 38.06),
        ("1.5 W", -1.5),
        ("", None),
    ],
)
def test_coordinates_as_people_write_them(text, expected):
    found = values.coordinate(text)
    assert found == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize("text", ["north", "1,234.5", "12°75'N", "0.1.2", "N", "1 2"])
def test_what_is_no_coordinate(text):
    with pytest.raises(ValueError):
        values.coordinate(text)


@pytest.mark.parametrize(
    ("text", "code"), [("1.0", "1"), ("00123", "00123"), ("'007", "007"), ("A.1", "A.1")]
)
def test_codes_as_the_system_means_them(text, code):
    assert values.code(text) == code


def test_dates_that_can_be_read_for_sure():
    assert str(values.date("2016")) == "2016-01-01"
    assert str(values.date("31/12/2016")) == "2016-12-31"
    with pytest.raises(ValueError):
        values.date("12/31/2016")


def test_names_that_are_one():
    assert fold("Murang’a") == fold("MURANGA") == "muranga"
    assert fold("Elgeyo-Marakwet") == "elgeyo marakwet"
    assert fold("کراچي") == fold("کراچی")
    assert near("tharaka nithi", "tharaka nithy")
    assert near("homabay", "homa bay")
    assert not near("mwingi east", "mwingi west")
    assert not near("zone 11", "zone 12")
    assert not near("meru", "mery")


@given(st.text("abcd", max_size=7), st.text("abcd", max_size=7))
def test_the_distance_is_symmetric_and_bounded(one, other):
    there = distance(one, other, most=3)
    assert there == distance(other, one, most=3)
    assert (there == 0) == (one == other)


@given(
    st.lists(
        st.lists(st.sampled_from(["", "1", "x", "-0.9", "38", "38.1", "Kitui", "1.0"]),
                 min_size=len(HEADER), max_size=len(HEADER)),
        min_size=1, max_size=12,
    )
)  # fmt: skip
def test_no_row_is_lost_silently(rows):
    checked = check([row("first", "First"), *rows])
    accounted = {record.row for record in checked.records} | checked.bad
    accounted |= {p.row for p in checked.problems if p.kind == "repeated_row"}
    blank = {number for number, cells in enumerate(rows, start=3) if not any(cells)}
    assert accounted | blank == set(range(2, len(rows) + 3))
