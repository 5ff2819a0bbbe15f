"""What a text message costs: 3GPP TS 23.038, section 6.1.2.1.1 and 6.2."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffroom.methods.text.gsm import measure, parts, plain, shortened


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("€" * 152, 2),
        ("€" * 153, 3),  # 76 in a part of 153 places: the last place cannot hold half of one
        ("a" + "€" * 152, 2),  # the first part holds 1 + 76·2, the second 76·2
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("ک" * 70, 1),
        ("ک" * 71, 2),
        ("ک" * 134, 2),
        ("ک" * 201, 3),
        ("ک" * 202, 4),
        ("🌍" * 35, 1),
        ("🌍" * 36, 2),
        ("🌍" * 66, 2),
        ("🌍" * 67, 3),  # 33 in a part of 67 places
    ],
)
def test_parts(text, expected):
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "places", "seven"),
    [
        ("Habari yako? @£$ ÄÖÑÜ§", 22, True),
        ("[x] {y} ~ ^ | \\ €", 26, True),
        ("ç", 1, False),  # only its capital is in the alphabet
        ("á", 1, False),
        ("ΔΦΓΛΩΠΨΣΘΞ", 10, True),
        ("Α", 1, False),  # a Greek capital that looks Latin
        ("یہ", 2, False),
        ("🙂", 2, False),
    ],
)
def test_the_alphabet(text, places, seven):
    assert (measure(text).places, measure(text).seven_bits) == (places, seven)


def test_typed_marks_do_not_double_the_cost():
    assert plain("Amina’s “why” – and…\u00a0more") == 'Amina\'s "why" - and... more'
    assert parts(plain("’" * 160)) == 1


def test_marks_stay_where_another_letter_costs_as_much_anyway():
    assert plain("یہ ‘کیوں’ – …") == "یہ ‘کیوں’ – …"
    assert plain("Nguvu “★”") == "Nguvu “★”"


def test_an_accent_typed_in_two_is_one_letter():
    assert parts(plain("e\u0301" * 160)) == 1


def test_a_long_text_ends_between_words_and_keeps_its_address():
    link = "https://staffroom.example.org/p/3"
    text = shortened("words and more " * 60 + "\n" + link, 2)
    assert parts(text) == 2
    assert text.endswith(f"\n{link}")
    assert text.split("...")[0].split(" ")[-1] in {"words", "and", "more"}
    assert shortened("short\n" + link, 2) == "short\n" + link


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=700), st.integers(1, 4))
def test_it_fits_whatever_it_is(text, most):
    assert parts(shortened(text, most)) <= most
    assert parts(plain(text)) <= parts(text) * 3


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab€ک🌍 ", max_size=400))
def test_counted_as_really_cut(text):
    """Against cutting the letters themselves, with no letter torn."""
    seven = not any(char in "ک🌍" for char in text)
    one, each = (160, 153) if seven else (70, 67)
    size = {"€": 2 if seven else 1, "🌍": 2}
    total = sum(size.get(char, 1) for char in text)
    pieces = [0]
    for char in text:
        if pieces[-1] + size.get(char, 1) > each:
            pieces.append(0)
        pieces[-1] += size.get(char, 1)
    assert parts(text) == (1 if total <= one else len(pieces))
