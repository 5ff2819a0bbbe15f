"""`staffroom plan-cascade`, as a programme officer meets it."""

import csv
import datetime as dt
import io
import json
import os
import re
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from staffroom.cli import _cascade_days as days
from staffroom.cli import main
from staffroom.methods.cascade import ical

ROOT = Path(__file__).resolve().parent.parent.parent
HEAD = ["id", "cluster", "circle", "block", "centre", "km_to_centre"]
WHEN = ["--from", "2027-01-11", "--until", "2027-06-30"]


def rows(clusters=8, schools=6):
    return [
        [
            f"S{i}",
            i // schools + 1,
            i // schools // 4 + 1,
            1,
            f"S{i // schools * schools}",
            i % schools,
        ]
        for i in range(clusters * schools)
    ]


def sheet(path, body, head=HEAD):
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows([head, *body])
    return str(path)


@pytest.fixture
def clusters(tmp_path):
    return sheet(tmp_path / "clusters.csv", rows())


def told(capsys, *words):
    assert main(["plan-cascade", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys, *words):
    try:
        code = main(["plan-cascade", *words])
    except SystemExit as stop:  # argparse's own refusals
        code = stop.code
    assert code == 2
    return capsys.readouterr().err


def test_figures(clusters, capsys):
    found = told(capsys, clusters, "--teachers", "480", *WHEN)
    assert found["teachers"] == 480
    assert found["managers"] == found["schools"] == 48
    assert (found["clusters"], found["circles"], found["blocks"]) == (8, 2, 1)
    assert [tier["people"] for tier in found["tiers"]][2:] == [48, 480]
    assert found["last_day_bound"] <= found["last_day"] <= "2027-06-30"
    assert found["circle_trainers_bound"] <= found["circle_trainers"]
    assert found["cost"] is None
    assert any("not counted" in note for note in found["notes"])


def test_the_same_seed_gives_the_same(clusters, capsys):
    one, two = (told(capsys, clusters, "--teachers", "300", "--seed", "4", *WHEN) for _ in "ab")
    one.pop("seconds")
    two.pop("seconds")
    assert one == two


def test_cost_is_quantity_times_price(clusters, capsys):
    found = told(
        capsys,
        clusters,
        "--teachers",
        "480",
        "--price",
        "travel=0.5,meals=2",
        "--currency",
        "KES",
        *WHEN,
    )
    lines = {line["line"]: line for line in found["lines"]}
    cost = lines["travel"]["quantity"] * 0.5 + lines["meals"]["quantity"] * 2
    assert found["cost"] == pytest.approx(cost)
    assert found["cost_per_teacher"] == pytest.approx(cost / 480)
    assert lines["venue"]["cost"] == ""
    assert found["alternatives"][0]["cost a teacher"] == pytest.approx(cost / 480, abs=0.01)


def test_places_and_teachers_come_from_the_list_of_schools(clusters, tmp_path, capsys):
    body = [[f"S{i}", -1 + i / 100, 36 + i / 100, 5] for i in range(48)]
    path = sheet(tmp_path / "schools.csv", body, ["id", "latitude", "longitude", "teachers"])
    found = told(capsys, clusters, "--schools", path, *WHEN)
    assert found["teachers"] == 240
    assert found["ways_counted"] == "all"
    assert found["notes"] == [] or all("fewer than" in note for note in found["notes"])


def test_a_list_without_ids_is_known_by_its_rows(tmp_path, capsys):
    body = [[str(i + 2), 1, 1, 1, "2", i] for i in range(4)]
    schools = sheet(
        tmp_path / "schools.csv", [["A", -1, 36, 5]] * 4, ["Name", "lat", "lng", "Teachers"]
    )
    out = tmp_path / "plan.csv"
    words = [sheet(tmp_path / "c.csv", body), "--schools", schools, "--csv", str(out), *WHEN]
    found = told(capsys, *words)
    assert (found["teachers"], found["ways_counted"]) == (20, "all")
    assert {row["venue"] for row in csv.DictReader(io.StringIO(out.read_text()))} == {"2 A"}


def test_printed(clusters, capsys):
    assert main(["plan-cascade", clusters, "--teachers", "480", *WHEN]) == 0
    said = capsys.readouterr().out
    assert "480 teachers and 48 managers of 48 schools in 8 clusters, 2 circles, 1 blocks" in said
    assert "master trainers of managers" in said
    assert "1 trainer a group" in said


def test_the_workbook(clusters, tmp_path, capsys):
    out = tmp_path / "plan.xlsx"
    found = told(capsys, clusters, "--teachers", "480", "-o", str(out), *WHEN)
    book = load_workbook(out)
    assert book.sheetnames == ["tiers", "groups", "schedule", "trainers", "cost", "alternatives"]
    assert all(sheet.freeze_panes == "A2" for sheet in book)
    assert book["groups"].max_row == found["groups"] + 1
    assert book["trainers"].max_row == found["trainers"] + 1
    names = [row[0] for row in book["groups"].iter_rows(min_row=2, values_only=True)]
    assert len(set(names)) == len(names)
    taken = [row[:3] for row in book["schedule"].iter_rows(min_row=2, values_only=True)]
    assert len(set(taken)) == len(taken), "a room twice on one day"


def test_the_schedule_as_csv(clusters, tmp_path):
    out = tmp_path / "plan.csv"
    assert main(["plan-cascade", clusters, "--teachers", "90", "--csv", str(out), *WHEN]) == 0
    body = list(csv.DictReader(io.StringIO(out.read_text())))
    assert [row["day"] for row in body] == sorted(row["day"] for row in body)
    busy = [(row["day"], who) for row in body for who in row["trainers"].split("; ")]
    assert len(set(busy)) == len(busy)


def test_no_formula_comes_out_of_an_id(tmp_path):
    body = [["=1+1", 1, 1, 1, "=1+1", 0], ["B", 1, 1, 1, "=1+1", 1]]
    out = tmp_path / "plan.csv"
    words = [sheet(tmp_path / "c.csv", body), "--teachers", "20", "--csv", str(out), *WHEN]
    assert main(["plan-cascade", *words]) == 0
    assert ",'=1+1," in out.read_text()


# ---- iCalendar


def unfolded(data):
    return data.decode().replace("\r\n ", "").split("\r\n")


@given(st.text(min_size=0, max_size=300).filter(lambda t: "\r" not in t and "\n" not in t))
def test_lines_fold_at_75_octets_and_unfold_whole(text):
    data = ical.fold(text)
    assert data.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    for line in data.split(b"\r\n"):
        line.decode()  # no letter is cut
    assert unfolded(data)[0] == text


def test_text_is_escaped_as_rfc_5545_says():
    assert ical.escape('a\\b;c,d\ne\r\nf: "g"') == 'a\\\\b\\;c\\,d\\ne\\nf: "g"'


def test_an_event():
    event = ical.Event("k", dt.date(2027, 12, 31), "Maths, group 1", "S1", "x")
    stamp = dt.datetime(2027, 1, 1, 7, 5, tzinfo=dt.UTC)
    lines = unfolded(ical.calendar("Plan", [event], stamp))
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Staffroom//plan-cascade//EN"]
    assert "DTSTAMP:20270101T070500Z" in lines
    assert "DTSTART;VALUE=DATE:20271231" in lines
    assert "DTEND;VALUE=DATE:20280101" in lines
    assert "SUMMARY:Maths\\, group 1" in lines
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART:20271231T083000" in unfolded(ical.calendar("P", [event], stamp, half=True))


def events_of(path):
    return dict(
        re.findall(
            r"UID:(\S+)\r\nDTSTAMP:\S+\r\nDTSTART;VALUE=DATE:(\d{8})", path.read_bytes().decode()
        )
    )


def test_a_second_plan_moves_the_same_events(clusters, tmp_path):
    one, two, other = (tmp_path / f"{name}.ics" for name in ("one", "two", "other"))
    plan = ["plan-cascade", clusters, "--teachers", "240", "--until", "2027-06-30"]
    assert main([*plan, "--from", "2027-01-11", "--ical", str(one)]) == 0
    assert main([*plan, "--from", "2027-02-01", "--ical", str(two)]) == 0
    assert main([*plan, "--from", "2027-01-11", "--ical", str(other), "--name", "south"]) == 0
    a, b, c = map(events_of, (one, two, other))
    assert len(a) == one.read_bytes().count(b"BEGIN:VEVENT") > 0
    assert a.keys() == b.keys()
    assert a != b
    assert not a.keys() & c.keys()
    assert all(uuid.UUID(uid) for uid in a)


def test_our_own_reader_reads_it(clusters, tmp_path):
    from staffroom.places.imports import ical as reader

    out = tmp_path / "plan.ics"
    assert main(["plan-cascade", clusters, "--teachers", "20", "--ical", str(out), *WHEN]) == 0
    read = reader.read(out.read_bytes())
    assert not read.wrong
    assert len(read.listed) == out.read_bytes().count(b"BEGIN:VEVENT")


def test_a_folder_gets_a_calendar_an_area(clusters, tmp_path):
    out = tmp_path / "calendars"
    out.mkdir()
    assert main(["plan-cascade", clusters, "--teachers", "240", "--ical", str(out), *WHEN]) == 0
    assert sorted(each.name for each in out.iterdir()) == [
        "block-1.ics", "circle-1.ics", "circle-2.ics", "core.ics",
    ]  # fmt: skip


# ---- days


def test_weekdays_and_spans_are_read():
    assert days.weekdays("mon-fri") == (0, 1, 2, 3, 4)
    assert days.weekdays("Sat") == (5,)
    assert days.weekdays("fri-mon") == (0, 4, 5, 6)
    assert days.span("2027-01-01") == (dt.date(2027, 1, 1),) * 2


def test_in_the_holidays_of_a_calendar(clusters, tmp_path):
    body = [
        ["Term 1", "2027-01-04", "2027-04-02", "term"],
        ["April holidays", "2027-04-03", "2027-04-30", "holiday"],
        ["Easter Monday", "2027-04-05", "2027-04-05", "holiday"],
        ["Term 2", "2027-05-03", "2027-07-30", "term"],
    ]
    calendar = sheet(tmp_path / "terms.csv", body, ["name", "first day", "last day", "kind"])
    out = tmp_path / "plan.csv"
    words = [clusters, "--teachers", "40", "--calendar", calendar, "--when", "holidays", "--subjects", "maths",
             "--upper-days", "3", "--csv", str(out), "--from", "2027-01-04", "--until", "2027-08-31"]  # fmt: skip
    assert main(["plan-cascade", *words]) == 0
    held = {row["day"] for row in csv.DictReader(io.StringIO(out.read_text()))}
    assert min(held) == "2027-04-06"
    assert all("2027-04-06" <= day <= "2027-04-30" or day > "2027-07-30" for day in held)


def test_half_days_take_twice_the_days_and_cost_the_same(clusters, capsys):
    words = [clusters, "--teachers", "240", "--price", "meals=1", *WHEN]
    whole, half = told(capsys, *words), told(capsys, *words, "--half-days")
    assert half["cost"] == whole["cost"]
    assert half["last_day"] > whole["last_day"]


# ---- what bad input gets


def test_no_plan_tells_what_is_short_and_what_is_enough(clusters, tmp_path, capsys):
    out = tmp_path / "plan.xlsx"
    words = [clusters, "--teachers", "960", "--rooms", "1", "--from", "2027-01-11", "-o", str(out)]
    said = refused(capsys, *words, "--until", "2027-02-26")
    assert "there is no plan" in said
    assert re.search(r"[Cc]ircle \d needs \d+ sittings of 3 days", said)
    until = re.search(r"until (\d{4}-\d\d-\d\d) \(--until\)", said)[1]
    assert not out.exists()
    assert main(["plan-cascade", *words, "--until", until]) == 0
    assert out.exists()


def test_too_few_trainers_are_told_by_how_many(clusters, capsys):
    words = [clusters, "--teachers", "960", "--load", "12", *WHEN]
    said = refused(capsys, *words, "--circle-trainers", "2")
    assert re.search(
        r"needs \d+ trainer days in maths, \d+ more than the 24 that its 2 trainers", said
    )
    enough = re.search(r"--circle-trainers (\d+)\)", said)[1]
    assert told(capsys, *words, "--circle-trainers", enough)["circle_trainers"] == int(enough) * 10


def test_a_calendar_without_a_free_day(clusters, capsys):
    said = refused(capsys, clusters, "--teachers", "9", *WHEN, "--closed", "2027-01-01..2027-12-31")
    assert "no day is open" in said
    said = refused(
        capsys, clusters, "--teachers", "9", "--from", "2027-01-11", "--until", "2027-01-10"
    )
    assert "before" in said


def test_a_calendar_without_a_week_for_a_training(clusters, capsys):
    """Two open days in each of six weeks: a training of five days runs over them."""
    words = [clusters, "--teachers", "40", "--weekdays", "mon,tue", "--from", "2027-01-11"]
    assert "no plan" in refused(capsys, *words, "--until", "2027-02-19")
    assert told(capsys, *words, "--until", "2027-12-17")["last_day"] > "2027-02-19"


def test_rooms_that_are_too_small(clusters, capsys):
    said = refused(capsys, clusters, "--teachers", "9", "--seats", "10", *WHEN)
    assert "a room seats 10" in said
    assert "--group 8-8" in said


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda body: body.append(list(body[3])), ["row 50", "column id", '"S3"', "row 5"]),
        (lambda body: body[4].__setitem__(5, "far"), ["row 6", "column km_to_centre", '"far"']),
        (lambda body: body[4].__setitem__(5, -1), ["row 6", "column km_to_centre"]),
        (lambda body: body[4].__setitem__(0, ""), ["row 6", "column id", "empty"]),
        (lambda body: body[4].__setitem__(2, 2), ["row 6", "column circle", "one circle only"]),
        (lambda body: body[4].__setitem__(4, "S9"), ["row 6", "column centre", "one centre only"]),
    ],
)
def test_bad_rows_are_named(change, words, tmp_path, capsys):
    body = rows()
    change(body)
    said = refused(capsys, sheet(tmp_path / "c.csv", body), "--teachers", "90", *WHEN)
    assert all(word in said for word in words), said
    assert len(said.splitlines()) == 1


