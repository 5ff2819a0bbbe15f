"""Joined, the parts are the texts, whatever they are; and the alignment is a shortest one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from staffroom.methods.text.difference import changes, matches, tokens

WORDS = st.lists(st.sampled_from(["a", "b", "fold", "paper", ".", "\n", "کاغذ"]), max_size=14)
TEXT = st.one_of(st.text(max_size=60), WORDS.map(" ".join))


@given(TEXT)
def test_tokens_joined_are_the_text(text):
    assert "".join(tokens(text)) == text


@given(TEXT, TEXT)
def test_parts_joined_are_both_texts(old, new):
    found = changes(old, new)
    assert "".join(change.old for change in found) == old
    assert "".join(change.new for change in found) == new


@given(WORDS, WORDS)
@settings(deadline=None)
def test_as_much_is_kept_as_can_be(a, b):
    """The longest common subsequence, by the table every textbook has."""
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for x, left in enumerate(a, 1):
        for y, right in enumerate(b, 1):
            best[x][y] = (
                best[x - 1][y - 1] + 1 if left == right else max(best[x - 1][y], best[x][y - 1])
            )
    found = matches(a, b)
    assert sum(run.length for run in found) == best[-1][-1]
    for run in found:
        assert (
            a[run.a_start : run.a_start + run.length] == b[run.b_start : run.b_start + run.length]
        )


def test_one_word_is_one_change():
    found = changes("Three pupils explain it with the rule.", "Three pupils draw it with the rule.")
    assert [(c.old.strip(), c.new.strip()) for c in found if not c.same] == [("explain", "draw")]


def test_a_lone_word_between_two_replacements_belongs_to_them():
    found = changes("one two three four five", "ONE two THREE four five")
    assert [(c.old, c.new) for c in found if not c.same] == [("one two three ", "ONE two THREE ")]


def test_what_has_nothing_in_common_is_given_up_early():
    """Two texts of 20,000 words that share only their spaces and a few words: bounded work."""
    old = " ".join(f"a{n}" for n in range(20_000))
    new = " ".join(f"b{n}" for n in range(20_000))
    assert len(changes(old, new)) == 1
