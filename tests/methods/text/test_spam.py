import pytest

from staffroom.methods.text.spam import lists, look, prints, same

KNOWN = lists(
    {
        "chain": ["forward this to", "send this to # people", "آگے بھیج-", "tuma kwa watu #"],
        "prize": ["you have won a", "گھر بیٹھے کما-"],
        "lure": ["claim", "free"],
        "share": ["share with * teachers"],
        "unkind": ["you idiot"],
    }
)


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("FORWARD this, to all!", ("chain",)),
        ("Send this to 12 people", ("chain",)),
        ("send this to ten people", ("chain",)),
        ("Send this to the people of your school", ()),
        ("اس کو آگے بھیجیں", ("chain",)),
        ("اس كو آگے بھيجو", ("chain",)),  # typed with Arabic letters
        ("Tuma kwa watu kumi", ("chain",)),
        ("share with all the teachers", ("share",)),
        ("share with a great many other teachers", ()),
        ("You have won a phone: claim it free", ("prize", "lure", "lures")),
        ("Call 0712 345 678", ("number",)),
        ("It cost Ksh 1,200", ("money",)),
        ("200 bob", ("money",)),
        ("https://example.org/plan.pdf", ("link",)),
        ("WHY DOES NOBODY EVER ANSWER ME HERE", ("loud",)),
        ("Really!!!", ("loud",)),
        ("NCERT and KICD and the CBC", ()),
        ("3/4 of 1,200 is 900; 12.5 is not 125", ()),
        ("10 20 30 40 50 60, then 100 200 300 400", ()),
        ("+254 712 345678 or 0712-345-678", ("number",)),
        ("dial *544#", ("number",)),
        ("Grade 6, page 112-118, exercises 1 2 3 4 5 6", ()),
        ("", ()),
        ("☃ …", ()),
    ],
)
def test_what_is_found(text, reasons):
    found = look(text, KNOWN)
    assert found.reasons == reasons


def test_the_score_decides_and_weak_marks_need_company():
    assert look("forward this to all", KNOWN).doubtful
    assert look("You idiot", KNOWN).doubtful
    assert not look("https://example.org or call 0712345678!!!", KNOWN).doubtful
    assert look("You have won a car, call 0712345678", KNOWN).doubtful
    assert look("anything", KNOWN, seen=True).doubtful


def test_in_a_long_text_everything_is_said_sooner_or_later():
    words = "word " * 100
    assert "lures" not in look(f"free {words} claim", KNOWN).reasons


def test_an_unknown_kind_is_an_error():
    with pytest.raises(ValueError, match="nonsense"):
        lists({"nonsense": ["x"]})


LONG = (
    "Urgent notice to all teachers: from tomorrow every call will be recorded and your phone is "
    "connected to the ministry. Do not send anything about politics. Inform your family and friends."
)


def test_the_same_text_with_small_changes_meets():
    again = "Good morning! " + LONG.replace("tomorrow", "Monday") + " 🙏🙏"
    assert same(LONG, again)
    assert set(prints(LONG)) & set(prints(again))
    assert prints(LONG) == prints(LONG.upper())


def test_different_texts_do_not():
    other = (
        "My class knows the three times table by heart but nobody sees that four times three is "
        "the same as three times four. What do you do with counters or with the abacus here?"
    )
    assert not same(LONG, other)
    assert not set(prints(LONG)) & set(prints(other))


def test_a_short_text_is_anybodys():
    assert prints("Thank you so much, this helped me") == ()
    assert not same("Thank you", "Thank you")


def test_the_numbers_fit_a_column():
    assert all(0 <= number < 1 << 61 for number in prints(LONG))
    assert len(prints(LONG)) == 8
