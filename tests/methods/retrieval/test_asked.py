import pytest

from staffroom.methods.retrieval.asked import ALIKE, likeness, rarity


def test_nothing_in_common_and_the_same():
    asked = ["explain", "fraction", "class"]
    even = dict.fromkeys([*asked, "goat"], 1.0)
    assert likeness(asked, ["goat"], even) == 0
    assert likeness(asked, asked, even) == pytest.approx(1)
    assert likeness([], asked, {}) == 0


def test_that_the_other_says_more_is_no_difference():
    even = dict.fromkeys("abcdefgh", 1.0)
    assert likeness("abc", "abcdefgh", even) == pytest.approx(1)
    assert likeness("abcdefgh", "abc", even) == pytest.approx(3 / 8)


def test_one_word_in_common_is_no_likeness():
    assert likeness(["fraction"], ["fraction"], {"fraction": 9.0}) == 0
    assert likeness(["fraction", "the"], ["fraction"], {"fraction": 9.0, "the": 0.1}) == 0


def test_frequent_words_alone_make_no_likeness():
    weights = {"how": rarity(90, 100), "teach": rarity(80, 100)}
    weights |= {"fraction": rarity(2, 100), "photosynthesi": rarity(1, 100)}
    asked = ["how", "teach", "fraction"]
    assert likeness(asked, ["how", "teach", "photosynthesi"], weights) < ALIKE
    assert likeness(asked, ["fraction", "teach"], weights) > ALIKE
