import pytest

from staffroom.methods.text.fold import fold, spans, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fractions", "FRACTIONS"),
        ("café", "cafe\u0301"),
        ("Élève", "eleve"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("ng'ombe", "ng’ombe"),
        ("ng'ombe", "ngombe"),
        ("كتاب", "کتاب"),  # Arabic kaf, Persian kaf
        ("علي", "علی"),  # Arabic yeh, Persian yeh
        ("مدرسه", "مدرسہ"),
        ("مُعَلِّم", "معلم"),  # vowel points
        ("آب", "اب"),
        ("۴۵", "45"),  # Urdu digits
        ("٤٥", "45"),  # Arabic digits
        ("४५", "45"),  # Devanagari digits
        ("ﬁnd", "find"),
        ("x²", "x2"),
        ("می‌شود", "میشود"),  # zero-width non-joiner
    ],
)
def test_it_takes_two_spellings_for_one(one, other):
    assert fold(one) == fold(other)
    assert fold(one).strip()


def test_it_keeps_indic_vowels():
    assert words("किताब") != words("कताब")
    assert len(words("किताब पढ़ो")) == 2


@pytest.mark.parametrize("text", ["", "   ", "?!…", "👍🏽👩‍🏫❤️", "\x00\u202e", "½"[:0]])
def test_nothing_to_find_is_empty(text):
    assert fold(text) == ""


def test_words_are_set_apart_by_single_spaces():
    assert fold("0.5 × 0.5,\nnot 0.25!") == " 0 5 0 5 not 0 25 "


def test_spans_cut_the_unfolded_text():
    text = "Mbuzi na ng’ombe, élève 45."
    assert [text[a:b] for a, b in spans(text)] == ["Mbuzi", "na", "ng’ombe", "élève", "45"]


def test_a_long_text_takes_no_long_time():
    assert len(words("ab " * 50_000)) == 50_000
