"""A school calendar from an iCalendar file or a spreadsheet: looked at, then written."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry
from staffroom.places.actions.calendar import write_holiday, write_term
from staffroom.places.actions.import_calendar import compare, import_calendar, read_calendar
from staffroom.places.imports import ical
from staffroom.places.imports.kinds import kind_of
from staffroom.places.models import Holiday, SchoolTerm


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def calendar(*lines: str, end="\r\n") -> bytes:
    return end.join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""]).encode()


def event(*lines: str) -> list[str]:
    return ["BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT"]


TERM = event("SUMMARY:Term 1 2027", "DTSTART;VALUE=DATE:20270104", "DTEND;VALUE=DATE:20270403")
EID = event("SUMMARY;LANGUAGE=en:Eid al-Fitr", "DTSTART;VALUE=DATE:20270310")


def found(data: bytes) -> list[tuple]:
    return [
        (one.row, one.name, one.first_day.isoformat(), one.last_day.isoformat(), one.kind)
        for one in read_calendar(data).listed
    ]


def wrong(data: bytes) -> list[tuple]:
    return [(one.row, one.column) for one in read_calendar(data).wrong]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_the_end_is_the_first_day_after(end):
    assert found(calendar(*TERM, *EID, end=end)) == [
        (3, "Term 1 2027", "2027-01-04", "2027-04-02", "term"),
        (9, "Eid al-Fitr", "2027-03-10", "2027-03-10", "holiday"),
    ]


@pytest.mark.parametrize(
    ("lines", "name", "last"),
    [
        (["SUMMARY:Half\\, term\\; rest \\\\ and\\nmore"], "Half, term; rest \\ and more", "05"),
        (["SUMMARY:Half te", " rm"], "Half term", "05"),
        (["SUMMARY:Half te", "\trm"], "Half term", "05"),
        (['SUMMARY;X="a:b;c",d;ALTREP="http://x":Half term'], "Half term", "05"),
        (["SUMMARY:X", "DURATION:P3D"], "X", "07"),
        (["SUMMARY:X", "DURATION:P1W"], "X", "11"),
        (["SUMMARY:X", "DTEND;VALUE=DATE:20270305"], "X", "05"),  # as some write it
        (["SUMMARY:X", "DTEND;VALUE=DATE:20270307"], "X", "06"),
        (["SUMMARY:X", "DTEND:20270308T000000"], "X", "07"),  # Outlook's whole days
        (["SUMMARY:عید \u202eX", "BEGIN:VALARM", "SUMMARY:no", "DTSTART:1", "END:VALARM"], "عید X", "05"),
    ],
)  # fmt: skip
def test_what_a_line_can_look_like(lines, name, last):
    data = calendar(*event("DTSTART;VALUE=DATE:20270305", *lines))
    assert [(one[1], one[3]) for one in found(data)] == [(name, f"2027-03-{last}")]


def test_a_fold_inside_a_letter():
    """Lines are folded by bytes: an Urdu letter may stand on two lines."""
    data = calendar(*event("SUMMARY:تعطیلات", "DTSTART;VALUE=DATE:20270305"))
    at = data.index("ط".encode()) + 1
    assert [one[1] for one in found(data[:at] + b"\r\n " + data[at:])] == ["تعطیلات"]


@pytest.mark.parametrize(
    ("lines", "column", "line"),
    [
        (["DTSTART;VALUE=DATE:20270305"], "SUMMARY", 3),
        (["SUMMARY:X"], "DTSTART", 3),
        (["SUMMARY:X", "DTSTART:20270305T080000Z"], "DTSTART", 6),
        (["SUMMARY:X", "DTSTART;VALUE=DATE:20270230"], "DTSTART", 6),
        (["SUMMARY:X", "DTSTART;VALUE=DATE:20270305", "DTEND;VALUE=DATE:20270301"], "DTEND", 7),
        (["SUMMARY:X", "DTSTART;VALUE=DATE:20270305", "DTEND:tomorrow"], "DTEND", 7),
        (["SUMMARY:X", "DTSTART;VALUE=DATE:20270305", "DURATION:PT5H"], "DURATION", 7),
        (["SUMMARY:X", "DTSTART;VALUE=DATE:20270305", "RRULE:FREQ=YEARLY"], "RRULE", 7),
        (["SUMMARY:X", "DTSTART;VALUE=DATE:20270305", "RDATE:20280305"], "RDATE", 7),
    ],
)
def test_what_cannot_be_taken_is_told_by_its_line(lines, column, line):
    assert wrong(calendar(*event(*lines), *EID)) == [(line, column)]


def test_a_repeated_entry_says_what_to_do():
    days = read_calendar(
        calendar(*event("SUMMARY:Eid", "DTSTART;VALUE=DATE:20270310", "RRULE:FREQ=YEARLY"))
    )
    assert "write each of its days" in days.wrong[0].what


def test_what_was_cancelled_is_left_out():
    assert found(calendar(*event("STATUS:CANCELLED", "DTSTART;VALUE=DATE:20270305"), *EID)) != []
    assert len(found(calendar(*event("STATUS:CANCELLED", "SUMMARY:X"), *EID))) == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (calendar(*EID)[:-30], "cut off"),
        (calendar("BEGIN:VEVENT", *EID[:-1]), "ends that did not begin|cut off"),
        (calendar("END:VEVENT"), "line 3"),
        (calendar(*event("no colon at all")), "line 5"),
        (calendar(), "no entries"),
        (b"", "empty"),
        (b"\x89PNG\r\n", "not a spreadsheet"),
        (b"BEGIN:VCALENDAR\n" + b"X" * 2_000_000, "at most 2 MB"),
        (calendar(*(EID * 401)), "more than 400"),
        (b"Name,Where\nEid,here\n", "No column was found for the first day"),
    ],
)
def test_a_file_that_is_none(data, why):
    with pytest.raises(Refused, match=why):
        read_calendar(data)


def test_no_line_takes_for_ever():
    with pytest.raises(Refused, match="damaged"):
        ical.read(calendar("BEGIN:VEVENT", "X;A=" + ",a" * 50_000 + '"'))


@pytest.mark.parametrize(
    ("name", "days", "kind"),
    [
        ("Term 2", 90, "term"),
        ("Muhula wa kwanza", 90, "term"),
        ("Half term", 5, "holiday"),
        ("Term break", 40, "holiday"),
        ("Likizo ya muhula", 30, "holiday"),
        ("Eid", 1, "holiday"),
        ("میقات اول", 100, "term"),
    ],
)
def test_terms_are_told_from_holidays(name, days, kind):
    first = day("2027-01-04")
    assert kind_of(name, first, first + dt.timedelta(days=days - 1)) == kind


def test_a_list_by_row_and_column():
    data = (
        b"School calendar 2027,,\nName,First day,Last day\nTerm 1,04/01/2027,2 April 2027\n"
        b"Eid,2027-03-10,\n,2027-05-01,\nHeroes,soon,\nBack,2027-06-02,2027-06-01\nYear,2027,\n"
    )
    assert found(data) == [
        (3, "Term 1", "2027-01-04", "2027-04-02", "term"),
        (4, "Eid", "2027-03-10", "2027-03-10", "holiday"),
    ]
    assert wrong(data) == [
        (5, "Name"),
        (6, "First day"),
        (7, "Last day"),
        (8, "First day"),
    ]


def test_a_workbook_with_a_column_of_kinds():
    book = Workbook()
    sheet = book.active
    sheet.append(["Jina", "Kuanzia", "Hadi", "Aina"])
    sheet.append(["Kipindi cha 1", dt.date(2027, 1, 4), dt.date(2027, 4, 2), "Muhula"])
    sheet.append(["Eid", dt.date(2027, 3, 10), None, "Sikukuu"])
    out = io.BytesIO()
    book.save(out)
    assert [(one[1], one[4]) for one in found(out.getvalue())] == [
        ("Kipindi cha 1", "term"),
        ("Eid", "holiday"),
    ]


def write(world, data: bytes):
    return import_calendar(
        by=world.hamisi, programme=world.programme, listed=read_calendar(data).listed
    )


def test_reading_again_changes_nothing(world):
    data = calendar(*TERM, *EID)
    assert write(world, data) == {"new": 2, "changed": 0, "same": 0}
    assert write(world, data) == {"new": 0, "changed": 0, "same": 2}
    assert (SchoolTerm.objects.count(), Holiday.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(act="calendar.imported").count() == 2


def test_other_days_change_what_is_kept_and_next_year_is_new(world):
    write(world, calendar(*EID))
    moved = [line.replace("20270310", "20270311") for line in EID]
    assert write(world, calendar(*moved))["changed"] == 1
    next_year = [line.replace("20270310", "20280227") for line in EID]
    assert write(world, calendar(*next_year))["new"] == 1
    assert Holiday.objects.count() == 2


def test_a_year_that_moves_as_a_whole(world):
    for name, first, last in [
        ("Term 1", "2027-01-04", "2027-03-31"),
        ("Term 2", "2027-04-01", "2027-06-30"),
    ]:
        write_term(by=world.hamisi, programme=world.programme, name=name, first_day=day(first), last_day=day(last))  # fmt: skip
    data = b"Name,Start,End\nTerm 1,2027-02-01,2027-04-30\nTerm 2,2027-05-01,2027-07-31\n"
    assert write(world, data)["changed"] == 2
    assert [str(term.first_day) for term in SchoolTerm.objects.all()] == [
        "2027-02-01",
        "2027-05-01",
    ]


def test_all_of_it_or_nothing_and_the_line_is_told(world):
    data = b"Name,Start,End\nTerm 1,2027-01-04,2027-04-02\nTerm 2,2027-04-01,2027-06-30\n"
    with pytest.raises(Refused, match="Line 3, “Term 2”: These days overlap with Term 1"):
        write(world, data)
    assert not SchoolTerm.objects.exists()


def test_a_holiday_of_one_area_is_not_touched(world):
    write_holiday(by=world.hamisi, programme=world.programme, name="Eid al-Fitr",
                  first_day=day("2027-03-09"), last_day=day("2027-03-09"), area=world.kitui)  # fmt: skip
    write(world, calendar(*EID))
    assert Holiday.objects.count() == 2


def test_only_administrators(world):
    for by in (world.gathoni, world.amina):
        with pytest.raises(NotYours):
            import_calendar(by=by, programme=world.programme, listed=[])


def test_comparing_asks_the_database_twice(world, django_assert_num_queries):
    write(world, calendar(*TERM, *EID))
    listed = read_calendar(calendar(*(EID * 100))).listed
    with django_assert_num_queries(2):
        assert all(one.is_same for one in compare(world.programme, listed))


def upload(client, data: bytes, name="2027.ics"):
    return client.post("/places/calendar/import", {"file": SimpleUploadedFile(name, data)})


def test_looked_at_then_written(world, sign_in):
    client = sign_in(world.hamisi)
    assert "/places/calendar/import" in client.get("/places/calendar").content.decode()
    assert upload(client, calendar(*TERM, *EID))["Location"] == "/places/calendar/import/look"
    page = client.get("/places/calendar/import/look").content.decode()
    assert "Eid al-Fitr" in page
    assert not Holiday.objects.exists()
    client.post("/places/calendar/import/look", {"kind-1": "term", "kind-2": ""})
    assert SchoolTerm.objects.get().name == "Term 1 2027"
    assert not Holiday.objects.exists()  # left out
    assert client.get("/places/calendar/import/look")["Location"] == "/places/calendar/import"


def test_what_could_not_be_read_is_left_out_only_when_ticked(world, sign_in):
    client = sign_in(world.hamisi)
    upload(client, calendar(*EID, *event("SUMMARY:X", "DTSTART:20270305T080000Z")))
    page = client.get("/places/calendar/import/look").content.decode()
    assert "Line 11" in page
    answer = client.post("/places/calendar/import/look", {"kind-1": "holiday"})
    assert answer.status_code == 422
    client.post("/places/calendar/import/look", {"kind-1": "holiday", "leave_out": "1"})
    assert Holiday.objects.count() == 1


def test_a_file_that_is_none_is_shown_again(world, sign_in):
    answer = upload(sign_in(world.hamisi), b"BEGIN:VCALENDAR\nX\n")
    assert answer.status_code == 422
    assert "line 2" in answer.content.decode()
