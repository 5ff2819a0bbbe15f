import pytest

from staffroom.methods.text.steps import Step, minutes_of, steps_of


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("10: Fold the paper", Step("Fold the paper", 10)),
        ("10min Fold the paper", Step("Fold the paper", 10)),
        ("10 min: Fold the paper", Step("Fold the paper", 10)),
        ("10 minutes - Fold", Step("Fold", 10)),
        ("10' Fold", Step("Fold", 10)),
        ("dakika 10: Kunja karatasi", Step("Kunja karatasi", 10)),
        ("Dk 5 Kunja", Step("Kunja", 5)),
        ("۱۰ منٹ: کاغذ موڑیں", Step("کاغذ موڑیں", 10)),
        ("کاغذ موڑیں (۱۰ منٹ)", Step("کاغذ موڑیں", 10)),
        ("Fold the paper (10 min)", Step("Fold the paper", 10)),
        ("Fold the paper, 10 minutes.", Step("Fold the paper", 10)),
        ("ten minutes: Fold", Step("ten minutes: Fold")),
        ("Fold 10 strips", Step("Fold 10 strips")),
        ("Find 3", Step("Find 3")),
        ("10", Step("10")),
        ("2 ÷ ⅓ with strips", Step("2 ÷ ⅓ with strips")),
        ("3 pupils explain", Step("3 pupils explain")),
    ],
)
def test_minutes_are_read_where_they_are_usually_written(line, step):
    assert steps_of(line) == [step]


def test_a_numbered_list_is_not_minutes():
    assert steps_of("1. Fold\n2. Ask\n3) 10 min Draw") == [
        Step("Fold"),
        Step("Ask"),
        Step("Draw", 10),
    ]


def test_together():
    assert minutes_of("10: Fold\n\nAsk\n20 min Draw") == (30, 1)
    assert minutes_of("") == (0, 0)
    assert minutes_of("\x00 \u202e") == (0, 1)
