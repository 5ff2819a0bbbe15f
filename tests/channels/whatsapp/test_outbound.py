import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffroom.channels.switchboard.messages import Button, Outbound, Template, Undeliverable
from staffroom.channels.whatsapp import outbound
from staffroom.channels.whatsapp.media import File
from staffroom.channels.whatsapp.outbound import letters, shortened
from staffroom.channels.whatsapp.pretend_limits import CHECKS

SCOPED = "KE.13491208655302741918"


def made(out: Outbound, file: File | None = None) -> list[dict]:
    return outbound.messages(out, file, lambda file: "1003383421387256")


def only(out: Outbound, file: File | None = None) -> dict:
    (message,) = made(out, file)
    return message


def buttons(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(f"k{number}", label) for number, label in enumerate(labels, 1))


@pytest.mark.parametrize(
    ("out", "to"),
    [
        (Outbound("+254 711 000111", "x"), {"recipient_type": "individual", "to": "254711000111"}),
        (Outbound(SCOPED, "x"), {"recipient_type": "individual", "recipient": SCOPED}),
        (
            Outbound("US.ENT.118157992128", "x"),
            {"recipient_type": "individual", "recipient": "US.ENT.118157992128"},
        ),
        (Outbound("Y2FwaV9n", "x", group=True), {"recipient_type": "group", "to": "Y2FwaV9n"}),
    ],
)
def test_who_gets_it(out, to):
    message = only(out)
    assert {
        key: message[key] for key in message if key in {"recipient_type", "to", "recipient"}
    } == to


def test_a_text_that_answers_another():
    assert only(Outbound(SCOPED, "Habari", reply_to="wamid.1")) == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "recipient": SCOPED,
        "context": {"message_id": "wamid.1"},
        "type": "text",
        "text": {"preview_url": False, "body": "Habari"},
    }


def test_nothing_to_say_is_not_sent():
    with pytest.raises(Undeliverable):
        made(Outbound(SCOPED, "  "))


@pytest.mark.parametrize(
    ("text", "long"), [("abc", 3), ("سلام", 4), ("👍", 2), ("👩🏾‍🏫", 7), ("ہے۔", 3)]
)
def test_letters(text, long):
    assert letters(text) == long


@given(st.text(max_size=80), st.integers(2, 40))
@settings(deadline=None)
def test_what_is_shortened_fits_and_is_whole_letters(text, most):
    short = shortened(text, most)
    assert letters(short) <= most
    short.encode()
    assert short == text or short.endswith("…")


def test_a_long_text_is_cut_to_the_limit():
    body = only(Outbound(SCOPED, "a" * 5000))["text"]["body"]
    assert len(body) == 4096
    assert body.endswith("…")


def test_three_short_choices_are_buttons():
    message = only(Outbound(SCOPED, "Which?", buttons=buttons("Ndiyo", "Hapana", "Baadaye")))
    assert message["interactive"]["type"] == "button"
    assert message["interactive"]["action"]["buttons"][1]["reply"] == {
        "id": "k2",
        "title": "Hapana",
    }


@pytest.mark.parametrize(
    "choices",
    [
        buttons("One", "Two", "Three", "Four"),
        buttons("More than twenty letters in it"),
        (Button("k", "One", about="and what it is"),),
    ],
)
def test_more_or_longer_ones_are_a_list(choices):
    message = only(Outbound(SCOPED, "Which?", buttons=choices))
    assert message["interactive"]["type"] == "list"
    rows = message["interactive"]["action"]["sections"][0]["rows"]
    assert [row["id"] for row in rows] == [button.key for button in choices]


def test_a_long_label_goes_on_in_the_second_line():
    (row,) = only(Outbound(SCOPED, "?", buttons=buttons("To a question about fractions")))[
        "interactive"
    ]["action"]["sections"][0]["rows"]
    assert row["title"] == "To a question about fra…"
    assert row["description"] == "To a question about fractions"


@pytest.mark.parametrize(
    "out",
    [
        Outbound(SCOPED, "Which?", buttons=buttons(*[f"Choice {n}" for n in range(11)])),
        Outbound(SCOPED, "Which?", buttons=buttons("a" * 100)),
        Outbound(SCOPED, "Which?" * 300, buttons=buttons("One")),
        Outbound("Y2FwaV9n", "Which?", group=True, buttons=buttons("One", "Two")),
        Outbound(SCOPED, "Which?", buttons=(Button("k", "One"), Button("k", "Two"))),
        Outbound(SCOPED, "Which?", buttons=(Button("k" * 300, "One"),)),
    ],
)
def test_what_fits_no_list_is_numbered(out):
    message = only(out)
    assert message["type"] == "text"
    assert f"\n\n1. {out.buttons[0].label}" in message["text"]["body"]
    assert letters(message["text"]["body"]) <= 4096


def test_of_a_long_text_with_choices_the_text_is_cut():
    body = only(Outbound(SCOPED, "a" * 9000, buttons=buttons("Ndiyo", "Hapana")))["text"]["body"]
    assert body.endswith("…\n\n1. Ndiyo\n2. Hapana")
    assert letters(body) == 4096


PHOTO = File("image", b"x", "image/jpeg", "a.jpeg")
VOICE = File("audio", b"x", "audio/ogg", "a.ogg")
PAPER = File("document", b"x", "application/pdf", "a.pdf")


def test_a_photo_has_its_words_below():
    message = only(Outbound(SCOPED, "The working"), PHOTO)
    assert message["image"] == {"id": "1003383421387256", "caption": "The working"}


def test_a_paper_has_its_name():
    assert only(Outbound(SCOPED, ""), PAPER)["document"] == {
        "id": "1003383421387256",
        "filename": "a.pdf",
    }


@pytest.mark.parametrize(("file", "text"), [(VOICE, "Listen"), (PHOTO, "a" * 1025)])
def test_words_that_do_not_fit_below_come_after(file, text):
    first, second = made(Outbound(SCOPED, text, reply_to="wamid.1"), file)
    assert "caption" not in first[file.kind]
    assert second["text"]["body"] == text
    assert "context" in first
    assert "context" not in second


def test_a_template():
    template = Template("news", "sw", ("Nafula\n", "3", ""))
    message = only(Outbound(SCOPED, "ignored", template=template))
    assert message["template"] == {
        "name": "staffroom_news",
        "language": {"code": "sw"},
        "components": [
            {
                "type": "body",
                "parameters": [{"type": "text", "text": text} for text in ("Nafula", "3", "-")],
            }
        ],
    }


def test_a_template_is_in_english_where_there_are_no_other_words():
    message = only(Outbound(SCOPED, "", template=Template("news", "xh")))
    assert message["template"]["language"] == {"code": "en"}
    assert message["template"]["components"] == []


words = st.text(max_size=60)
choices = st.lists(st.builds(Button, key=words, label=words, about=words), max_size=12).map(tuple)


@given(st.builds(Outbound, to=st.just(SCOPED), text=st.text(min_size=1), buttons=choices))
@settings(deadline=None, max_examples=200)
def test_whatever_is_said_keeps_the_limits(out):
    try:
        message = only(out)
    except Undeliverable:
        return
    assert CHECKS[message["type"]](message[message["type"]])
