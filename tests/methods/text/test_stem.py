import pytest

from staffroom.methods.text.stem import forms, stem, stems


@pytest.mark.parametrize(
    "same",
    [
        "kitabu vitabu",
        "mtoto watoto",
        "mwalimu walimu",
        "mwanafunzi wanafunzi",
        "somo masomo",
        "swali maswali",
        "mfano mifano",
        "mwezi miezi",
        "shule shuleni",
        "darasa darasani madarasa",
        "kufundisha anafundisha walifundisha tutafundisha fundisha anayefundisha",
        "kufundisha hafundishi fundishwa",
        "kujibu wanajibu",
        "mzazi wazazi",
        "kusoma anasoma walisoma",
    ],
)
def test_swahili_forms_of_one_word_have_one_stem(same):
    assert len({stem(word, "sw") for word in same.split()}) == 1, [
        (word, stem(word, "sw")) for word in same.split()
    ]


@pytest.mark.parametrize(
    "different",
    ["kitabu kitanda", "mwalimu mwanafunzi", "somo sehemu", "maji mama", "shule sheria"],
)
def test_different_swahili_words_stay_different(different):
    found = [stem(word, "sw") for word in different.split()]
    assert len(set(found)) == len(found), found


@pytest.mark.parametrize("word", ["maji", "kiti", "mtu", "kuku", "mama", "7", "x"])
def test_short_swahili_words_keep_their_beginning(word):
    assert stem(word, "sw")[0] == word[0]


@pytest.mark.parametrize(
    "same",
    [
        "کتاب کتابیں کتابوں",
        "بچہ بچے بچوں",
        "لڑکا لڑکے لڑکوں",
        "لڑکی لڑکیاں لڑکیوں",
        "سوال سوالات سوالوں",
    ],
)
def test_urdu_endings(same):
    assert len({tuple(stems(word, "ur")) for word in same.split()}) == 1


@pytest.mark.parametrize(
    ("language", "same"),
    [("en", "fraction fractions"), ("en", "teach teaching teaches"), ("fr", "élève Eleves")],
)
def test_snowball(language, same):
    assert len({tuple(stems(word, language)) for word in same.split()}) == 1


def test_a_language_without_stemmer_keeps_its_words():
    assert stems("Bisharadda iyo cilmiga", "so") == ["bisharadda", "iyo", "cilmiga"]


def test_all_forms_begin_with_the_word_itself():
    assert forms("fractions", ["en", "sw"]) == ["fractions", "fraction"]


def test_endless_words_are_cut():
    assert len(stem("x" * 10_000, "so")) == 40
