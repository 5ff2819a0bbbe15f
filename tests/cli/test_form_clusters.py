"""`form-clusters`: every school placed within bounds or told why, in a file and in figures."""

import csv
import json
import random
from pathlib import Path

import pytest

from staffroom.cli import main

KENYA = Path(__file__).resolve().parents[2] / "../shared/data/schools/kenya_schools_2016.csv"
HEAD = ["id", "name", "latitude", "longitude", "ward", "level"]


def schools(n=60, seed=1, ward="Sagana", level="Primary", start=0, at=(-0.5, 37.0)):
    rng = random.Random(seed)
    return [
        [f"S{start + i}", f"School {start + i}", f"{at[0] + rng.gauss(0, 0.05):.5f}",
         f"{at[1] + rng.gauss(0, 0.05):.5f}", ward, level]
        for i in range(n)
    ]  # fmt: skip


@pytest.fixture
def made(tmp_path, capsys):
    """Write the rows, run the command > (code, JSON, rows of OUT by id, what stood in stderr)."""

    def run(rows, *more, head=HEAD):
        source, out = tmp_path / "schools.csv", tmp_path / "out.csv"
        with source.open("w", newline="") as file:
            csv.writer(file).writerows([head, *rows])
        argv = ["form-clusters", str(source), "--iterations", "20", "-o", str(out), "--json", *more]
        code = main(argv)
        said = capsys.readouterr()
        told = json.loads(said.out) if code == 0 else None
        found = list(csv.DictReader(out.open())) if out.exists() else None
        assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
        return code, told, found, said.err

    return run


def sizes_of(found):
    count: dict[str, int] = {}
    for row in found:
        if row["cluster"]:
            count[row["cluster"]] = count.get(row["cluster"], 0) + 1
    return sorted(count.values())


MORE = [*HEAD, "road", "rivals", "teachers"]


def with_conditions(rows):
    more = {0: ("r", ""), 40: ("r", ""), 7: ("", "v"), 8: ("", "v"), 9: ("", "v")}
    return [[*row, *more.get(i, ("", "")), 3 + i % 9] for i, row in enumerate(rows)]


def test_schools_together_separate_and_teachers_balanced(made):
    more = (
        "--together",
        "road",
        "--separate",
        "rivals",
        "--teachers",
        "teachers",
        "--balance",
        "5",
    )
    code, told, found, _err = made(with_conditions(schools(90)), *more, head=MORE)
    assert code == 0
    assert told["gap"] >= 0
    cluster = [row["cluster"] for row in found]
    assert cluster[0] == cluster[40]
    assert len({cluster[7], cluster[8], cluster[9]}) == 3
    sums = [sum(3 + i % 9 for i in range(90) if cluster[i] == name) for name in "123"]
    assert max(sums) - min(sums) <= 0.1 * sum(sums) / 3
    assert 25 <= sizes_of(found)[0] <= sizes_of(found)[-1] <= 35


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--balance", "5"), "--teachers"),
        (("--together", "ward"), "a cluster has at most 35"),
        (("--together", "road", "--separate", "road"), "never to meet"),
        (("--separate", "level"), "cannot all be held"),
    ],
)
def test_conditions_that_cannot_be(made, more, words):
    code, _told, found, err = made(with_conditions(schools(60)), *more, head=MORE)
    assert code == 2
    assert words in err
    assert found is None


def test_every_school_in_a_cluster_within_bounds(made):
    code, told, found, _err = made(schools(90))
    assert code == 0
    assert [row["id"] for row in found] == [f"S{i}" for i in range(90)]
    assert (told["schools"], told["placed"], told["unplaced"], told["clusters"]) == (90, 90, 0, 3)
    assert 25 <= sizes_of(found)[0] <= sizes_of(found)[-1] <= 35
    assert {"km_total", "km_bound", "gap", "seconds"} <= told.keys()
    assert told["gap"] == pytest.approx(told["km_total"] / told["km_bound"] - 1, abs=1e-5)
    assert sum(float(row["km_to_centre"]) for row in found) == pytest.approx(told["km_total"])
    by_id = {row["id"]: row for row in found}
    for row in found:
        assert by_id[row["centre"]]["cluster"] == row["cluster"]
        assert float(by_id[row["centre"]]["km_to_centre"]) == 0


def test_the_same_seed_writes_the_same_file(made, tmp_path):
    made(schools(90), "--seed", "4")
    first = (tmp_path / "out.csv").read_bytes()
    made(schools(90), "--seed", "4")
    assert (tmp_path / "out.csv").read_bytes() == first


