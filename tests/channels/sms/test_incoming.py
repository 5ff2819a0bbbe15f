"""What a phone company tells us: believed only from them, taken once, never a fault."""

import datetime as dt
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from staffroom.channels.sms import channel, gate, heard
from staffroom.channels.switchboard.known import find
from staffroom.channels.switchboard.messages import Fate, Inbound, Kind, Status
from staffroom.channels.switchboard.models import Payload, Received
from staffroom.core.clock import now, pretend
from staffroom.core.models import RateCount

WHO = "+254711000111"
FORM = "application/x-www-form-urlencoded"


def events():
    """All that was kept, read again from its payloads."""
    return [
        channel.read(row.payload.raw)[row.number]
        for row in Received.objects.select_related("payload").order_by("at", "id")
    ]


@pytest.fixture(params=["africa", "twilio"])
def company(request):
    return request.getfixturevalue(request.param)


@pytest.mark.django_db
def test_words_come_in_as_they_were_typed(company):
    for text in ("ULIZA Kwa nini 3/4 ÷ 1/2?", "کسر کیوں الٹتے ہیں؟", "ok 👍 & + %"):
        assert company.write(WHO, text) == 200
    assert [each.text for each in events()] == [
        "ULIZA Kwa nini 3/4 ÷ 1/2?",
        "کسر کیوں الٹتے ہیں؟",
        "ok 👍 & + %",
    ]
    assert {(each.sender, each.kind, each.chat) for each in events()} == {(WHO, Kind.TEXT, "")}


@pytest.mark.django_db
def test_the_same_call_five_times_is_one_message(company):
    for _again in range(5):
        company.write(WHO, "HELP", id="one-and-the-same")
    assert Received.objects.count() == 1
    assert Payload.objects.count() == 1


@pytest.mark.django_db
def test_who_cannot_be_answered_is_met_with_silence(company):
    for sender in ("SAFARICOM", "22384", "", "+", "+1", "<script>", "٢٥٤٧١١٠٠٠١١١", "9" * 40):
        assert company.write(sender, "You have won") == 200
    assert company.write(WHO, "") == 200
    assert company.write(WHO, " \x00\u200b\x07 ") in (200,)
    assert not Received.objects.exists()


@pytest.mark.django_db
def test_our_own_echo_is_not_a_person(twilio):
    assert twilio.write(twilio.number, "Staffroom: HELP") == 200
    assert not Received.objects.exists()


@pytest.mark.django_db
def test_a_machine_that_answers_every_message_is_stopped(company):
    moment = now()
    with pretend(moment):
        for _each in range(10):
            company.write(WHO, "I am driving and will answer you later.")
        assert Received.objects.count() == gate.SAME
        for number in range(40):
            company.write("+254711000222", f"Auto reply number {number} to your message")
    assert Received.objects.count() <= gate.SAME + gate.IN_TEN_MINUTES
    with pretend(moment + dt.timedelta(minutes=11)):
        company.write(WHO, "Swali langu ni hili hapa")
    assert events()[-1].text == "Swali langu ni hili hapa"
    assert not [row for row in RateCount.objects.all() if "711000111" in row.key]


@pytest.mark.django_db
def test_a_short_answer_may_come_often(company):
    for number in range(8):
        company.write(WHO, "B", id=f"answer-{number}")
    assert Received.objects.count() == 8


@pytest.mark.django_db
def test_what_became_of_a_message(africa):
    for status in ("Sent", "Buffered", "Success"):
        africa.report("ATXid_1", status)
    africa.report("ATXid_2", "Failed", WHO, "DeliveryFailure")
    fates = [(each.id, each.fate, each.why) for each in events()]
    assert fates == [
        ("ATXid_1", Fate.SENT, ""),
        ("ATXid_1", Fate.DELIVERED, ""),
        ("ATXid_2", Fate.FAILED, "DeliveryFailure"),
    ]


@pytest.mark.django_db
def test_what_became_of_a_message_at_twilio(twilio):
    for status in ("queued", "sent", "delivered"):
        twilio.report("SM1", status)
    twilio.report("SM2", "undelivered", WHO, "30003")
    fates = [(each.id, each.fate, each.why) for each in events()]
    assert fates == [
        ("SM1", Fate.SENT, ""),
        ("SM1", Fate.DELIVERED, ""),
        ("SM2", Fate.FAILED, "30003"),
    ]


