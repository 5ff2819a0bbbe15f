"""The grammar by itself: no database. Nothing is lost, whatever somebody writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffroom.channels.switchboard.talk.read import Said, language_of, read
from staffroom.channels.switchboard.talk.words import WORDS
from staffroom.methods.text.fold import words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ASK Why?", Said("ask", rest="Why?")),
        ("uliza: kwa nini?", Said("ask", rest="kwa nini?")),
        ("سوال کیوں؟", Said("ask", rest="کیوں؟")),
        ("ask 3 apples cost what?", Said("ask", rest="3 apples cost what?")),
        ("3 fold it", Said(number=3, rest="fold it")),
        ("۳ موڑیں", Said(number=3, rest="موڑیں")),
        ("#3. fold it", Said(number=3, rest="fold it")),
        ("3", Said(number=3)),
        ("3.5 is a half", Said(rest="3.5 is a half")),
        ("3kg of maize", Said(rest="3kg of maize")),
        ("MORE ۳", Said("more", 3)),
        ("yes 4821", Said("yes", 4821)),
        ("Without name why?", Said("nameless", rest="why?")),
        ("بغیر نام کیوں", Said("nameless", rest="کیوں")),
        ("/start 7K3QXA", Said("link", rest="7K3QXA")),
        ("hlep", Said("help", sure=False)),
        ("STOPP", Said("stop", sure=False)),
        ("\u200fSTOP\u200f", Said("stop")),
        ("Today we sang", Said(rest="Today we sang")),
        ("step 1 is to fold", Said(rest="step 1 is to fold")),
        ("Stop shouting at me", Said(rest="Stop shouting at me")),
        ("Asante sana", Said(rest="Asante sana")),
        ("Swala la leo", Said("ask", rest="la leo", sure=False)),
        ("", Said()),
    ],
)
def test_what_is_meant(text, said):
    assert read(text) == said


def test_every_word_is_understood_in_every_language():
    for command, languages in WORDS.items():
        for spellings in languages.values():
            for spelling in spellings:
                assert read(spelling).command == command
                assert read(spelling.lower()).command == command


def test_a_language_is_named_in_any_language():
    assert [language_of(name) for name in ("Kiswahili", "اردو", "english", "Latin")] == [
        "sw",
        "ur",
        "en",
        "",
    ]


@given(st.text(max_size=200))
def test_no_word_of_anybody_is_lost(text):
    said = read(text)
    kept = words(said.rest)
    if said.command or said.number is not None:
        assert words(text)[-len(kept) :] == kept or not kept
    else:
        assert said.rest == text.strip()


@given(
    st.sampled_from(["ASK ", "uliza ", "3 ", "BILA JINA ", "سوال "]),
    st.text("abc ñ۔؟!", min_size=1),
)
def test_the_words_behind_a_command_stand_as_they_were_written(command, text):
    if words(text):
        assert read(f"{command}x {text} x").rest == f"x {text} x".strip()