def test_circles_and_blocks(made):
    _code, told, found, _err = made(
        schools(88), "--min", "4", "--max", "6", "--circle", "3-4", "--blocks", "2"
    )
    assert told["blocks"] == 2
    circles: dict[str, set[str]] = {}
    for row in found:
        circles.setdefault(row["circle"], set()).add(row["cluster"])
    assert all(3 <= len(clusters) <= 4 for clusters in circles.values())
    assert len({(row["circle"], row["block"]) for row in found}) == len(circles)


def test_five_clusters_make_no_circles_and_it_says_so(made):
    _code, told, found, _err = made(
        schools(50), "--min", "9", "--max", "11", "--clusters", "5", "--circle", "3-4"
    )
    assert {row["circle"] for row in found} == {""}
    assert "5 clusters cannot be cut into circles of 3 to 4; 4 or 6 could" in told["notes"][0]


def test_within_areas_and_an_area_too_small(made):
    rows = schools(60, ward="Sagana") + schools(40, 2, "Mutira", start=60, at=(-0.4, 37.2))
    rows += schools(30, 3, "Kerugoya", start=100, at=(-0.3, 37.3))
    code, told, found, _err = made(rows, "--within", "ward")
    assert code == 0
    assert told["placed"] == 90
    by_cluster: dict[str, set[str]] = {}
    for row, given in zip(found, rows, strict=True):
        if row["cluster"]:
            by_cluster.setdefault(row["cluster"], set()).add(given[4])
    assert all(len(wards) == 1 for wards in by_cluster.values())
    why = {row["why"] for row in found if not row["cluster"]}
    assert why == {
        "ward Mutira: 40 schools cannot be cut into clusters of 25 to 35; 35 or 50 could; "
        "together with ward Kerugoya the 70 can"
    }


def test_levels_apart(made):
    rows = schools(30) + schools(30, 2, level="Secondary", start=30)
    _code, _told, found, _err = made(rows, "--apart", "level")
    assert len({row["cluster"] for row in found[:30]} & {row["cluster"] for row in found[30:]}) == 0


def test_fixed_centres_and_terrain_and_teachers(made):
    rows = [[*row, "yes" if i in (4, 9) else "", "1.5", "8"] for i, row in enumerate(schools(60))]
    head = [*HEAD, "LTRC", "slow", "teachers"]
    _code, told, found, _err = made(
        rows, "--centres", "LTRC", "--terrain", "slow", "--teachers", "teachers", head=head
    )
    assert {row["centre"] for row in found} == {"S4", "S9"}
    assert told["km_per_teacher"] == pytest.approx(told["km_per_school"], abs=0.001)


def test_bad_coordinates_are_set_aside_or_placed_by_their_ward(made):
    rows = schools(60) + schools(5, 9, "Nowhere", start=60)
    rows[0][2:4] = ["", ""]
    rows[1][2:4] = ["0", "0"]
    rows[2][2:4] = ["37.0", "-0.5"]
    rows[60][2:4] = ["-17.8", "31.0"]
    for row in rows[61:]:
        row[3] = "east"
    _code, told, found, _err = made(rows)
    assert told["placed"] == 60
    assert told["located_by_area"] == 3
    assert found[0]["note"] == "placed by its area, ward Sagana: no coordinates"
    assert "0, 0" in found[1]["note"]
    assert "swapped" in found[2]["note"]
    assert "-17.8, 31 lies far from KE" in found[60]["why"]
    assert found[61]["why"] == 'longitude "east" is not a coordinate'


def test_formed_again_few_move_and_it_says_which(made, tmp_path):
    rows = schools(90)
    _code, _told, before, _err = made(rows)
    was = {row["id"]: row["cluster"] for row in before}
    (tmp_path / "out.csv").rename(tmp_path / "before.csv")
    ended = [row["id"] for row in before if row["cluster"] == "1"][:9]
    now = [row for row in rows if row[0] not in ended] + schools(4, 7, start=90)
    code, told, after, _err = made(now, "--previous", str(tmp_path / "before.csv"))
    assert code == 0
    assert (told["new"], told["gone"], told["placed"]) == (4, 9, 85)
    changed = [row for row in after if was.get(row["id"], row["cluster"]) != row["cluster"]]
    assert len(changed) == told["moved"] <= 9
    assert all(row["note"].startswith("moved from cluster ") for row in changed)
    assert 25 <= sizes_of(after)[0] <= sizes_of(after)[-1] <= 35
    code, told, _after, _err = made(rows, "--previous", str(tmp_path / "before.csv"))
    assert told["moved"] == 0


