"""What a text message costs: 3GPP TS 23.038, section 6.1.2.1.1 and 6.2."""

import pytest

from staffroom.notices.letters import parts, plain


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
        ("ک" * 70, 1),
        ("ک" * 71, 2),
        ("ک" * 134, 2),
        ("ک" * 201, 3),
        ("ک" * 202, 4),
        ("🌍" * 35, 1),
        ("🌍" * 36, 2),
    ],
)
def test_parts(text, expected):
    assert parts(text) == expected


def test_typed_marks_do_not_double_the_cost():
    assert plain("Amina’s “why” – and…\u00a0more") == 'Amina\'s "why" - and... more'
    assert parts(plain("’" * 160)) == 1
