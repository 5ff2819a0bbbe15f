"""Files as they come: encodings, delimiters, workbooks, and what is no table at all."""

import contextlib
import csv
import gzip
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffroom.core.errors import Refused
from staffroom.places.imports.sheet import letters, read
from staffroom.places.imports.text import delimiter_of, encoding_of

FRENCH = "code,école,région\n1,École Sainte-Thérèse,Ségou\n2,Lycée Kéïta,Gao\n"
URDU = "کوڈ,اسکول,ضلع\n1,گورنمنٹ پرائمری سکول,لاہور\n2,مدرسہ,کراچی\n"
ARABIC = "رمز,مدرسة,محافظة\n1,مدرسة النور,صنعاء\n2,مدرسة السلام,تعز\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (FRENCH, "cp1252"),
        (URDU, "utf-8"),
        (URDU, "utf-16"),
        (ARABIC, "cp1256"),
    ],
)
def test_every_encoding_gives_the_same_words(text, encoding):
    sheet = read(text.encode(encoding))
    assert [",".join(sheet.header), *(",".join(cells) for _n, cells in sheet.rows)] == (
        text.strip().split("\n")
    )


def test_an_encoding_that_was_guessed_is_told():
    assert read(FRENCH.encode("cp1252")).notes == ["Read as cp1252."]
    assert read(FRENCH.encode()).notes == []


def test_stray_bytes_in_utf8_spoil_only_themselves():
    """Lists pasted together from two files; the rest must not turn into Arabic."""
    sheet = read("code,école\n1,Thérèse\n".encode() + "2,Ñandú\n".encode("cp1252"))
    assert sheet.header == ("code", "école")
    assert [cells[1] for _n, cells in sheet.rows] == ["Thérèse", "Ñandú"]
    assert sheet.notes == ["Read as utf-8 + cp1252."]


def test_the_encoding_may_be_said():
    assert read("code,name\n1,Ł\n".encode("cp1250"), encoding="cp1250").rows == [(2, ("1", "Ł"))]
    with pytest.raises(Refused, match="no-such"):
        read(b"code,name\n1,x\n", encoding="no-such")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter(delimiter):
    text = delimiter.join(["code", "name"]) + "\n" + delimiter.join(["1", "A, b; c"]) + "\n"
    if delimiter in ",;":
        text = text.replace("A, b; c", '"A, b; c"')
    assert read(text.encode()).rows == [(2, ("1", "A, b; c"))]


def test_row_numbers_are_those_of_the_spreadsheet():
    sheet = read(b'code,name\n1,"two\nlines"\n\n2,next\n')
    assert sheet.rows == [(2, ("1", "two lines")), (4, ("2", "next"))]


def test_titles_above_the_table_are_passed_over():
    sheet = read(b"List of schools 2026,,\n,,\ncode,name,zone\n1,Ukasi,Mwingi\n2,Kyuso,Mwingi\n")
    assert sheet.header == ("code", "name", "zone")
    assert sheet.rows[0] == (4, ("1", "Ukasi", "Mwingi"))


def test_short_rows_are_filled_and_long_ones_cut():
    assert read(b"a,b,c\nx,y\np,q,r,s\n").rows == [(2, ("x", "y", "")), (3, ("p", "q", "r"))]


def test_a_gzipped_list_is_read():
    assert read(gzip.compress(b"code,name\n1,Ukasi\n")).rows == [(2, ("1", "Ukasi"))]


def test_a_workbook_keeps_whole_numbers_whole_and_tells_its_merged_cells():
    book = openpyxl.Workbook()
    page = book.active
    page.append(["List of schools"])
    page.merge_cells("A1:C1")
    for cells in (["code", "name", "zone"], [1.0, "Ukasi", "Mwingi"], [2, "Kyuso", None]):
        page.append(cells)
    page.merge_cells("C3:C4")
    out = io.BytesIO()
    book.save(out)
    sheet = read(out.getvalue())
    assert sheet.header == ("code", "name", "zone")
    assert sheet.rows == [(3, ("1", "Ukasi", "Mwingi")), (4, ("2", "Kyuso", ""))]
    assert [area.name for area in sheet.merged] == ["C3:C4"]


def test_the_longest_sheet_is_read_and_another_may_be_asked_for():
    book = openpyxl.Workbook()
    book.active.title = "About"
    book.active.append(["one", "two"])
    page = book.create_sheet("Schools")
    for number in range(3):
        page.append(["code", f"name {number}"])
    out = io.BytesIO()
    book.save(out)
    assert len(read(out.getvalue()).rows) == 2
    assert "Schools" in read(out.getvalue()).notes[0]
    assert read(out.getvalue(), sheet="About").header == ("one", "two")
    with pytest.raises(Refused, match="About, Schools"):
        read(out.getvalue(), sheet="Else")


def zip_of(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "empty"),
        (b"%PDF-1.7 ...", "not a spreadsheet"),
        (b"\x89PNG\r\n\x1a\n", "not a spreadsheet"),
        (b"MZ\x90\x00 renamed executable", "not a spreadsheet"),
        (b"<!doctype html><html><body>sign in", "not a spreadsheet"),
        (b"PK\x03\x04 cut short", "cannot be opened"),
        (zip_of(b"no workbook"), "cannot be opened"),
        (zip_of(b"\0" * 260_000_000), "too big unpacked"),
        (gzip.compress(b"a,b\n")[:-9], "damaged"),
        (gzip.compress(b"a,b\n" * 70_000_000, 1), "too big unpacked"),
        (b"one lonely line", "No table"),
        (b'code,name\n1,"never closed\n' + b"2,x\n" * 9000, "Row 2"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)
def test_what_is_no_table_is_refused_in_one_sentence(data, words):
    with pytest.raises(Refused, match=words):
        read(data)


CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs", "Cf"]),
    min_size=1,
    max_size=12,
)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=12), st.sampled_from(",;\t|"))
def test_what_csv_writes_we_read(rows, delimiter):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(
        [("school code", "school name"), *rows]
    )
    assert [cells for _n, cells in read(out.getvalue().encode()).rows] == rows


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data):
    with contextlib.suppress(Refused):
        read(data)


def test_a_column_of_one_kind_is_not_a_delimiter():
    assert delimiter_of("a;b\n1,5;2\n1,7;3\n") == ";"
    assert encoding_of(b"plain") == "utf-8"
    assert [letters(n) for n in (1, 26, 27, 703)] == ["A", "Z", "AA", "AAA"]
