import datetime as dt
import json
from decimal import Decimal

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from staffroom.channels.switchboard.messages import Fate, Inbound, Kind, Moved, Status
from staffroom.channels.whatsapp.inbound import parsed, read
from tests.channels.whatsapp import payloads
from tests.channels.whatsapp.payloads import AT, GROUP, NUMBER, OTHER_WAMID, SCOPED, WAMID

pytestmark = pytest.mark.usefixtures("ours")


def only(raw: str):
    (event,) = read(raw)
    return event


def test_a_text():
    assert only(payloads.one()) == Inbound(
        id=WAMID,
        sender=SCOPED,
        at=dt.datetime.fromtimestamp(AT, dt.UTC),
        kind=Kind.TEXT,
        text="Does it come in another colour?",
    )


@pytest.mark.parametrize(
    ("kind", "content", "means"),
    [
        ("image", payloads.IMAGE, Kind.PHOTO),
        ("audio", payloads.VOICE, Kind.VOICE),
        ("document", payloads.PAPER, Kind.PAPER),
    ],
)
def test_files(kind, content, means):
    event = only(payloads.one(kind, content))
    assert event.kind is means
    assert event.media.handle == content["id"]
    assert event.media.type == content["mime_type"].split(";")[0]
    assert event.media.name == content.get("filename", "")
    assert event.text == content.get("caption", "")


def test_a_reaction_and_one_taken_back():
    about = {"message_id": OTHER_WAMID}
    given_ = only(payloads.one("reaction", about | {"emoji": "👍"}))
    assert (given_.kind, given_.text, given_.reply_to) == (Kind.REACTION, "👍", OTHER_WAMID)
    taken_back = only(payloads.one("reaction", about))
    assert (taken_back.kind, taken_back.text, taken_back.reply_to) == (
        Kind.REACTION,
        "",
        OTHER_WAMID,
    )


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (
            "interactive",
            {"type": "button_reply", "button_reply": {"id": "yes", "title": "Ndiyo"}},
        ),
        (
            "interactive",
            {
                "type": "list_reply",
                "list_reply": {"id": "yes", "title": "Ndiyo", "description": "…"},
            },
        ),
    ],
)
def test_what_was_chosen(kind, content):
    event = only(payloads.one(kind, content, context={"from": "15550783881", "id": OTHER_WAMID}))
    assert (event.kind, event.choice, event.text) == (Kind.CHOICE, "yes", "Ndiyo")
    assert event.reply_to == OTHER_WAMID


def test_the_button_of_a_template_is_the_word_on_it():
    about = {"context": {"from": "15550783881", "id": OTHER_WAMID}}
    event = only(payloads.one("button", {"payload": "LEO", "text": "LEO"}, **about))
    assert (event.kind, event.text, event.reply_to) == (Kind.TEXT, "LEO", OTHER_WAMID)


def test_opening_a_chat_says_nothing():
    assert read(payloads.one("request_welcome", {})) == []


def test_an_edit_and_a_removal():
    anew = {"context": {"id": "x"}, "type": "text", "text": {"body": "Sasa"}}
    edit = only(payloads.one("edit", {"original_message_id": OTHER_WAMID, "message": anew}))
    assert (edit.kind, edit.text, edit.reply_to) == (Kind.EDIT, "Sasa", OTHER_WAMID)
    gone = only(payloads.one("revoke", {"original_message_id": OTHER_WAMID}))
    assert (gone.kind, gone.reply_to) == (Kind.REMOVED, OTHER_WAMID)


@pytest.mark.parametrize(
    "message",
    [
        payloads.UNSUPPORTED,
        payloads.message("sticker", {"id": "1", "mime_type": "image/webp", "animated": False}),
        payloads.message("location", {"latitude": 37.44, "longitude": -122.16}),
        payloads.message("contacts", {}),
        payloads.message("video", {"id": "1", "caption": "Look"}),
        payloads.message("something_of_2030", {"deep": {"er": []}}),
        payloads.message("interactive", {"type": "nfm_reply", "nfm_reply": {}}),
    ],
)
def test_what_we_cannot_take_is_kept_as_other(message):
    event = only(payloads.messages(message))
    assert event.kind is Kind.OTHER
    assert event.sender == SCOPED


