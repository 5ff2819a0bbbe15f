"""Importing and importing again: all or nothing, only what changed, everything by date."""

import datetime as dt
import json

import pytest

from staffroom.cli import main
from staffroom.core import hooks
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry
from staffroom.places import queries
from staffroom.places.actions.import_schools import import_schools
from staffroom.places.actions.programmes import create_programme
from staffroom.places.imports.dry_run import Options, dry_run
from staffroom.places.imports.records import Fixes
from staffroom.places.models import (
    Area,
    AreaParent,
    Oversight,
    Posting,
    School,
    SchoolArea,
    on_date,
)
from tests.conftest import make_person
from tests.places.lists import HEADER, LEVELS, row, to_csv

DAY1, DAY2 = dt.date(2026, 1, 1), dt.date(2026, 6, 1)


@pytest.fixture
def programme(db):
    return create_programme(
        by=None, name="Kenya", country="KE", levels=LEVELS, timezone="Africa/Nairobi"
    )


@pytest.fixture
def bring(programme):
    def bring(rows, header=None, by=None, **options):
        options = Options(**({"on": DAY1} | options))
        run = dry_run(to_csv(rows, header).encode(), programme, options)
        return import_schools(by=by, programme=programme, run=run, file_name="list.csv")

    return bring


THREE = [
    row(1, "Ukasi"),
    row(2, "Kyuso", zone="Kyuso", lat=-0.8),
    row(3, "Nuu", zone="", lat=-0.7),
]


def area(*names: str, on=DAY1):
    tree = queries.area_tree(School.objects.first().programme, on)
    return Area.objects.get(pk=tree[tuple(name.lower() for name in names)])


def test_schools_areas_and_dates(bring, programme):
    run = bring(THREE)
    assert run.counts["created"] == 3
    assert run.counts["areas_created"] == 4
    assert queries.area_line(School.objects.get(code="1"), DAY1) == "Mwingi, Mwingi Central, Kitui"
    assert queries.area_line(School.objects.get(code="3"), DAY1) == "Mwingi Central, Kitui"
    assert queries.area_line(School.objects.get(code="1"), DAY1 - dt.timedelta(1)) == ""
    assert AuditEntry.objects.get(act="schools.imported").on_id == run.pk


def test_again_changes_nothing(bring):
    bring(THREE)
    before = list(SchoolArea.objects.values()), list(Area.objects.values())
    run = bring(THREE, on=DAY2)
    assert run.counts["unchanged"] == 3
    assert run.counts["changed"] == run.counts["created"] == run.counts["areas_created"] == 0
    assert (list(SchoolArea.objects.values()), list(Area.objects.values())) == before


def test_again_changes_only_what_changed_and_empty_cells_say_nothing(bring):
    bring(THREE)
    kept = School.objects.get(code="2")
    run = bring(
        [
            row(1, "Ukasi Primary"),
            row(2, "Kyuso", zone="Kyuso", lat="", lon="", level=""),
            THREE[2],
        ],
        on=DAY2,
    )
    assert (run.counts["changed"], run.counts["unchanged"]) == (1, 2)
    assert School.objects.get(code="1").name == "Ukasi Primary"
    again = School.objects.get(code="2")
    assert (again.pk, again.latitude, again.level) == (kept.pk, -0.8, "Primary")


def test_a_school_that_moves_keeps_its_past(bring):
    bring(THREE)
    bring([row(1, "Ukasi", zone="Kyuso"), *THREE[1:]], on=DAY2)
    school = School.objects.get(code="1")
    assert queries.area_line(school, DAY2 - dt.timedelta(1)).startswith("Mwingi, ")
    assert queries.area_line(school, DAY2).startswith("Kyuso, ")


def test_naming_only_a_wider_area_moves_nobody(bring):
    bring(THREE)
    run = bring([row(1, "Ukasi", zone=""), *THREE[1:]], on=DAY2)
    assert run.counts["moved"] == 0


