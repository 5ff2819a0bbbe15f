"""At most five acts, of several kinds; a report does not wait."""

from dataclasses import dataclass

from staffroom.facilitation.ranking import choose


@dataclass(frozen=True)
class One:
    kind: str
    subject: str
    urgency: float
    waits_for_nobody: bool = False


def names(chosen):
    return [one.subject for one in chosen]


def test_at_most_five_the_most_urgent_first():
    kinds = "abcdefg"
    many = [One(kind, kind, urgency) for urgency, kind in enumerate(kinds)]
    assert names(choose(many)) == ["g", "f", "e", "d", "c"]


def test_of_one_kind_at_most_two_so_that_the_desk_is_not_one_worry():
    many = [One("question", str(n), 90 - n) for n in range(9)] + [One("thanks", "t", 1)]
    assert names(choose(many)) == ["0", "1", "t"]


def test_what_was_done_today_counts_so_that_a_day_ends():
    many = [One(kind, kind, 1) for kind in "abcdefg"]
    assert len(choose(many, done=["x", "y", "z"])) == 2
    assert choose(many, done=["v", "w", "x", "y", "z"]) == []


def test_a_kind_of_which_two_were_done_has_its_day():
    assert choose([One("thanks", "c", 9)], done=["thanks", "thanks"]) == []


def test_a_report_comes_in_whatever_was_done():
    report = One("report", "r", 100, waits_for_nobody=True)
    assert names(choose([report, One("thanks", "t", 9)], done=list("vwxyz"))) == ["r"]


def test_ten_reports_are_still_five():
    assert len(choose([One("report", str(n), 100, True) for n in range(10)])) == 5


def test_equal_urgency_has_one_order():
    one, two = One("a", "x", 5), One("a", "b", 5)
    assert choose([one, two]) == choose([two, one])


def test_an_empty_desk_is_empty():
    assert choose([]) == []