def test_a_film_keeps_its_words():
    assert only(payloads.one("video", {"id": "1", "caption": "Look"})).text == "Look"


def test_a_group_is_the_chat():
    assert only(payloads.one(group_id=GROUP)).chat == GROUP


# Who somebody is


@pytest.mark.parametrize(
    ("about", "contacts", "sender"),
    [
        ({}, [payloads.contact()], SCOPED),
        ({"from": ""}, [payloads.contact(number="")], SCOPED),
        ({"from_user_id": ""}, [payloads.contact()], SCOPED),
        ({"from": "", "from_user_id": ""}, [payloads.contact(number="")], SCOPED),
        ({"from_user_id": ""}, [payloads.contact(scoped="")], NUMBER),
        # Of several in one call nobody is taken for another.
        (
            {"from_user_id": ""},
            [payloads.contact("254700000000", "KE.1"), payloads.contact()],
            SCOPED,
        ),
        ({"from_user_id": ""}, [payloads.contact("254700000000", "KE.1")], NUMBER),
    ],
)
def test_the_id_within_our_business_is_the_address(about, contacts, sender):
    raw = payloads.messages(payloads.message(**about), contacts=contacts)
    assert only(raw).sender == sender


def test_nobody_is_no_event():
    about = {"from": "", "from_user_id": ""}
    contacts = [payloads.contact("", "US.1"), payloads.contact("", "US.2")]
    assert read(payloads.messages(payloads.message(**about), contacts=contacts)) == []


def test_a_new_number_moves_the_old_id_and_the_old_number():
    moved = read(payloads.messages(payloads.CHANGED_NUMBER))
    assert moved == [
        Moved(id=WAMID, old=SCOPED, new="US.24817305912873645029"),
        Moved(id=f"{WAMID}:1", old=NUMBER, new="US.24817305912873645029"),
    ]


def test_the_sentence_of_a_change_proves_nothing():
    """It begins with a name that the person chose."""
    system = {
        "body": "User x changed from US.1 to US.2",
        "user_id": "US.2",
        "type": "user_changed_user_id",
    }
    message = {"id": WAMID, "timestamp": str(AT), "type": "system", "system": system}
    assert read(payloads.messages(message)) == []


def test_other_notices_of_the_system_are_no_act_of_a_person():
    assert read(payloads.one("system", {"type": "user_identity_changed", "body": "…"})) == []


# Statuses


@pytest.mark.parametrize(
    ("word", "fate"),
    [
        ("sent", Fate.SENT),
        ("delivered", Fate.DELIVERED),
        ("read", Fate.READ),
        ("played", Fate.READ),
    ],
)
def test_what_became_of_ours(word, fate):
    status = only(payloads.statuses(payloads.status(word)))
    assert status == Status(id=WAMID, fate=fate, at=dt.datetime.fromtimestamp(AT, dt.UTC))


def test_a_failure_has_a_code_and_no_words():
    errors = [{"code": 131047, "title": "Re-engagement", "message": "+16505551234 …"}]
    status = only(payloads.statuses(payloads.status("failed", errors=errors)))
    assert (status.fate, status.why, status.cost) == (Fate.FAILED, "131047", Decimal(0))


@pytest.mark.parametrize(
    ("pricing", "cost"),
    [
        (payloads.pricing("utility"), Decimal("0.0040")),
        (payloads.pricing("service"), Decimal("0.0010")),
        (payloads.pricing("service", billable=False, kind="free_customer_service"), Decimal(0)),
        (payloads.pricing("utility", kind="free_entry_point"), Decimal(0)),
        (payloads.pricing("marketing"), None),  # not in our list
        ({}, None),
    ],
)
def test_what_it_cost(pricing, cost):
    status = only(payloads.statuses(payloads.status(pricing=pricing)))
    assert status.cost == cost
    assert status.currency == ("" if cost is None else "USD")


def test_unknown_fates_are_passed_over():
    assert read(payloads.statuses(payloads.status("warning"), payloads.status("sent", id=""))) == []


# Groups