def test_a_zone_that_moves_with_all_its_schools_is_the_same_zone(bring):
    bring(THREE)
    zone = area("Kitui", "Mwingi Central", "Kyuso")
    run = bring([THREE[0], row(2, "Kyuso", sub_county="Mwingi North", zone="Kyuso", lat=-0.8), THREE[2]],
                on=DAY2)  # fmt: skip
    assert (run.counts["areas_moved"], run.counts["moved"]) == (1, 0)
    assert area("Kitui", "Mwingi North", "Kyuso", on=DAY2) == zone
    parents = AreaParent.objects.filter(area=zone).order_by("starts")
    assert [(p.parent.name, p.starts, p.ends) for p in parents] == [
        ("Mwingi Central", DAY1, DAY2),
        ("Mwingi North", DAY2, None),
    ]


def test_a_sub_county_that_changes_county_takes_its_zones_along(bring):
    bring(THREE)
    sub = area("Kitui", "Mwingi Central")
    moved = [[cell.replace("Kitui", "Tana River") for cell in cells] for cells in THREE]
    run = bring(moved, on=DAY2)
    assert (run.counts["areas_moved"], run.counts["areas_created"], run.counts["moved"]) == (
        1,
        1,
        0,
    )
    assert area("Tana River", "Mwingi Central", on=DAY2) == sub
    assert queries.area_line(School.objects.get(code="1"), DAY2) == (
        "Mwingi, Mwingi Central, Tana River"
    )


def test_merging_two_spellings_ends_one_area(bring):
    bring([row(1, "Ukasi"), row(2, "Kyuso", zone="Mwingii", lat=-0.8)])
    old = area("Kitui", "Mwingi Central", "Mwingii")
    run = bring([row(1, "Ukasi"), row(2, "Kyuso", zone="Mwingii", lat=-0.8)],
                on=DAY2, fixes=Fixes(merge={"Mwingii": "Mwingi"}))  # fmt: skip
    assert run.counts["areas_merged"] == 1
    old.refresh_from_db()
    assert (old.ends, old.merged_into.name) == (DAY2, "Mwingi")
    assert SchoolArea.objects.filter(on_date(DAY2), area=old).count() == 0
    assert SchoolArea.objects.filter(on_date(DAY2)).count() == 2


def test_missing_schools_are_told_and_closed_only_when_asked(bring):
    bring(THREE)
    run = bring(THREE[:2], on=DAY2)
    assert (run.counts["missing"], run.counts["closed"]) == (1, 0)
    assert School.objects.get(code="3").closed is None
    run = bring(THREE[:2], on=DAY2, close_missing=True)
    assert run.counts["closed"] == 1
    assert School.objects.get(code="3").closed == DAY2


def test_a_school_whose_row_has_an_error_is_not_missing(bring):
    bring(THREE)
    broken = row(3, "Nuu", zone="", lat=99, lon=99)
    run = bring([*THREE[:2], broken], on=DAY2, close_missing=True, skip_bad=True)
    assert run.counts["closed"] == 0
    assert School.objects.get(code="3").closed is None


def test_a_closure_ends_postings_and_a_merger_takes_teachers_along(bring):
    bring(THREE)
    school, other = School.objects.get(code="1"), School.objects.get(code="2")
    amina, esther = make_person("Amina"), make_person("Esther")
    Posting.objects.create(person=amina, school=school, starts=DAY1)
    Posting.objects.create(person=esther, school=school, role="head", starts=DAY1)
    told = []
    hooks.postings_changed.add(part := lambda person_ids: told.append(person_ids))
    try:
        header = [*HEADER, "closed_on", "merged_into"]
        rows = [[*THREE[0], "2026-06-01", "2"], [*THREE[1], "", ""], [*THREE[2], "", ""]]
        bring(rows, header, on=DAY2)
    finally:
        hooks.postings_changed._parts.remove(part)
    school.refresh_from_db()
    assert (school.closed, school.merged_into) == (DAY2, other)
    assert not Posting.objects.filter(on_date(DAY2), school=school).exists()
    assert Posting.objects.get(on_date(DAY2), school=other).person == amina
    assert told == [{amina.pk, esther.pk}]