def test_missing_columns_are_named(tmp_path, capsys):
    path = sheet(tmp_path / "c.csv", [row[:2] for row in rows()], HEAD[:2])
    said = refused(capsys, path, "--teachers", "90", *WHEN)
    assert "no column centre and no km_to_centre" in said
    assert "form-clusters" in said


def test_one_cluster_without_circles_and_blocks(tmp_path, capsys):
    body = [[row[0], row[1], row[4], row[5]] for row in rows(1)]
    path = sheet(tmp_path / "c.csv", body, ["id", "cluster", "centre", "km_to_centre"])
    found = told(capsys, path, "--teachers", "30", *WHEN)
    assert (found["clusters"], found["circles"], found["blocks"]) == (1, 1, 1)
    assert any("no circles" in note for note in found["notes"])


def test_schools_without_a_cluster_are_left_out_and_told(tmp_path, capsys):
    body = [*rows(), ["X", "", "", "", "", ""]]
    found = told(capsys, sheet(tmp_path / "c.csv", body), "--teachers", "90", *WHEN)
    assert (found["schools"], found["unplaced"]) == (48, 1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "how many teachers"),
        (["--teachers", "0"], "at least 1"),
        (["--teachers", "9", "--subjects", "maths,maths"], "different names"),
        (["--teachers", "9", "--price", "beer=3"], "travel"),
        (["--teachers", "9", "--term", "soon"], "is not a day"),
        (["--teachers", "9", "--when", "holidays"], "needs the terms"),
        (["--teachers", "9", "-o", "/nowhere/plan.xlsx"], "no folder"),
        (["--teachers", "9", "--schools", "/nowhere.csv"], "cannot be read"),
        (["--teachers", "9", "--load", "2"], "longer than the 2 days"),
    ],
)
def test_bad_options_are_one_clear_line(words, said, clusters, capsys):
    assert said in refused(capsys, clusters, *words, *WHEN)


def test_it_starts_without_a_server(clusters, tmp_path):
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "staffroom.cli", "plan-cascade", clusters, "--teachers", "90", *WHEN],
        env=environment | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
