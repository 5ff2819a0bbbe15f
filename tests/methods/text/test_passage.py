import pytest

from staffroom.methods.text.passage import Marks, Piece, passage

LONG = "word " * 100 + "The Fractions lesson went well " + "more " * 100


def test_it_marks_every_hit_in_a_short_text():
    assert passage("Half, halves and a half.", Marks(("half",))) == [
        Piece("Half", True),
        Piece(", halves and a "),
        Piece("half", True),
        Piece("."),
    ]


def test_it_finds_accents_and_prefixes():
    hits = [piece.text for piece in passage("Les élèves comptent", Marks(("eleve",))) if piece.hit]
    assert hits == ["élèves"]


def test_it_cuts_a_long_text_around_the_hit():
    pieces = passage(LONG, Marks(("fraction",)), width=120)
    text = "".join(piece.text for piece in pieces)
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert [piece.text for piece in pieces if piece.hit] == ["Fractions"]
    assert len(text) <= 126


@pytest.mark.parametrize("text", ["", "x" * 5000, "?" * 5000, LONG])
def test_without_a_hit_it_begins_at_the_beginning(text):
    got = "".join(piece.text for piece in passage(text, Marks(("nowhere",)), width=100))
    assert got.rstrip(" …") == text[: len(got.rstrip(" …"))]
    assert len(got) <= 102


def test_one_endless_word_is_cut():
    pieces = passage("a " + "x" * 5000, Marks(("xx",)), width=100)
    assert len("".join(piece.text for piece in pieces)) <= 110


def test_it_marks_the_forms_of_a_word_in_the_language_of_the_text():
    pieces = passage("Watoto wote, na mtoto mmoja.", Marks((), frozenset(["toto"])), language="sw")
    assert [piece.text for piece in pieces if piece.hit] == ["Watoto", "mtoto"]
