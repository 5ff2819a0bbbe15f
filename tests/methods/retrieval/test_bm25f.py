import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffroom.methods.retrieval.bm25f import Collection, Text, Wanted, rank


def want(*words):
    return [Wanted(((word, 1.0),)) for word in words]


def keys(found):
    return [one.key for one in found]


def test_one_field_is_bm25_as_in_the_book():
    """Robertson & Zaragoza (2009), equation 3.15, with k1 1.2 and b 0.75, by hand."""
    texts = [Text("a", ("goat goat maize",)), Text("b", ("maize",)), Text("c", ("rain rain",))]
    found = rank(want("goat"), texts, [1.0])
    idf = math.log(1 + (3 - 1 + 0.5) / 1.5)
    tf = 2 / (0.25 + 0.75 * 3 / 2)
    assert keys(found) == ["a"]
    assert found[0].score == pytest.approx(idf * tf / (1.2 + tf), abs=1e-6)


def test_a_word_in_the_title_counts_more_than_in_the_body():
    texts = [Text("body", ("maize", "goat")), Text("title", ("goat", "maize"))]
    assert keys(rank(want("goat"), texts, [2.0, 1.0])) == ["title", "body"]


def test_rare_words_count_more_than_frequent_ones():
    texts = [Text(n, ("the cow",)) for n in range(8)] + [Text("rare", ("hyena",))]
    assert keys(rank(want("the", "hyena"), texts, [1.0]))[0] == "rare"


def test_a_short_text_wins_over_a_long_one_with_the_same_words():
    texts = [Text("long", ("goat " + "rain " * 50 + "end",)), Text("short", ("goat",))]
    assert keys(rank(want("goat"), texts, [1.0])) == ["short", "long"]


def test_newer_first_where_scores_are_equal_and_only_there():
    texts = [Text("old", ("goat",), 1), Text("new", ("goat",), 2), Text("best", ("goat goat",), 0)]
    assert keys(rank(want("goat"), texts, [1.0]))[1:] == ["new", "old"]


def test_the_beginning_of_a_word_counts_less_than_the_word():
    texts = [Text("begins", ("fraction",)), Text("is", ("fract",)), Text("no", ("diffract",))]
    wanted = [Wanted((("fract", 1.0),), begins="fract")]
    assert keys(rank(wanted, texts, [1.0])) == ["is", "begins"]


def test_spellings_of_one_word_are_one_word():
    texts = [Text("both", ("color colour",)), Text("one", ("colour cat",))]
    found = rank([Wanted((("colour", 1.0), ("color", 0.8)))], texts, [1.0])
    assert [(one.key, one.has) for one in found] == [("both", 1), ("one", 1)]


def test_the_collections_figures_are_used_where_they_are_known():
    texts = [Text("a", ("goat",)), Text("b", ("the",))]
    wanted = [Wanted((("goat", 1.0),), known=2), Wanted((("the", 1.0),), known=900)]
    found = rank(wanted, texts, [1.0], Collection(1000, (1.0,)))
    assert found[0].key == "a"
    assert found[0].score > 5 * found[1].score


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=6), max_size=8), st.randoms())
def test_the_order_does_not_depend_on_the_order_in(rows, random):
    texts = [Text(n, (" ".join(row),)) for n, row in enumerate(rows)]
    wanted = want("a", "b")
    first = rank(wanted, texts, [1.0])
    random.shuffle(texts)
    assert rank(wanted, texts, [1.0]) == first
    assert all("a" in rows[one.key] or "b" in rows[one.key] for one in first)