def test_who_came_into_a_group_and_who_went():
    went = payloads.CAME | {
        "type": "group_participants_remove",
        "removed_participants": [{"wa_id": NUMBER}],
    }
    raw = json.dumps(
        payloads.call(
            payloads.value(groups=[payloads.CAME, went]), field="group_participants_update"
        )
    )
    came, left = read(raw)
    assert (came.kind, came.sender, came.chat) == (Kind.JOINED, SCOPED, GROUP)
    assert (left.kind, left.sender, left.chat) == (Kind.LEFT, NUMBER, GROUP)
    assert came.id != left.id
    assert read(raw)[0].id == came.id


# Batches, and calls that are not as they should be


def test_a_batch_keeps_its_order_and_the_same_list_comes_twice():
    first, second = payloads.message(id="a"), payloads.message(id="b")
    body = payloads.call(
        payloads.value(contacts=[payloads.contact()], messages=[second]),
        payloads.value(statuses=[payloads.status()]),
    )
    more = payloads.value(contacts=[payloads.contact()], messages=[first])
    body["entry"].append({"id": "0", "changes": [{"value": more, "field": "messages"}]})
    ids = [event.id for event in read(json.dumps(body))]
    assert ids == ["b", WAMID, "a"]


def test_another_number_of_the_same_account_is_not_ours():
    value = payloads.value(messages=[payloads.message()])
    value["metadata"]["phone_number_id"] = "999"
    assert read(json.dumps(payloads.call(value))) == []


def test_another_product_is_not_ours():
    assert read(json.dumps(payloads.call(payloads.value()) | {"object": "instagram"})) == []


def test_a_message_without_an_id_has_the_same_one_each_time():
    raw = payloads.one(id="")
    assert only(raw).id == only(raw).id != ""


def test_what_no_database_takes_is_taken_out():
    raw = payloads.one("text", {"body": "a\x00b\ud800c"})
    assert only(raw).text == "ab?c"


@pytest.mark.parametrize("stamp", ["", "x", "-5", "9" * 5000, "99999999999999", None, True, 1e300])
def test_a_time_that_cannot_be_is_now(stamp):
    with time_machine.travel(dt.datetime(2026, 11, 28, 8, tzinfo=dt.UTC), tick=False):
        assert only(payloads.one(timestamp=stamp)).at.year == 2026


@pytest.mark.parametrize("raw", ["", "x", "[]", "null", "1", '{"object":', "[" * 100_000, "\x00"])
def test_what_is_no_call_is_no_event(raw):
    assert parsed(raw) is None
    assert read(raw) == []


leaves = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
)
names = st.sampled_from(
    [
        "from",
        "from_user_id",
        "id",
        "timestamp",
        "type",
        "text",
        "image",
        "interactive",
        "system",
        "body",
        "context",
        "errors",
        "emoji",
    ]
)
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=5),
    max_leaves=15,
)
FAST = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@FAST
@given(anything)
def test_whatever_a_message_is_nothing_breaks_and_nothing_is_invented(message):
    events = read(json.dumps(payloads.call(payloads.value(messages=[message]))))
    assert len(events) <= 3
    for event in events:
        assert isinstance(message, dict)
        said = event.sender if isinstance(event, Inbound) else event.old
        assert said in {str(message.get("from")), str(message.get("from_user_id"))} or said in str(
            message
        )
        json.dumps(event.id).encode()


@FAST
@given(anything)
def test_whatever_a_call_is_nothing_breaks(call):
    raw = json.dumps(call)
    assert read(raw) == []
    whole = {"object": "whatsapp_business_account", "entry": call}
    assert read(json.dumps(whole)) == []


@FAST
@given(st.data())
def test_a_real_message_with_one_part_replaced(data):
    message = payloads.message(context={"id": OTHER_WAMID})
    part = data.draw(st.sampled_from(sorted(message)))
    message[part] = data.draw(anything)
    events = read(payloads.messages(message))
    assert len(events) <= 2
    for event in events:
        for words in (event.id, getattr(event, "text", ""), getattr(event, "sender", "")):
            words.encode()
            assert "\x00" not in words


@FAST
@given(st.text(max_size=200))
def test_any_text_at_all(raw):
    assert isinstance(read(raw), list)
