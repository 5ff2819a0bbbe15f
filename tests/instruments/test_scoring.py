"""What is right, item by item; the values in the margin were worked out by hand."""

from decimal import Decimal

import pytest

from staffroom.instruments import numbers, scoring
from staffroom.instruments.models import Item
from staffroom.instruments.shape import columns
from tests.instruments.conftest import CAPITAL, HALF, LENGTH, PRIMES, SURE


def item(shape, **more):
    return Item(key="i1", **(columns(shape) | more))


@pytest.mark.parametrize(
    ("shape", "value", "share"),
    [
        (HALF, "b", 1),
        (HALF, "a", 0),
        (HALF, None, 0),
        (PRIMES, ["a", "c"], 1),
        (PRIMES, ["a"], 0.5),
        (PRIMES, ["a", "b"], 0),
        (PRIMES, ["a", "b", "c"], 0.5),
        (PRIMES, ["a", "b", "c", "d"], 0),
        (PRIMES, ["b", "d"], 0),
        (PRIMES, [], 0),
        (LENGTH, "14.1", 1),
        (LENGTH, "14.2", 1),
        (LENGTH, "14", 1),
        (LENGTH, "14.21", 0),
        (LENGTH, "-14.1", 0),
        (CAPITAL, "KITUI", 1),
        (CAPITAL, "  kitui   Town ", 1),
        (CAPITAL, "Kitui.", 1),
        (CAPITAL, "Mwingi", 0),
        (SURE, 3, None),
        (SURE, None, None),
    ],
)
def test_how_much_of_an_answer_is_right(shape, value, share):
    assert scoring.share(item(shape), value) == share


def test_short_answers_are_the_same_however_they_are_spelt():
    urdu = item(CAPITAL, accepted=["کراچی"])
    assert scoring.share(urdu, "كراچي") == 1  # typed with Arabic letters
    assert scoring.share(item(CAPITAL, accepted=["ng'ombe"]), "Ng’ombe") == 1
    assert scoring.share(item(CAPITAL, accepted=["<"]), "<") == 1
    assert scoring.share(item(CAPITAL, accepted=["<"]), ">") == 0


def test_nothing_can_be_right_where_no_answer_is_marked():
    poll = item(HALF, choices=[{"key": "a", "text": "x", "right": False}])
    assert not scoring.is_scored(poll)
    assert scoring.share(poll, "a") is None


def test_the_total_counts_what_can_be_right():
    assert scoring.total([1.0, 0.5, None, 0.0]) == scoring.Total(1.5, 3)
    assert scoring.total([None]) == scoring.Total(0, 0)
    assert scoring.mean([1.0, 0.0, None, 0.5]) == 0.5
    assert scoring.mean([None]) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", "12"),
        (" 12 cm", "12"),
        ("12CM", "12"),
        ("cm 12", "12"),
        ("1,5", "1.5"),
        ("0,125", "0.125"),
        ("1,500", "1500"),
        ("12,500,000.25", "12500000.25"),
        ("1 500", "1500"),
        ("۱۲٫۵", "12.5"),
        ("١٢", "12"),
        ("१२", "12"),
        ("−3", "-3"),
        ("3/4", "0.75"),
        ("1 1/2", "1.5"),
        ("-1/4", "-0.25"),
        (".5", "0.5"),
        ("5.", "5"),
    ],
)
def test_numbers_as_people_type_them(typed, number):
    read = numbers.read(typed, "cm")
    assert read is not None
    assert numbers.shown(read) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "twelve",
        "1/0",
        "12 kg",
        "1.2.3",
        "1,2,3",
        "--3",
        "²",
        "1e5",
        "NaN",
        "9" * 30,
        "1-2",
        "/",
    ],
)
def test_what_is_no_number(typed):
    assert numbers.read(typed, "cm") is None


def test_a_third_is_a_third():
    third = numbers.read("1/3")
    assert scoring.share(item(LENGTH, right=third, tolerance=Decimal(0)), numbers.shown(third)) == 1
