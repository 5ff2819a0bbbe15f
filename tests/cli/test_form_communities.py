"""`form-communities` as an officer meets it: a file of teachers in, a file of communities out."""

import csv
import json
import random

import pytest

from staffroom.cli import main

HEAD = ["id", "school", "supervises", "subject", "language", "experience", "grades"]


def teachers(n=60, seed=1):
    rng = random.Random(seed)
    return [
        [f"T{i}", f"S{i // 3}", "", rng.choice(["maths", "science"]), "sw", str(rng.randint(1, 30)), "4-6"]
        for i in range(n)
    ]  # fmt: skip


@pytest.fixture
def made(tmp_path, capsys):
    """Write the rows, run the command > (code, JSON, rows of OUT by id, what stood in stderr)."""

    def run(rows, *more, head=HEAD):
        source, out = tmp_path / "teachers.csv", tmp_path / "out.csv"
        with source.open("w", newline="") as file:
            csv.writer(file).writerows([head, *rows])
        same = ["--same", "subject,language", "--near", "experience,grades"]
        argv = [
            "form-communities",
            str(source),
            *same,
            "--iterations",
            "20",
            "-o",
            str(out),
            "--json",
        ]
        code = main([*argv, *more])
        said = capsys.readouterr()
        told = json.loads(said.out) if code == 0 else None
        found = {row["id"]: row for row in csv.DictReader(out.open())} if out.exists() else None
        assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
        return code, told, found, said.err

    return run


def test_teachers_of_one_subject_sit_together_and_are_told_why(made):
    code, told, found, _err = made(teachers())
    assert code == 0
    assert {"teachers", "placed", "unplaced", "communities", "violations", "within_distance", "seconds"} <= told.keys()  # fmt: skip
    assert (told["teachers"], told["violations"]) == (60, 0)
    assert told["placed"] + told["unplaced"] == 60
    subject = {row[0]: row[3] for row in teachers()}
    by: dict[str, set] = {}
    for name, row in found.items():
        if row["community"]:
            by.setdefault(row["community"], set()).add(subject[name])
            assert "subject" in row["why"]
            assert "experience" in row["why"]
        else:
            assert row["why"]
    assert all(len(subjects) == 1 for subjects in by.values())


def test_a_head_is_never_with_those_of_the_own_school(made):
    rows = [[f"T{i}", f"S{i % 6}", "", "maths", "sw", "5", "4"] for i in range(24)]
    rows[0][2], rows[1][2] = "S0", "T0"
    code, told, found, _err = made(rows)
    assert (code, told["violations"]) == (0, 0)
    for below in ("T6", "T12", "T18"):
        assert found["T0"]["community"] != found[below]["community"] or not found["T0"]["community"]
        assert found["T1"]["community"] != found[below]["community"] or not found["T1"]["community"]


def test_a_group_of_their_own_stays_whole_and_one_that_breaks_a_rule_is_told(made):
    rows = [[*row[:3], "maths", *row[4:], ""] for row in teachers(48)]
    for i in range(0, 36, 3):
        rows[i][-1] = "Mwingi circle"
    rows[1][-1] = rows[2][-1] = "two of us"
    code, told, found, _err = made(rows, "--groups", "own", head=[*HEAD, "own"])
    assert code == 0
    assert len({found[f"T{i}"]["community"] for i in range(0, 36, 3)}) == 1
    assert "formed yourselves" in found["T0"]["why"]
    assert "two of us" in told["notes"][0]


def test_women_who_ask_are_among_women(made):
    rows = [[*row[:3], "maths", *row[4:], "f" if i % 2 else "m", "yes" if i % 4 == 1 else ""]
            for i, row in enumerate(teachers(48))]  # fmt: skip
    code, told, found, _err = made(
        rows, "--women-only", "wish", "--gender", "sex", head=[*HEAD, "sex", "wish"]
    )
    assert code == 0
    asked = {found[row[0]]["community"] for row in rows if row[-1]}
    men = {found[row[0]]["community"] for row in rows if row[-2] == "m"}
    assert not asked & men
    assert "women only" in found["T1"]["why"]
    assert told["violations"] == 0


def test_too_few_are_told_what_would_help(made):
    code, told, found, _err = made(teachers(5))
    assert (code, told["placed"]) == (0, 0)
    assert "--merge" in found["T0"]["why"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows[0].__setitem__(2, "T1") or rows[1].__setitem__(2, "T0"), "leads back"),
        (lambda rows: rows[0].__setitem__(2, "T0"), "supervises themselves"),
        (lambda rows: rows[3].__setitem__(2, "nobody"), 'row 5, column supervises: "nobody"'),
        (lambda rows: rows[3].__setitem__(5, "long"), 'row 5, column experience: "long"'),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_written(made, change, said):
    rows = teachers()
    change(rows)
    code, _told, found, err = made(rows)
    assert (code, found) == (2, None)
    assert said in err


def test_a_teacher_without_a_school_or_twice_is_set_aside(made):
    rows = teachers()
    rows[0][1] = ""
    rows[5][0] = "T4"
    code, told, found, _err = made(rows)
    assert code == 0
    assert "no school" in found["T0"]["why"]
    assert any("already stands" in why for why in told["unplaced_why"])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--min", "16"), "--min 16 and --max 15"),
        (("--same", "subjekt"), 'no column "subjekt"'),
        (("--weights", "1"), "one each"),
        (("--merge", "grades"), "only a column of --same"),
        (("--women-only", "wish"), "need each other"),
    ],
)
def test_options_that_do_not_fit_are_refused(made, more, said):
    code, _told, _found, err = made(teachers(), *more)
    assert code == 2
    assert said in err
