"""Who may know: whose answers stand nearest, not who answers most."""

from staffroom.facilitation.knowing import Answered, who_may_know
from staffroom.methods.text.stem import stems


def answered(by: str, text: str, topic: str = "", helped: int = 0) -> Answered:
    return Answered(by, frozenset(stems(text, "en")), topic, helped)


ASKED = stems("How do I divide a fraction by a fraction with paper?", "en")
BEFORE = [
    answered("many", "Which song do you sing in the morning assembly?") for _ in range(20)
] + [answered("one", "My class cannot divide fractions with a strip of paper")]


def test_the_nearest_answer_counts_and_not_the_number_of_answers():
    assert who_may_know(ASKED, "", BEFORE) == "one"


def test_nobody_where_nothing_is_near():
    assert who_may_know(stems("Where can I buy a football?", "en"), "", BEFORE) is None
    assert who_may_know(ASKED, "", []) is None


def test_who_was_asked_lately_is_spared():
    assert who_may_know(ASKED, "", BEFORE, but={"one"}) is None


def test_the_same_topic_is_enough():
    before = [answered("her", "Something else altogether", topic="Fractions")]
    assert who_may_know(ASKED, "fractions", before) == "her"


def test_of_two_alike_the_one_that_helped():
    text = "My class cannot divide fractions with a strip of paper"
    before = [*BEFORE[:20], answered("a", text), answered("b", text, helped=2)]
    assert who_may_know(ASKED, "", before) == "b"