def test_curve_and_the_cheapest_number_of_clusters(made):
    venue = ["--cost-km", "1", "--cost-venue", "1000"]
    _code, told, found, _err = made(schools(90), "--min", "10", "--max", "30", *venue)
    km = [row["km_total"] for row in told["curve"]]
    assert [row["clusters"] for row in told["curve"]] == [3, 4, 5, 6, 7, 8, 9]
    assert km[0] > km[-1]
    assert told["clusters"] == 3 == len({row["cluster"] for row in found})
    for row in told["curve"]:
        assert row["cost"] == pytest.approx(row["km_total"] + 1000 * row["clusters"], abs=0.01)
    _code, told, _found, _err = made(schools(90), "--min", "10", "--max", "30", "--curve")
    assert "cost" not in told["curve"][0]


def test_previous_that_is_no_list_of_clusters(made, tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    code, _told, found, err = made(schools(60), "--previous", str(tmp_path / "x.csv"))
    assert code == 2
    assert "no column id" in err
    assert found is None


def test_an_id_twice_is_told(made):
    rows = schools(61)
    rows[60][0] = "S7"
    _code, told, found, _err = made(rows)
    assert told["unplaced"] == 1
    assert found[60]["why"] == 'the id "S7" already stands in row 9'


def test_all_at_one_point(made):
    rows = [[*row[:2], "-0.5", "37.0", *row[4:]] for row in schools(60)]
    code, told, _found, _err = made(rows)
    assert code == 0
    assert (told["km_total"], told["gap"]) == (0, 0)


@pytest.mark.parametrize(
    ("n", "more", "says"),
    [
        (7, [], "7 schools cannot be cut into clusters of 25 to 35; 25 could"),
        (40, [], "40 schools cannot be cut into clusters of 25 to 35; 35 or 50 could"),
        (60, ["--min", "35", "--max", "25"], "the least size is at least 1 and at most the greatest"),
        (60, ["--clusters", "9"], "60 schools cannot be cut into 9 clusters of 25 to 35; 2 to 2 clusters could"),
        (60, ["--within", "county"], 'there is no column "county". There are: id, name, latitude'),
        (60, ["--columns", "latitude=Y"], "Y"),
        (60, ["--terrain", "ward"], 'row 2, column ward: "Sagana" is no number'),
        (60, ["--centres", "level"], "60 fixed centres are more than 2 clusters"),
        (60, ["-o", "/nowhere/out.csv"], "there is no folder /nowhere"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_and_writes_nothing(made, n, more, says):
    code, _told, found, err = made(schools(n), *more)
    assert code == 2
    assert says in err
    assert err.startswith("staffroom form-clusters: ")
    assert err.count("\n") == 1
    assert found is None


def test_coordinates_swapped_in_the_whole_list(made):
    rows = [[row[0], row[1], row[3], row[2], *row[4:]] for row in schools(60)]
    code, _told, _found, err = made(rows)
    assert code == 2
    assert "look swapped in the whole list" in err


def test_no_column_of_coordinates(made):
    code, _told, _found, err = made([["1", "A"]], head=["id", "name"])
    assert code == 2
    assert "no column was found for latitude and longitude" in err


def test_lines_for_a_person(tmp_path, capsys):
    source = tmp_path / "schools.csv"
    with source.open("w", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEAD, *schools(60)])
    assert main(["form-clusters", str(source), "--iterations", "400"]) == 0
    said = capsys.readouterr().out
    assert "60 schools, 60 placed, 0 not" in said
    assert "the worst trip" in said
    assert "proven: no clusters of this number" in said or "of the best possible" in said


@pytest.mark.skipif(not KENYA.exists(), reason="the list of Kenya's schools is not here")
def test_a_district_of_kenya(tmp_path, capsys):
    rows = list(csv.reader(KENYA.open()))
    some = [rows[0], *(row for row in rows if row[6] == "Kakamega South" and row[3] == "Primary")]
    source = tmp_path / "kakamega.csv"
    with source.open("w", newline="") as file:
        csv.writer(file).writerows(some)
    assert main(["form-clusters", str(source), "--iterations", "250", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["placed"], told["clusters"]) == (76, 3)
    assert told["gap"] <= 0.01