@pytest.mark.django_db
def test_a_report_is_kept_without_the_number(company):
    """What we confirmed to whoever asked without a name leaves no number behind."""
    company.report("id-1", "Success", WHO)
    company.report("id-1", "delivered", WHO)
    assert Received.objects.exists()
    assert not [row for row in Payload.objects.all() if "711000111" in row.raw]
    assert {each.id for each in events()} == {"id-1"}


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["callback", "report", "twilio"])
def test_a_stop_at_the_company_counts_as_one_that_was_written(how, request):
    company = request.getfixturevalue("twilio" if how == "twilio" else "africa")
    if how == "callback":
        company.stop(WHO)
        company.stop(WHO)
    elif how == "report":
        company.report("ATXid_9", "Failed", WHO, "UserInBlacklist")
    else:
        company.report("SM9", "undelivered", WHO, "21610")
    said = [each for each in events() if isinstance(each, Inbound)]
    assert [(each.sender, each.text) for each in said] == [(WHO, "STOP")]


@pytest.mark.django_db
def test_photos_come_one_by_one_with_the_words_at_the_first(twilio):
    files = [(f"{twilio.url}/m/1", "image/jpeg"), (f"{twilio.url}/m/2", "audio/amr")]
    twilio.write(WHO, "My working", files=files)
    first, second = events()
    assert (first.kind, first.text, first.media.handle) == (
        Kind.PHOTO,
        "My working",
        f"{twilio.url}/m/1",
    )
    assert (second.kind, second.text) == (Kind.VOICE, "")


# ---- forged


@pytest.mark.django_db
def test_a_wrong_secret_is_as_if_nothing_were_there(africa):
    africa.secret = africa.secret[:-1] + ("A" if africa.secret[-1] != "A" else "B")
    assert africa.write(WHO, "HELP") == 404
    assert not Received.objects.exists()


@pytest.mark.django_db
def test_the_old_secret_counts_while_the_old_key_does(africa, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 9
    assert africa.write(WHO, "HELP") == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert africa.write(WHO, "HELP") == 404


@pytest.mark.django_db
def test_only_from_their_addresses_where_these_are_set(africa, settings):
    settings.AFRICASTALKING_SOURCES = ["203.0.113.0/24"]
    assert africa.write(WHO, "HELP") == 404
    settings.AFRICASTALKING_SOURCES = ["203.0.113.0/24", "127.0.0.1"]
    assert africa.write(WHO, "HELP") == 200


@pytest.mark.django_db
def test_a_forged_signature_is_as_if_nothing_were_there(twilio):
    twilio.token = "a guess"
    assert twilio.write(WHO, "HELP") == 404
    assert not Received.objects.exists()


@pytest.mark.django_db
def test_a_signature_is_of_these_words_alone(twilio, settings):
    pairs = [(b"Body", b"HELP"), (b"From", WHO.encode()), (b"MessageSid", b"SM1")]
    address = "https://staffroom.example.org/hooks/sms/twilio/in"
    from staffroom.channels.sms.twilio import signature

    sign = signature(address, pairs, twilio.token)
    for body in (b"ASK other words", b"HELP"):
        changed = urlencode([(b"Body", body), *pairs[1:]]).encode()
        headers = {"Content-Type": FORM, "X-Twilio-Signature": sign}
        assert twilio.call(address, headers, changed) == (200 if body == b"HELP" else 404)
    settings.TWILIO_TOKEN = ""
    assert twilio.call(address, {"Content-Type": FORM}, b"From=x") == 404


@pytest.mark.django_db
def test_who_is_not_chosen_is_not_heard(africa, settings):
    settings.SMS_PROVIDER = "none"
    assert africa.write(WHO, "HELP") == 404


@pytest.mark.django_db
def test_looking_is_refused(client, africa):
    for path in (f"africastalking/{africa.secret}/in", "twilio/in"):
        assert client.get(f"/hooks/sms/{path}", secure=True).status_code == 405


@pytest.mark.django_db
def test_it_asks_for_no_token_of_ours(africa):
    from tests.channels.sms.conftest import through

    africa.call = through(Client(enforce_csrf_checks=True))
    assert africa.write(WHO, "HELP") == 200


# ---- broken


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("کیوں".encode(), "کیوں"),
        ("🙂".encode("utf-16-be").hex().encode(), "d83dde42"),
        (b"\xed\xa0\xbd\xed\xb9\x82 ok", "🙂 ok"),  # each half of the pair as a letter of its own
        (b"\xed\xa0\xbd ok", "\ufffd ok"),  # half of one alone
        ("Niçois".encode("latin-1"), "Niçois"),
        ("کیوں".encode().decode("cp1252", "replace").encode(), None),
        ("Ù…Ø¯Ø¯".encode(), "مدد"),  # UTF-8 read as Windows-1252, "help"
        ("Ninaâ€™ni".encode(), "Nina’ni"),
        (b"a\x00b\x07c\r\nd", "abc\nd"),
        (b"\xff\xfe", "ÿþ"),
        ("e\u0301 \ue000 \ufeffx".encode(), "é  x"),
    ],
)
def test_words_are_put_right(raw, expected):
    found = heard.clean(heard.decoded(raw))
    if expected is not None:
        assert found == expected


