"""docs/reference/asvs.md is complete, and everything it names is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "reference" / "asvs.md").read_text()
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (.+?) \| (.+) \|$", re.M)
ROWS = ROW.findall(PAGE)
ANSWERS = {"met", "in part", "**not met**", "not applicable"}


def test_no_requirement_is_missing_and_none_is_made_up():
    wanted = [
        tuple(line.split())
        for line in (Path(__file__).parent / "asvs_numbers.txt").read_text().splitlines()
    ]
    assert len(wanted) > 250
    assert [(number, level) for number, level, *_ in ROWS] == wanted


def test_each_has_an_answer_and_a_reason():
    for number, _, words, answer, how in ROWS:
        assert answer in ANSWERS, number
        assert words.strip(), number
        assert how.strip(), number


def test_the_sums_are_right():
    for answer in ANSWERS:
        plain = answer.strip("*")
        first, second, both = re.search(
            rf"^\| {plain} \| (\d+) \| (\d+) \| (\d+) \|$", PAGE, re.M
        ).groups()
        levels = [level for _, level, _, said, _ in ROWS if said == answer]
        assert (int(first), int(second)) == (levels.count("1"), levels.count("2")), answer
        assert int(both) == len(levels)


def test_every_file_and_test_that_it_names_is_there():
    named = {
        name for *_, how in ROWS for name in re.findall(r"`([\w.-]+/[\w./-]+(?:::\w+)?)`", how)
    }
    assert len(named) > 60
    for name in named:
        path, _, test = name.partition("::")
        assert (ROOT / path).exists(), name
        if test:
            tree = ast.parse((ROOT / path).read_text())
            assert test in {
                node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
            }, name
