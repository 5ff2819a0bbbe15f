"""What Telegram tells us becomes events; what nobody understands becomes none."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from staffroom.channels.switchboard.messages import Inbound, Kind, Media, Moved
from staffroom.channels.telegram.inbound import read
from tests.channels.telegram.payloads import (
    BOT,
    DATE,
    FORUM,
    GROUP,
    PERSON,
    PHOTO,
    PRIVATE,
    SUPERGROUP,
    USER,
    member,
    message,
    update,
)

AT = dt.datetime.fromtimestamp(DATE, tz=dt.UTC)
OTHER_BOT = {"id": 9, "is_bot": True, "first_name": "Other"}


def one(raw: str) -> Inbound:
    (event,) = read(raw)
    assert isinstance(event, Inbound)
    return event


def test_a_private_message():
    assert read(message(text="Habari")) == [
        Inbound(id=f"{BOT}:{PERSON}:7", sender=str(PERSON), at=AT, kind=Kind.TEXT, text="Habari")
    ]


def test_a_reply_in_a_group_names_its_group_and_what_it_answers():
    event = one(message(chat=SUPERGROUP, text="Yes", reply_to_message={"message_id": 3}))
    assert (event.chat, event.reply_to, event.topic) == (str(GROUP), f"{BOT}:{GROUP}:3", "")


def test_in_a_topic_only_a_real_reply_is_one():
    opening = {"message_id": 40, "forum_topic_created": {"name": "Tea", "icon_color": 1}}
    in_topic = {"chat": FORUM, "text": "Chai?", "message_thread_id": 40, "is_topic_message": True}
    event = one(message(**in_topic, reply_to_message=opening))
    assert (event.topic, event.reply_to) == ("40", "")
    event = one(message(**in_topic, reply_to_message={"message_id": 44}))
    assert (event.topic, event.reply_to) == ("40", f"{BOT}:{GROUP}:44")


def test_a_thread_of_replies_is_no_topic():
    event = one(message(chat=SUPERGROUP, text="Yes", message_thread_id=3))
    assert event.topic == ""


def test_the_photo_that_can_be_read_and_no_larger_one():
    event = one(message(photo=PHOTO, caption="My working"))
    assert (event.kind, event.text) == (Kind.PHOTO, "My working")
    assert event.media == Media("photo-1280", "image/jpeg", 1280 * 70)
    assert one(message(photo=PHOTO[:2])).media.handle == "photo-320"


@pytest.mark.parametrize(
    ("body", "kind", "type"),
    [
        ({"voice": {"file_id": "a", "mime_type": "audio/ogg", "duration": 3}}, Kind.VOICE, "audio/ogg"),
        ({"voice": {"file_id": "a"}}, Kind.VOICE, "audio/ogg"),
        ({"audio": {"file_id": "a", "mime_type": "audio/mpeg"}}, Kind.VOICE, "audio/mpeg"),
        ({"document": {"file_id": "a", "mime_type": "application/pdf"}}, Kind.PAPER, "application/pdf"),
        ({"document": {"file_id": "a", "mime_type": "image/jpeg"}}, Kind.PHOTO, "image/jpeg"),
    ],
)  # fmt: skip
def test_files(body, kind, type):
    event = one(message(**body))
    assert (event.kind, event.media.type) == (kind, type)


@pytest.mark.parametrize(
    "body",
    [
        {"sticker": {"file_id": "a", "emoji": "👍"}},
        {"location": {"latitude": -0.9, "longitude": 38.0}},
        {"video": {"file_id": "a"}, "caption": "Look"},
        {"animation": {"file_id": "a"}, "document": {"file_id": "a"}},
        {"poll": {"id": "1"}},
        {"something_of_next_year": {}},
        {"photo": []},
    ],
)
def test_what_we_cannot_take_is_told_as_such(body):
    event = one(message(**body))
    assert (event.kind, event.media) == (Kind.OTHER, None)
    assert event.text == body.get("caption", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/start 7K3QX", "LINK 7K3QX"),
        ("/start", "start"),
        ("/help", "help"),
        ("/ask@staffroom_bot Why is 0! = 1?", "ask Why is 0! = 1?"),
        ("@Staffroom_Bot, why is 0! = 1?", "why is 0! = 1?"),
        ("@staffroom_bottle is a name", "@staffroom_bottle is a name"),
        ("1/2 or 2/4?", "1/2 or 2/4?"),
        ("/2 of them", "2 of them"),
    ],
)
def test_commands_and_mentions_become_plain_words(text, said):
    assert one(message(text=text)).text == said


def test_a_command_to_another_bot_is_not_for_us():
    assert read(message(chat=SUPERGROUP, text="/ask@other_bot Why?")) == []


def test_a_hidden_link_is_written_out():
    text = "😀 see here now"
    link = {"type": "text_link", "offset": 7, "length": 4, "url": "https://example.org/a"}
    event = one(message(text=text, entities=[{"type": "bold", "offset": 0, "length": 2}, link]))
    assert event.text == "😀 see here (https://example.org/a) now"


def test_an_edit_says_what_now_stands_there():
    event = one(
        update("edited_message", message_id=7, chat=PRIVATE, date=DATE, edit_date=DATE + 60,
               text="Habari yako", **{"from": USER})
    )  # fmt: skip
    assert (event.kind, event.text, event.reply_to) == (
        Kind.EDIT,
        "Habari yako",
        f"{BOT}:{PERSON}:7",
    )
    assert event.at == AT + dt.timedelta(minutes=1)


def test_a_place_that_moves_is_no_edit():
    body = {"location": {"latitude": 1, "longitude": 2}, "from": USER}
    assert read(update("edited_message", message_id=7, chat=PRIVATE, date=DATE, **body)) == []


def signs(*emoji: str) -> list[dict]:
    return [{"type": "emoji", "emoji": each} for each in emoji]


@pytest.mark.parametrize(
    ("old", "new", "stands"),
    [
        (signs(), signs("👍"), "👍"),
        (signs("👍"), signs("❤"), "❤"),
        (signs("👍"), signs(), ""),
        (signs("👍", "❤"), signs("❤"), "❤"),
        (signs("👍"), [{"type": "custom_emoji", "custom_emoji_id": "5"}], ""),
    ],
)
def test_reactions(old, new, stands):
    body = {"chat": SUPERGROUP, "message_id": 9, "user": USER, "date": DATE}
    event = one(update("message_reaction", old_reaction=old, new_reaction=new, **body))
    assert (event.kind, event.text) == (Kind.REACTION, stands)
    assert event.reply_to == f"{BOT}:{GROUP}:9"


def test_a_reaction_that_no_letter_stands_for_or_of_a_channel_is_none():
    custom = [{"type": "custom_emoji", "custom_emoji_id": "5"}]
    body = {"chat": SUPERGROUP, "message_id": 9, "date": DATE, "old_reaction": []}
    assert read(update("message_reaction", user=USER, new_reaction=custom, **body)) == []
    assert (
        read(update("message_reaction", actor_chat=SUPERGROUP, new_reaction=signs("👍"), **body))
        == []
    )


def test_a_pressed_button():
    about = {"message_id": 9, "chat": PRIVATE, "date": 0}
    event = one(update("callback_query", id="77", data="poll:a", message=about, **{"from": USER}))
    assert (event.kind, event.choice, event.reply_to) == (
        Kind.CHOICE,
        "poll:a",
        f"{BOT}:{PERSON}:9",
    )


@pytest.mark.parametrize(
    "body",
    [
        {"sender_chat": SUPERGROUP, "from": {"id": 1087968824, "is_bot": True}},
        {"sender_chat": {"id": -1001, "type": "channel"}, "from": {"id": 777000, "is_bot": False}},
        {"from": OTHER_BOT},
        {"from": None},
    ],
)
def test_nobody_speaks_for_a_channel_a_nameless_administrator_or_a_bot(body):
    assert read(message(chat=SUPERGROUP, text="Hear, hear", **body)) == []


def test_a_channel_is_no_place_of_ours():
    assert read(message(chat={"id": -1001, "type": "channel"}, text="News")) == []


def test_a_group_that_moves_is_told_twice_and_moves_once():
    old = {"id": -77, "type": "group", "title": "A"}
    left = read(message(chat=old, migrate_to_chat_id=GROUP))
    came = read(message(id=1, chat=SUPERGROUP, migrate_from_chat_id=-77))
    assert left == came == [Moved(f"{BOT}:moved:-77:{GROUP}", "-77", str(GROUP), group=True)]


def test_coming_and_going_is_one_event_whoever_tells_of_it():
    line = message(chat=SUPERGROUP, new_chat_members=[USER, OTHER_BOT])
    told = update(
        "chat_member", chat=SUPERGROUP, date=DATE, **{"from": USER},
        old_chat_member=member("left"), new_chat_member=member("member"),
    )  # fmt: skip
    assert read(line) == read(told)
    assert one(line).kind == Kind.JOINED
    assert one(message(chat=SUPERGROUP, left_chat_member=USER)).kind == Kind.LEFT


@pytest.mark.parametrize(
    ("chat", "old", "new", "kind", "sender"),
    [
        (SUPERGROUP, "left", "member", Kind.JOINED, ""),
        (SUPERGROUP, "member", "kicked", Kind.LEFT, ""),
        (PRIVATE, "member", "kicked", Kind.LEFT, str(PERSON)),
        (PRIVATE, "kicked", "member", Kind.JOINED, str(PERSON)),
    ],
)
def test_our_own_place(chat, old, new, kind, sender):
    us = {"id": BOT, "is_bot": True}
    event = one(
        update("my_chat_member", chat=chat, date=DATE, **{"from": USER},
               old_chat_member=member(old, us), new_chat_member=member(new, us))
    )  # fmt: skip
    assert (event.kind, event.sender) == (kind, sender)
    assert event.chat == (str(GROUP) if chat is SUPERGROUP else "")


def test_becoming_administrator_changes_nothing_that_others_must_hear():
    us = {"id": BOT, "is_bot": True}
    body = {"chat": SUPERGROUP, "date": DATE, "from": USER}
    body |= {
        "old_chat_member": member("member", us),
        "new_chat_member": member("administrator", us),
    }
    assert read(update("my_chat_member", **body)) == []


@pytest.mark.parametrize("key", ["pinned_message", "forum_topic_created", "new_chat_title"])
def test_telegrams_own_lines_are_nobodys_words(key):
    assert read(message(chat=SUPERGROUP, **{key: {}})) == []


def test_halves_of_letters_and_noughts_are_gone():
    raw = message(text="x").replace('"x"', '"a\\ud83d b\\u0000c"')
    assert one(raw).text == "a\ufffd bc"
    one(raw).text.encode()


@pytest.mark.parametrize(
    "raw", ["", "null", "[]", "{", '{"update_id": "1"}', "9" * 5000, "[" * 99999]
)
def test_no_update_no_event(raw):
    assert read(raw) == []


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
NAMES = [
    "message_id",
    "chat",
    "from",
    "date",
    "text",
    "caption",
    "photo",
    "voice",
    "document",
    "entities",
    "reply_to_message",
    "user",
    "message_thread_id",
    "is_topic_message",
    "new_chat_members",
    "left_chat_member",
    "migrate_to_chat_id",
    "data",
    "message",
    "old_reaction",
    "new_reaction",
    "old_chat_member",
    "new_chat_member",
    "id",
    "type",
    "status",
    "is_bot",
    "file_id",
]
SHAPES = st.recursive(
    VALUES | st.just(PRIVATE) | st.just(SUPERGROUP) | st.just(USER) | st.just(PHOTO),
    lambda inner: st.dictionaries(st.sampled_from(NAMES), inner, max_size=8),
    max_leaves=12,
)
KINDS = ["message", "edited_message", "message_reaction", "callback_query", "my_chat_member"]


@effort(max_examples=300, deadline=None)
@given(kind=st.sampled_from([*KINDS, "chat_member"]), body=SHAPES)
def test_whatever_the_shape_it_is_read(kind, body):
    for event in read(json.dumps({"update_id": 1, kind: body})):
        assert isinstance(event, Inbound | Moved)
        if isinstance(event, Inbound):
            assert event.sender or event.kind in (Kind.JOINED, Kind.LEFT)
            assert event.at.tzinfo is not None
            (event.text + event.choice + event.id).encode()


@effort(max_examples=100, deadline=None)
@given(raw=st.text(max_size=200))
def test_whatever_the_words_they_are_read(raw):
    assert read(raw) == []