def test_moving_a_school_tells_on_everyone_there_and_below(bring):
    bring(THREE)
    amina, officer = make_person("Amina"), make_person("Imani")
    Posting.objects.create(person=amina, school=School.objects.get(code="1"), starts=DAY1)
    Oversight.objects.create(person=officer, area=area("Kitui"), starts=DAY1)
    told = []
    hooks.postings_changed.add(part := lambda person_ids: told.append(person_ids))
    try:
        bring(THREE, on=DAY2)
        assert told == []
        bring([row(1, "Ukasi", zone="Kyuso"), *THREE[1:]], on=DAY2)
    finally:
        hooks.postings_changed._parts.remove(part)
    assert told == [{amina.pk}]


def test_nothing_is_half_imported(bring, programme):
    with pytest.raises(Refused, match="1 row has an error"):
        bring([*THREE, row(4, "")])
    assert not School.objects.exists()
    assert not Area.objects.exists()
    run = bring([*THREE, row(4, "")], skip_bad=True)
    assert (run.counts["created"], run.counts["set_aside"]) == (3, 1)
    assert run.problems[-1][0] == 5


def test_a_fault_while_writing_leaves_nothing(bring, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(SchoolArea.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        bring(THREE)
    assert not School.objects.exists()
    assert not Area.objects.exists()


def test_merged_into_a_school_that_is_not_there(bring):
    header = [*HEADER, "merged_into"]
    with pytest.raises(Refused):
        bring([[*THREE[0], "404"], [*THREE[1], ""]], header)
    run = bring([[*THREE[0], "404"], [*THREE[1], ""]], header, skip_bad=True)
    assert run.problems[0][3] == "merged_into_unknown"
    assert not School.objects.filter(code="1").exists()


def test_only_administrators_of_the_programme(bring, world):
    for person in (world.amina, world.esther, world.farid, world.gathoni, world.hamisi):
        with pytest.raises(NotYours):
            bring(THREE, by=person)  # Hamisi administers another programme
    run = dry_run(to_csv([row(9, "New", sub_county="", zone="Mwingi")]).encode(), world.programme,
                  Options(columns={"Zone": "zone"}))  # fmt: skip
    import_schools(by=world.hamisi, programme=world.programme, run=run, file_name="x.csv")
    with pytest.raises(NotYours):
        import_schools(by=world.gathoni, programme=world.programme, run=run, file_name="x.csv")


@pytest.fixture
def file(tmp_path):
    def file(rows, name="list.csv", header=None):
        path = tmp_path / name
        path.write_text(to_csv(rows, header), encoding="utf-8")
        return path

    return file


def test_command_dry_run_writes_nothing(programme, file, capsys):
    assert main(["import-schools", str(file(THREE)), "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "nothing was written" in out
    assert "3  schools created" in out
    assert not School.objects.exists()


def test_command_refuses_bad_rows_then_imports_the_good(programme, file, capsys, tmp_path):
    path = file([*THREE, row(4, "", lat="x")])
    assert main(["import-schools", str(path), "--problems", str(tmp_path / "p.csv")]) == 1
    assert "--skip-bad" in capsys.readouterr().out
    assert not School.objects.exists()
    assert "The name is missing." in (tmp_path / "p.csv").read_text(encoding="utf-8-sig")
    assert main(["import-schools", str(path), "--skip-bad", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["imported"] is True
    assert report["counts"]["created"] == 3
    assert {problem["kind"] for problem in report["problems"]} >= {"no_name", "not_a_number"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing.csv"], "cannot be read"),
        (["LIST", "--columns", "code=EMIS"], "no column “EMIS”"),
        (["LIST", "--columns", "colour=code"], "nothing called “colour”"),
        (["LIST", "--columns", "code"], 'no "="'),
        (["LIST", "--on", "tomorrow"], "2026-11-22"),
        (["LIST", "--programme", "Mars"], "There are"),
        (["LIST", "--columns", "code="], "code"),
    ],
)
def test_command_says_in_one_line_what_is_wrong(programme, file, capsys, arguments, words):
    arguments = [str(file(THREE)) if word == "LIST" else word for word in arguments]
    assert main(["import-schools", *arguments]) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1


def test_a_recipe_beside_the_list_is_followed_and_the_command_line_goes_first(
    programme, file, capsys
):
    path = file(THREE, "recipe.csv")
    path.with_name("recipe.toml").write_text('on = 2020-01-01\n[merge]\n"Kyuso" = "Mwingi"\n')
    assert main(["import-schools", str(path), "--on", "2026-01-01"]) == 0
    assert "Kyuso = Mwingi" in capsys.readouterr().out
    assert not Area.objects.filter(name="Kyuso").exists()
    assert School.objects.first().areas.get().starts == DAY1


def test_lists_without_codes_get_the_same_code_again(programme, file, capsys):
    rows = [cells[1:] for cells in THREE]
    path = file(rows, header=HEADER[1:])
    assert main(["import-schools", str(path)]) == 2
    assert main(["import-schools", str(path), "--make-codes"]) == 0
    assert main(["import-schools", str(path), "--make-codes", "--json"]) == 0
    assert '"unchanged": 3' in capsys.readouterr().out


@pytest.mark.slow
def test_the_shipped_list_of_kenya(programme, capsys):
    from staffroom.config.settings import ROOT

    path = ROOT / "places/data/kenya_schools_2016.csv.gz"
    assert main(["import-schools", str(path), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["counts"]["created"] == School.objects.count() == 37_930
    counties = Area.objects.filter(level__depth=1)
    assert counties.count() == 47
    kinds = [problem["kind"] for problem in report["problems"]]
    assert kinds.count("missing_levels") + kinds.count("no_area") == 8388
    assert kinds.count("no_area") == 31
    assert kinds.count("shared_place") == 4664
    assert main(["import-schools", str(path), "--json", "--columns", "code=code"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [p["row"] for p in report["problems"] if p["kind"] == "same_code"] == [
        13349, 13352, 13353, 29544, 29545, 29546,
    ]  # fmt: skip


def test_a_short_list_is_held_against_the_schools_that_are_known(bring, programme):
    """Alone, three rows cannot tell that one of them lies in the sea or in another county."""
    bring([row(n, f"School {n}", lat=-0.9 - n / 1000) for n in range(15)])
    far = [
        row(f"b{n}", f"Bomet {n}", county="Bomet", sub_county="Sotik", zone="Sotik",
            lat=-0.8 - n / 100, lon=35.3)
        for n in range(15)
    ]  # fmt: skip
    bring(far)
    short = [
        row("new", "Fine", lat=-0.95),
        row("sea", "In the sea", lat=-4.5, lon=41.5),
        row("lost", "Lost", lat=-0.85, lon=35.31),
    ]
    run = dry_run(to_csv(short).encode(), programme, Options(on=DAY1))
    told = {problem.row: problem.kind for problem in run.checked.problems if problem.row}
    assert told == {3: "far_from_all", 4: "far_from_area"}


def test_new_areas_of_a_short_list_are_named_and_held_against_the_known(bring, programme):
    """A misspelt county in one row must not pass for a new county unnoticed."""
    bring([row(n, f"School {n}", lat=-0.9 - n / 1000) for n in range(15)])
    odd = row("new", "Fine", county="Kituyi", lat=-0.95)
    run = dry_run(to_csv([odd]).encode(), programme, Options(on=DAY1))
    told = {(p.kind, p.value) for p in run.checked.problems if p.row}
    assert told >= {("area_new", "Kituyi"), ("area_alike", "Kituyi")}
    alike = next(p for p in run.checked.problems if p.kind == "area_alike")
    assert alike.args["other"] == "Kitui"
    assert alike.args["m"] == 15
    mended = Options(on=DAY1, fixes=Fixes(merge={"Kituyi": "Kitui"}))
    run = dry_run(to_csv([odd]).encode(), programme, mended)
    assert not run.plan.new_areas
    assert "area_new" not in {p.kind for p in run.checked.problems}


def test_the_first_list_names_no_new_areas(programme):
    run = dry_run(to_csv(THREE).encode(), programme, Options(on=DAY1))
    assert "area_new" not in {p.kind for p in run.checked.problems}
