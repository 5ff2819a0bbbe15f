from collections import defaultdict

import pytest

from staffroom.methods.retrieval.asked import ALIKE, likeness, rarity

EVEN = defaultdict(lambda: 1.0)


def test_nothing_in_common_and_the_same():
    one = ["how", "teach", "fraction"]
    assert likeness(one, ["goat"], EVEN | dict.fromkeys([*one, "goat"], 1.0)) == 0
    assert likeness(one, one, dict.fromkeys(one, 1.0)) == pytest.approx(1)
    assert likeness([], one, {}) == 0


def test_frequent_words_alone_make_no_likeness():
    weights = {"how": rarity(90, 100), "teach": rarity(80, 100)}
    weights |= {"fraction": rarity(2, 100), "photosynthesi": rarity(1, 100)}
    assert (
        likeness(["how", "teach", "fraction"], ["how", "teach", "photosynthesi"], weights) < ALIKE
    )
    assert likeness(["how", "teach", "fraction"], ["fraction", "teach"], weights) > ALIKE