@pytest.mark.django_db
def test_ten_kilobytes_are_a_message_too(company):
    assert company.write(WHO, "neno " * 2000) == 200
    assert len(events()[0].text) == 9999
    assert company.write(WHO, "ی" * 10_500) == 200
    assert len(events()[1].text) == heard.LONGEST


@pytest.mark.django_db
def test_what_arrived_broken_is_told_from_words(company):
    assert company.write(WHO, "\ufffd" * 12 + "?") == 200
    assert events()[0].kind == Kind.OTHER


@pytest.mark.django_db
def test_a_raw_nul_is_kept_by_both_databases(africa):
    address = f"{africa.house}/hooks/sms/africastalking/{africa.secret}/in"
    body = f"from={quote(WHO)}&text=a\x00b%00c&id=1".encode()
    assert africa.call(address, {"Content-Type": FORM}, body) == 200
    assert events()[0].text == "abc"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2026-11-28 08:00:05", dt.datetime(2026, 11, 28, 8, 0, 5, tzinfo=dt.UTC)),
        ("2026-11-28T11:00:05+03:00", dt.datetime(2026, 11, 28, 8, 0, 5, tzinfo=dt.UTC)),
        ("2026-02-31 08:00:00", None),
        ("1999-01-01 00:00:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_moment_that_cannot_be_is_now(said, expected):
    present = dt.datetime(2026, 11, 28, 9, tzinfo=dt.UTC)
    with pretend(present):
        assert heard.moment(said) == (expected or present)


NAMES = st.sampled_from(
    [
        "from",
        "to",
        "text",
        "date",
        "id",
        "status",
        "phoneNumber",
        "failureReason",
        "cost",
        "MessageSid",
        "From",
        "To",
        "Body",
        "NumMedia",
        "MediaUrl0",
        "MessageStatus",
        "ErrorCode",
    ]
)
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from([WHO, "UserInBlacklist", "21610", "9", "-1", "1e9", "Success", "a\x00"]),
)
FORMS = st.one_of(
    st.binary(max_size=300),
    st.lists(st.tuples(NAMES, VALUES), max_size=12).map(
        lambda pairs: urlencode(
            [(n, v.encode("utf-8", "surrogatepass")) for n, v in pairs]
        ).encode()
    ),
)


@settings(max_examples=250, deadline=None)
@given(FORMS, st.sampled_from(["africastalking", "twilio", "none", "x"]), st.text(max_size=8))
def test_reading_never_fails_and_reads_again_the_same(body, key, other):
    for what in ("in", "report", "stop", other):
        raw = channel.raw_of(key, what, body)
        assert "\x00" not in raw
        with pretend(dt.datetime(2026, 11, 28, 9, tzinfo=dt.UTC)):
            found = channel.read(raw)
            assert channel.read(raw) == found
        for event in found:
            assert 0 < len(event.id) <= 170
            if isinstance(event, Inbound):
                assert event.sender.startswith("+")
                assert "\x00" not in event.text
            else:
                assert isinstance(event, Status)


@pytest.mark.django_db
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(FORMS, st.sampled_from(["in", "report", "stop", "x"]))
def test_no_call_makes_a_fault(africa, twilio, settings, body, what):
    """Whatever they send: taken or refused."""
    settings.SMS_PROVIDER = "africastalking"
    address = f"{africa.house}/hooks/sms/africastalking/{africa.secret}/{what}"
    assert africa.call(address, {"Content-Type": FORM}, body) == 200
    from staffroom.channels.sms.twilio import signature

    settings.SMS_PROVIDER = "twilio"
    address = f"{twilio.house}/hooks/sms/twilio/{what}"
    sign = signature(address, heard.pairs_of(body), twilio.token)
    headers = {"Content-Type": FORM, "X-Twilio-Signature": sign}
    assert twilio.call(address, headers, body) == 200


# ---- the channel


def test_it_is_a_channel_only_where_people_can_write_to_it(africa, settings):
    assert find("sms").works()
    assert find("sms").address() == "22384"
    settings.AFRICASTALKING_SENDER = "STAFFROOM"
    assert not find("sms").works()
    settings.SMS_NUMBER = "+254700123456"
    assert find("sms").address() == "+254700123456"
    settings.SMS_PROVIDER = "none"
    assert not find("sms").works()


@pytest.mark.django_db
def test_a_long_answer_is_shortened_and_its_address_kept(africa):
    from staffroom.channels.switchboard.messages import Outbound

    taken = find("sms").send(
        Outbound(to=WHO, text="“Maneno” mengi. " * 80 + "\nhttps://a.example/p")
    )
    (message,) = africa.inbox(WHO)
    assert (taken.parts, message.parts) == (3, 3)
    assert message.text.endswith("\nhttps://a.example/p")
    assert "“" not in message.text
