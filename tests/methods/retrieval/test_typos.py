import pytest

from staffroom.methods.retrieval.typos import nearest, slips_allowed

WORDS = {"fraction": 9, "function": 3, "fractal": 1, "friction": 2, "goat": 5, "27": 3}.items()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fracton", "fraction"),
        ("fractoin", "fraction"),
        ("frraction", "fraction"),
        ("goet", "goat"),
        ("gaot", "goat"),
    ],
)
def test_one_slip(typed, meant):
    assert nearest(typed, WORDS)[0].word == meant


@pytest.mark.parametrize("typed", ["go", "72", "x", "photosynthesis", "fraction"])
def test_nothing_near(typed):
    assert "fraction" not in [near.word for near in nearest(typed, WORDS) if near.slips > 2]
    if typed != "fraction":
        assert nearest(typed, WORDS) == []


def test_the_nearest_first_and_of_equally_near_ones_the_more_frequent():
    found = nearest("fruction", WORDS)
    assert [(near.word, near.slips) for near in found] == [
        ("fraction", 1),
        ("friction", 1),
        ("function", 2),
    ]
    assert found[0].weight == 1 - 1 / 8


@pytest.mark.parametrize(
    ("word", "slips"), [("go", 0), ("goat", 1), ("goats", 1), ("farmer", 2), ("3cm", 0)]
)
def test_how_many_slips(word, slips):
    assert slips_allowed(word) == slips
