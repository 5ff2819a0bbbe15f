"""Whatever two people make of a text, nothing that either wrote is lost."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffroom.methods.text.difference import changes, tokens
from staffroom.methods.text.merge import Clash, both, merge

WORD = st.sampled_from(["fold", "paper", "ask", "why", "10", "کاغذ", "موڑیں", "draw"])
SENTENCE = st.lists(WORD, min_size=1, max_size=4).map(lambda words: " ".join(words) + ".")
LINE = st.lists(SENTENCE, min_size=1, max_size=2).map(" ".join)
TEXT = st.lists(LINE, max_size=5).map("\n".join)
ANY = st.one_of(TEXT, st.text(max_size=40))


def plain(text: str) -> list[str]:
    return text.split()


def written(base: str, side: str) -> Counter:
    """The words that the side put in."""
    return Counter(
        word for change in changes(base, side) if not change.same for word in plain(change.new)
    ) - Counter(
        word for change in changes(base, side) if not change.same for word in plain(change.old)
    )


def everything(merged) -> Counter:
    out: Counter = Counter()
    for piece in merged.pieces:
        if isinstance(piece, Clash):
            out.update(plain(piece.ours))
            out.update(plain(piece.theirs))
        else:
            out.update(plain(piece))
    return out


@given(ANY, ANY, ANY)
@settings(max_examples=400, deadline=None)
def test_nothing_that_either_side_wrote_is_lost(base, ours, theirs):
    there = everything(merge(base, ours, theirs))
    for side in (ours, theirs):
        missing = set(written(base, side)) - set(there)
        assert not missing, (base, ours, theirs)


@given(TEXT, TEXT, TEXT)
@settings(max_examples=200, deadline=None)
def test_choosing_a_side_everywhere_keeps_the_words_of_that_side(base, ours, theirs):
    merged = merge(base, ours, theirs)
    mine = Counter(plain(merged.text(lambda clash: clash.ours)))
    assert not set(written(base, ours)) - set(mine)
    other = Counter(plain(merged.text(lambda clash: clash.theirs)))
    assert not set(written(base, theirs)) - set(other)


@given(ANY, ANY)
def test_one_side_alone_stands_as_it_is(base, side):
    for merged in (merge(base, side, base), merge(base, base, side), merge(base, side, side)):
        assert merged.clean
        assert merged.text(both) == side


@given(TEXT, TEXT, TEXT)
@settings(deadline=None)
def test_the_sides_may_change_places(base, ours, theirs):
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert one.clean == other.clean
    assert everything(one) == everything(other)


BASE = "Fold the paper.\nAsk how many quarters.\nDraw it in the book.\n"


def test_different_lines_fit():
    merged = merge(
        BASE,
        BASE.replace("Fold the paper.", "Fold the paper into halves."),
        BASE.replace("Draw it in the book.", "Draw it on the board."),
    )
    assert merged.text(both) == (
        "Fold the paper into halves.\nAsk how many quarters.\nDraw it on the board.\n"
    )


def test_different_words_of_one_line_fit():
    base = "Each pair folds one strip of paper into four equal parts"
    merged = merge(base, base.replace("one strip", "two strips"), base.replace("four", "eight"))
    assert merged.text(both) == "Each pair folds two strips of paper into eight equal parts"


def test_the_same_edit_counts_once():
    other = BASE.replace("Ask", "Tell")
    assert merge(BASE, other, other).text(both) == other
    longer = other.replace("Draw it", "They draw it")
    assert merge(BASE, other, longer).text(both) == longer


def test_the_same_sentence_changed_twice_stands_side_by_side():
    merged = merge(
        BASE,
        BASE.replace("Ask how many quarters.", "Ask who found three."),
        BASE.replace("Ask how many quarters.", "Let them count the quarters."),
    )
    (clash,) = merged.clashes
    assert clash == Clash(
        "Ask how many quarters.\n", "Ask who found three.\n", "Let them count the quarters.\n"
    )
    assert merged.pieces[0] == "Fold the paper.\n"
    assert merged.text(both) == (
        "Fold the paper.\nLet them count the quarters.\nAsk who found three.\nDraw it in the book.\n"
    )


def test_a_number_and_its_unit_are_not_mixed():
    merged = merge("It takes 10 minutes.", "It takes 15 minutes.", "It takes 10 pupils.")
    assert not merged.clean


def test_one_takes_out_what_the_other_changes():
    merged = merge(
        BASE, "Fold the paper.\nDraw it in the book.\n", BASE.replace("quarters", "eighths")
    )
    (clash,) = merged.clashes
    assert clash.ours == ""
    assert "eighths" in clash.theirs


def test_both_write_below():
    merged = merge(BASE, BASE + "Collect the strips.", BASE + "Set the homework.")
    assert merged.clean
    assert merged.text(both) == BASE + "Set the homework.\nCollect the strips."


@pytest.mark.parametrize("base", ["", "\n"])
def test_two_first_texts_of_an_empty_section(base):
    """Both are there; which goes first is whose was there first."""
    merged = merge(base, "Mine is this.", "Theirs is that.")
    assert set(plain("Mine is this. Theirs is that.")) <= set(everything(merged))


def test_words_of_both_directions_keep_their_places():
    base = "کاغذ کو موڑیں۔ Fold it. پھر کھولیں۔"
    merged = merge(
        base, base.replace("موڑیں", "آدھا موڑیں"), base.replace("کھولیں", "آہستہ کھولیں")
    )
    assert merged.text(both) == "کاغذ کو آدھا موڑیں۔ Fold it. پھر آہستہ کھولیں۔"


def test_tokens_hold_the_space_after_a_word():
    assert tokens("a b\nc") == ["a ", "b", "\n", "c"]
