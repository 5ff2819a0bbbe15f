"""What we say fits what Telegram takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffroom.channels.switchboard.messages import Button, Outbound, Undeliverable
from staffroom.channels.telegram.outbound import call_for, shortened, units

TO = "5100200300"


def test_words_go_as_they_are_without_preview_and_without_marks():
    method, fields, upload = call_for(Outbound(TO, "*Why* is <b>0! = 1</b>? https://example.org"))
    assert (method, upload) == ("sendMessage", None)
    assert fields == {
        "chat_id": TO,
        "text": "*Why* is <b>0! = 1</b>? https://example.org",
        "link_preview_options": {"is_disabled": True},
    }


def test_a_reply_in_a_topic():
    _method, fields, _upload = call_for(
        Outbound("-100123", "Yes", group=True, topic="40", reply_to="700700:-100123:9")
    )
    assert fields["message_thread_id"] == 40
    assert fields["reply_parameters"] == {"message_id": 9, "allow_sending_without_reply": True}


def test_short_buttons_stand_in_pairs_and_long_ones_alone():
    pairs = tuple(Button(f"k{n}", f"Choice {n}") for n in range(3))
    rows = call_for(Outbound(TO, "?", buttons=pairs))[1]["reply_markup"]["inline_keyboard"]
    assert [len(row) for row in rows] == [2, 1]
    assert rows[0][0] == {"text": "Choice 0", "callback_data": "k0"}
    long = (Button("k1", "A question to my community", "Everybody reads it"), Button("k2", "No"))
    fields = call_for(Outbound(TO, "What?", buttons=long))[1]
    assert [len(row) for row in fields["reply_markup"]["inline_keyboard"]] == [1, 1]
    assert fields["text"] == "What?\nA question to my community: Everybody reads it"


def test_a_key_that_telegram_would_not_carry_is_not_cut():
    call_for(Outbound(TO, "?", buttons=(Button("k" * 64, "Yes"),)))
    with pytest.raises(Undeliverable, match="long key"):
        call_for(Outbound(TO, "?", buttons=(Button("ک" * 33, "Yes"),)))


@pytest.mark.parametrize(
    ("type", "size", "method", "field"),
    [
        ("image/jpeg", 10, "sendPhoto", "photo"),
        ("image/jpeg", 10_000_001, "sendDocument", "document"),
        ("image/avif", 10, "sendDocument", "document"),
        ("audio/ogg; codecs=opus", 10, "sendVoice", "voice"),
        ("application/pdf", 10, "sendDocument", "document"),
    ],
)
def test_files_go_as_what_they_are(type, size, method, field):
    message = Outbound(TO, "x" * 2000, file=b"x" * size, file_type=type)
    said, fields, upload = call_for(message)
    assert (said, upload.field) == (method, field)
    assert units(fields["caption"]) == 1024


@given(text=st.text(max_size=60), most=st.integers(min_value=1, max_value=40))
def test_nothing_is_longer_than_it_may_be_and_no_letter_is_halved(text, most):
    cut = shortened(text, most)
    assert units(cut) <= most
    assert cut == text or cut.endswith("…")
    cut.encode()


def test_letters_of_two_units_count_twice():
    assert shortened("😀" * 2048, 4096) == "😀" * 2048
    assert shortened("😀" * 2049, 4096) == "😀" * 2047 + "…"
