"""Every kind of item as a text message, and its answer read from one."""

import pytest

from staffroom.core.errors import Refused
from staffroom.instruments.message import as_message, from_message
from staffroom.instruments.models import Item
from staffroom.instruments.shape import Shape, columns
from tests.instruments.conftest import CAPITAL, HALF, LENGTH, PRIMES, SURE


def item(shape, **more):
    return Item(key="i1", **(columns(shape) | more))


PICTURE = Shape(Item.Kind.PHOTO, "Show your working.")


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (
            HALF,
            "1/5 How much is a half and a quarter?\nA Two sixths\nB Three quarters\nC One\n"
            "Answer with one letter: A, B, C.",
        ),
        (
            PRIMES,
            "1/5 Which are prime?\nA 2\nB 9\nC 11\nD 15\nAnswer with one or more letters, like AB.",
        ),
        (
            LENGTH,
            "1/5 How long is the diagonal of a square of 10 cm?\nAnswer with a number (cm).",
        ),
        (CAPITAL, "1/5 The county town?\nAnswer with a few words."),
        (
            SURE,
            "1/5 How sure are you?\n1 = Not\n5 = Very\nAnswer with a number from 1 to 5.\n"
            "To leave it out, send -",
        ),
        (PICTURE, "1/5 Show your working.\nAnswer with a photo."),
    ],
)
def test_each_kind_says_how_to_answer(shape, said):
    assert as_message(item(shape), "en", place=1, of=5) == said


def test_in_the_readers_language_and_part_by_part():
    told = {"sw": {"text": "Nusu na robo ni ngapi?", "choices": {"c": "Moja"}}}
    lines = as_message(item(HALF, translations=told), "sw").split("\n")
    assert lines[:4] == ["Nusu na robo ni ngapi?", "A Two sixths", "B Three quarters", "C Moja"]
    assert as_message(item(HALF, translations=told), "ur").startswith("How much")


@pytest.mark.parametrize(
    ("shape", "text", "value"),
    [
        (HALF, "b", "b"),
        (HALF, " B) ", "b"),
        (HALF, "2", "b"),
        (HALF, "۲", "b"),
        (HALF, "three QUARTERS", "b"),
        (PRIMES, "AC", ["a", "c"]),
        (PRIMES, "c, a", ["a", "c"]),
        (PRIMES, "A & C", ["a", "c"]),
        (PRIMES, "11", ["c"]),  # the words themselves
        (LENGTH, "14,1 cm", "14.1"),
        (LENGTH, "۱۴٫۱", "14.1"),
        (CAPITAL, "Kitui\n town", "Kitui town"),
        (SURE, "4", 4),
        (SURE, "-", None),
    ],
)
def test_an_answer_is_read_as_people_write_it(shape, text, value):
    assert from_message(item(shape), text, "en") == value


def test_a_translated_answer_is_known_too():
    told = {"sw": {"choices": {"c": "Moja"}}}
    assert from_message(item(HALF, translations=told), "moja", "sw") == "c"


@pytest.mark.parametrize(
    ("shape", "text", "how"),
    [
        (HALF, "d", "Answer with one letter: A, B, C."),
        (HALF, "a b", "Please choose one only."),
        (HALF, "a bit", "Answer with one letter: A, B, C."),
        (HALF, "", "Answer with one letter: A, B, C."),
        (HALF, "-", "Answer with one letter: A, B, C."),
        (PRIMES, "ax", "Answer with one or more letters, like AB."),
        (LENGTH, "long", "Please write a number, like 12 or 3.5 or 1/2."),
        (SURE, "6", "Please choose a number from 1 to 5."),
        (SURE, "2.5", "Please choose a number from 1 to 5."),
        (CAPITAL, "  ", "Please write something here."),
        (CAPITAL, "x" * 201, "This has 201 characters; at most 200 fit."),
        (PICTURE, "here", "Answer with a photo."),
    ],
)
def test_what_is_no_answer_says_how_to(shape, text, how):
    with pytest.raises(Refused) as refusal:
        from_message(item(shape), text, "en")
    assert refusal.value.message == how
    assert refusal.value.field == "i1"
