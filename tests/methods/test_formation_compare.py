"""Two plans side by side: clusters are matched by the schools they share."""

from staffroom.methods.formation.compare import compare


def test_numbers_do_not_matter_and_only_real_changes_are_told():
    first = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": None, "g": 2, "h": None}
    second = {"a": 9, "b": 9, "c": 8, "d": 8, "e": 8, "f": 9, "g": None, "i": 8, "h": None}
    found = compare(first, second, {1: "a", 2: "d"}, {9: "b", 8: "d"})
    assert found.match == {1: 9, 2: 8}
    assert [(c.school, c.kind, c.was, c.becomes) for c in found.changes] == [
        ("c", "moved", 1, 8),
        ("f", "placed", None, 9),
        ("g", "unplaced", 2, None),
        ("i", "new", None, 8),
    ]
    assert found.centres == [(1, 9)]
    assert found.same == 4


def test_a_plan_is_itself():
    plan = {"a": 1, "b": 1, "c": 2}
    found = compare(plan, plan, {1: "a", 2: "c"}, {1: "a", 2: "c"})
    assert (found.changes, found.centres, found.same) == ([], [], 3)


def test_a_cluster_that_ended_has_no_match():
    found = compare({"a": 1, "b": 2}, {"a": 1, "b": 1}, {1: "a", 2: "b"}, {1: "a"})
    assert found.match == {1: 1}
    assert [(c.school, c.kind) for c in found.changes] == [("b", "moved")]


def test_of_two_halves_the_one_with_the_same_centre_goes_on():
    found = compare({"a": 1, "b": 1}, {"a": 5, "b": 6}, {1: "b"}, {5: "a", 6: "b"})
    assert found.match == {1: 6}
