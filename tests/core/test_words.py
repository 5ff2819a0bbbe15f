import pytest
from django.template import engines
from django.utils import translation

from staffroom.core import words


@pytest.mark.parametrize(
    ("language", "list_of_two", "sentences"),
    [("en", "a, b", "a. b"), ("sw", "a, b", "a. b"), ("ur", "a، b", "a۔ b")],
)
def test_pieces_are_put_together_as_the_language_does(language, list_of_two, sentences):
    render = engines["django"].from_string("a{% comma %}b|a{% stop %}b").render
    with translation.override(language):
        assert words.listed(["a", "", "b"]) == list_of_two
        assert render() == f"{list_of_two}|{sentences}"


@pytest.mark.parametrize(
    "typed", ["Mwingi, Kitui", "Mwingi،Kitui", "Mwingi; Kitui", " ,Mwingi,Kitui،"]
)
def test_commas_of_any_script_part_what_is_typed(typed):
    assert words.typed_list(typed) == ["Mwingi", "Kitui"]
