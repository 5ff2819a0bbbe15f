"""Results are counts, from three on; nobody is named and nothing grows with the number of answers."""

import pytest

from staffroom.instruments import actions
from staffroom.instruments.models import Answer, Response
from staffroom.instruments.queries.results import results
from tests.instruments.conftest import RIGHT


def answered(world, version, **values):
    for who, given in values.items():
        actions.answer(by=getattr(world, who), version=version, values=given)


def bars(result):
    return [(bar.words, bar.count, bar.percent, bar.right) for bar in result.bars]


def test_below_three_there_is_a_count_alone(world, quiz):
    answered(world, quiz, amina=RIGHT, nafula=RIGHT)
    actions.answer(by=world.otieno, version=quiz, values={"i1": "b"})  # not finished
    found = results(quiz, "en")
    assert (found.responses, found.items, found.enough) == (2, (), False)


def test_the_picture_of_each_question(world, quiz):
    answered(
        world,
        quiz,
        amina=RIGHT,
        nafula=RIGHT | {"i1": "a", "i2": ["a", "b"], "i3": "20", "i4": "Mwingi", "i5": 1},
        otieno=RIGHT | {"i2": ["a"], "i3": "20", "i5": None},
        baraka=RIGHT | {"i3": "20", "i4": "mwingi", "i5": 4},
        chausiku=RIGHT | {"i3": "17", "i4": "Nairobi", "i5": 5},
    )
    found = results(quiz, "en")
    assert found.responses == 5
    half, primes, length, capital, sure = found.items
    assert bars(half) == [
        ("Two sixths", 1, 20, False),
        ("Three quarters", 4, 80, True),
        ("One", 0, 0, False),
    ]
    assert (half.right_percent, half.answered) == (80, 5)
    assert bars(primes) == [("2", 5, 100, True), ("9", 1, 20, False), ("11", 3, 60, True), ("15", 0, 0, False)]  # fmt: skip
    assert primes.right_percent == 70  # three whole, a half, and one that a wrong one undid
    # Three wrote 20: it is worth talking about. 17 is one person's, and stays nobody's.
    assert bars(length) == [("Right", 1, 20, True), ("20", 3, 60, False), ("Other answers", 1, 20, False)]  # fmt: skip
    assert bars(capital) == [("Right", 2, 40, True), ("Other answers", 3, 60, False)]
    assert [bar.count for bar in sure.bars] == [1, 0, 0, 2, 1]
    assert [bar.words for bar in sure.bars] == ["1 Not", "2", "3", "4", "5 Very"]
    assert (sure.right_percent, sure.answered) == (None, 4)


def test_in_the_readers_language(world, quiz):
    quiz.items.filter(key="i1").update(translations={"sw": {"choices": {"a": "Mbili ya sita"}}})
    answered(world, quiz, amina=RIGHT, nafula=RIGHT, otieno=RIGHT)
    assert results(quiz, "sw").items[0].bars[0].words == "Mbili ya sita"


@pytest.mark.parametrize("many", [10, 200])
def test_three_queries_however_many(world, quiz, many, django_assert_num_queries):
    item = quiz.items.get(key="i1")
    responses = Response.objects.bulk_create(
        Response(version=quiz, finished_at=quiz.published_at) for _ in range(many)
    )
    Answer.objects.bulk_create(
        Answer(response=each, item=item, value="b", share=1) for each in responses
    )
    with django_assert_num_queries(3):
        assert results(quiz, "en").items[0].bars[1].count == many
