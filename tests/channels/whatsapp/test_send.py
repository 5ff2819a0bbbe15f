"""Our house against a Graph API on this machine."""

import datetime as dt
import io
import json
import wave

import pytest
import time_machine
from django.core.files.base import ContentFile
from PIL import Image

from staffroom.channels.switchboard.messages import (
    Button,
    Media,
    Outbound,
    TryLater,
    Undeliverable,
    Unknown,
)
from staffroom.channels.switchboard.pretend import Answer
from staffroom.channels.whatsapp import channel, client
from staffroom.channels.whatsapp.models import Trouble
from staffroom.channels.whatsapp.pretend import refusal
from staffroom.core import sound


def hello(person, **more) -> Outbound:
    return Outbound(person.address, "Habari", **more)


def error(answer: Answer) -> bytes:
    return answer.body


# Sending


def test_a_text_arrives(teacher, meta):
    taken = channel.send(hello(teacher))
    (message,) = teacher.got
    assert taken.id == message["id"]
    assert message["text"]["body"] == "Habari"
    asked = meta.asked[-1]
    assert asked.path == "/v25.0/106540352242922/messages"
    assert asked.headers["authorization"] == "Bearer the-token"


def test_somebody_without_an_id_is_written_to_by_number(meta):
    person = meta.somebody("254711000222", "Otieno")
    person.writes("Habari")
    channel.send(Outbound("+254711000222", "Habari"))
    assert person.got


def test_buttons_lists_and_numbers_are_taken(teacher):
    for many in (2, 8, 12):
        buttons = tuple(Button(f"k{n}", f"Choice {n}") for n in range(many))
        channel.send(hello(teacher, buttons=buttons))
    kinds = [message.get("interactive", {}).get("type", message["type"]) for message in teacher.got]
    assert kinds == ["button", "list", "text"]


def picture(format: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, format)
    return out.getvalue()


def note() -> bytes:
    """A note as we keep it: WebM with Opus."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(b"\x00\x10" * 16_000)
    return sound.shrink(ContentFile(out.getvalue())).data


@pytest.mark.parametrize(
    ("data", "type", "kind", "becomes"),
    [
        (picture("JPEG"), "image/jpeg", "image", "image/jpeg"),
        (picture("WEBP"), "image/webp", "image", "image/jpeg"),
        (picture("PNG"), "image/png", "image", "image/png"),
        (note(), "audio/webm", "audio", "audio/ogg"),
        (b"%PDF-1.7\r\n\r\n\x00", "application/pdf", "document", "application/pdf"),
    ],
)
def test_files_go_in_a_kind_that_whatsapp_takes(teacher, meta, data, type, kind, becomes):
    channel.send(Outbound(teacher.address, "", file=data, file_type=type, file_name="a.x"))
    (message,) = teacher.got
    kept = meta.files[message[kind]["id"]]
    assert kept.type == becomes
    if type == becomes:
        assert kept.data == data
    elif kind == "image":
        assert Image.open(io.BytesIO(kept.data)).format == "JPEG"
    else:
        assert kept.data.startswith(b"OggS")
        assert sound.shrink(ContentFile(kept.data)).seconds == 1


@pytest.mark.parametrize(
    ("data", "type"), [(b"no picture", "image/webp"), (b"no sound", "audio/webm"), (b"", "x/y")]
)
def test_a_file_that_is_none_is_never_sent(teacher, data, type):
    if not data:
        data = b"\x00" * 3
        type = "image/gif"
    with pytest.raises(Undeliverable):
        channel.send(Outbound(teacher.address, "", file=data, file_type=type))
    assert not teacher.got


# What Meta says no to


def test_a_day_after_their_last_word_only_a_template_passes(teacher):
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=25)
    with time_machine.travel(later, tick=False), pytest.raises(Undeliverable) as refused:
        channel.send(hello(teacher))
    assert refused.value.code == "131047"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "status", "raised", "noted"),
    [
        (131026, 400, Undeliverable, ""),
        (131047, 400, Undeliverable, ""),
        (100, 400, Undeliverable, ""),
        (132001, 404, Undeliverable, "template"),
        (132015, 400, Undeliverable, "template"),
        (130429, 429, TryLater, ""),
        (80007, 400, TryLater, ""),
        (131048, 429, TryLater, "quality"),
        (131056, 400, TryLater, ""),
        (190, 401, TryLater, "token"),
        (200, 403, TryLater, "token"),
        (368, 403, TryLater, "account"),
        (131042, 400, TryLater, "money"),
        (131000, 500, TryLater, ""),
        (1, 500, TryLater, ""),
        (999_999, 400, Undeliverable, ""),
        (999_999, 500, TryLater, ""),
    ],
)
def test_each_code_means_again_or_never(teacher, meta, code, status, raised, noted):
    meta.faults.append(refusal(code, status))
    with pytest.raises(raised) as refused:
        channel.send(hello(teacher))
    assert refused.value.code == str(code)
    assert [row.what for row in Trouble.objects.all()] == ([noted] if noted else [])


@pytest.mark.parametrize(
    ("header", "after"),
    [
        ("17", 17.0),
        ("", 60.0),
        ("soon", 60.0),
        ("9" * 30, 60.0),
        ("Sat, 28 Nov 2026 08:02:00 GMT", 120.0),
        ("Sat, 28 Nov 2026 07:00:00 GMT", 60.0),
    ],
)
def test_how_long_to_wait(teacher, meta, header, after):
    meta.faults.append(refusal(130429, 429, **{"Retry-After": header}))
    moment = dt.datetime(2026, 11, 28, 8, tzinfo=dt.UTC)
    with time_machine.travel(moment, tick=False), pytest.raises(TryLater) as refused:
        channel.send(hello(teacher))
    assert refused.value.after == after


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        (Answer(500, b"<html>"), TryLater),
        (Answer(503, b""), TryLater),
        (Answer(429, b""), TryLater),
        (Answer(302, b"", {"Location": "http://127.0.0.1:1/"}), TryLater),
        (Answer(404, b"no"), Undeliverable),
        # A gateway speaks for a server that may have taken it.
        (Answer(502, b"<html>"), Unknown),
        (Answer(504, b""), Unknown),
        (Answer(200, b"not json"), Unknown),
        (Answer(200, b'{"messages": []}'), Unknown),
        (Answer(200, b"[]"), Unknown),
    ],
)
def test_answers_without_a_code(teacher, meta, answer, raised):
    meta.faults.append(answer)
    with pytest.raises(raised):
        channel.send(hello(teacher))


def test_a_line_that_breaks_after_it_was_taken_is_unknown(teacher, meta):
    meta.faults.append(Answer(drop=True))
    with pytest.raises(Unknown):
        channel.send(hello(teacher))
    assert len(teacher.got) == 1


def test_too_slow_is_unknown(teacher, meta, monkeypatch):
    monkeypatch.setattr(client, "TIMEOUT", 0.2)
    meta.faults.append(Answer(delay=0.6))
    with pytest.raises(Unknown):
        channel.send(hello(teacher))


def test_nobody_there_is_again_later(teacher, meta, ours):
    ours.WHATSAPP_URL = "http://127.0.0.1:1"
    with pytest.raises(TryLater):
        channel.send(hello(teacher))


def test_an_hour_of_faults_and_then_it_arrives_once(teacher, meta):
    meta.faults += [refusal(131000, 500)] * 60
    for _minute in range(60):
        with pytest.raises(TryLater):
            channel.send(hello(teacher))
    channel.send(hello(teacher))
    assert len(teacher.got) == 1


def test_a_fault_while_a_file_goes_up_is_harmless(teacher, meta):
    meta.faults.append(Answer(drop=True))
    file = {"file": picture("JPEG"), "file_type": "image/jpeg", "file_name": "a.jpg"}
    with pytest.raises(TryLater):
        channel.send(hello(teacher, **file))
    channel.send(hello(teacher, **file))
    assert len(teacher.got) == 1


def test_the_second_half_that_fails_is_not_said_twice(teacher, meta):
    """A note and its words are two messages: after the first nothing may be repeated."""
    out = hello(teacher, file=note(), file_type="audio/webm", file_name="a.webm")
    send, posted = client._post, []

    def first_only(content):
        posted.append(content)
        if len(posted) == 2:
            raise TryLater("131056", 6)
        return send(content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "_post", first_only)
        with pytest.raises(Unknown):
            channel.send(out)
    assert [message["type"] for message in teacher.got] == ["audio"]


def test_no_error_holds_the_number_or_the_words(teacher, meta):
    meta.faults.append(refusal(131026))
    with pytest.raises(Undeliverable) as refused:
        channel.send(Outbound("254711000111", "Sekret"))
    assert refused.value.__cause__ is None
    assert "254711" not in repr(refused.value)


# Groups


def test_a_group_hears_it_and_an_unknown_one_does_not(teacher, meta):
    other = meta.somebody("254711000222", "Otieno", id="KE.2")
    group = meta.group(teacher, other)
    channel.send(Outbound(group, "Habari", group=True, buttons=(Button("k", "Ndiyo"),)))
    assert other.got[0]["text"]["body"] == "Habari\n\n1. Ndiyo"
    with pytest.raises(Undeliverable) as refused:
        channel.send(Outbound("Y2FwaV9nb25l", "Habari", group=True))
    assert refused.value.code == "131041"


# Fetching


def kept(meta, data=b"a photo", **lies) -> Media:
    handle = meta.keep(data, "image/jpeg")
    meta.files[handle].lies = lies
    return Media(handle, "image/jpeg")


def test_what_somebody_sent_is_fetched(meta):
    assert channel.fetch(kept(meta)) == b"a photo"
    assert [asked.headers["authorization"] for asked in meta.asked] == ["Bearer the-token"] * 2


def test_the_digest_may_be_in_base64(meta):
    import base64
    import hashlib

    digest = base64.b64encode(hashlib.sha256(b"a photo").digest()).decode()
    assert channel.fetch(kept(meta, sha256=digest)) == b"a photo"


@pytest.mark.parametrize(
    ("lies", "code"),
    [
        ({"sha256": "0" * 64}, "sha256"),
        ({"sha256": "no digest"}, "sha256"),
        ({"file_size": 3}, "size"),
        ({"file_size": 20_000_001}, "size"),
        ({"url": "https://example.org/files/1"}, "host"),
        ({"url": "https://lookaside.fbsbx.com.example.org/1"}, "host"),
        ({"url": "https://lookaside.fbsbx.com:8443/1"}, "host"),
        ({"url": "http://lookaside.fbsbx.com/1"}, "host"),
        ({"url": "http://169.254.169.254/latest/meta-data"}, "host"),
        ({"url": "file:///etc/passwd"}, "host"),
        ({"url": "https://user@[bad"}, "host"),
        ({"url": ""}, "host"),
    ],
)
def test_what_is_not_as_it_was_said_is_refused(meta, lies, code):
    with pytest.raises(Undeliverable) as refused:
        channel.fetch(kept(meta, **lies))
    assert refused.value.code == code


@pytest.mark.parametrize(
    "url",
    [
        "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1",
        "https://mmg.whatsapp.net/1",
    ],
)
def test_where_meta_keeps_files(meta, url):
    assert client.is_theirs(url)


@pytest.mark.parametrize("handle", ["", "../me", "1/../2", "1?x=y", "a" * 300])
def test_a_handle_is_no_path(meta, handle):
    with pytest.raises(Undeliverable):
        channel.fetch(Media(handle))
    assert not meta.asked


def test_a_redirect_is_not_followed(meta):
    media = kept(meta)
    meta.faults += [meta._describe(media.handle), Answer(302, b"", {"Location": "http://x/"})]
    with pytest.raises(Undeliverable):
        channel.fetch(media)


def test_more_than_was_said_is_not_read_to_its_end(meta, monkeypatch):
    monkeypatch.setattr(client, "MOST_BYTES", 4)
    media = kept(meta, b"a photo", file_size="")
    with pytest.raises(Undeliverable):
        channel.fetch(media)


def test_what_never_arrives_is_again_later(meta):
    media = kept(meta)
    for fault in (Answer(drop=True), Answer(500, b""), Answer(404, b"{}")):
        meta.faults += [meta._describe(media.handle), fault]
        with pytest.raises(TryLater):
            channel.fetch(media)


def test_what_meta_no_longer_has_is_gone(meta):
    with pytest.raises(Undeliverable):
        channel.fetch(Media("123456789"))


# What the channel says of itself


def test_it_works_when_it_is_complete(ours):
    assert channel.works()
    ours.WHATSAPP_APP_SECRET = ""
    assert not channel.works()
    assert channel.missing() == ["WHATSAPP_APP_SECRET"]


def test_a_call_of_the_pretended_server_is_signed_and_read(meta, teacher):
    calls = []
    meta.hook, meta.call = (
        "/hooks/whatsapp/",
        lambda where, headers, body: calls.append((headers, body)) or 200,
    )
    teacher.reacts("wamid.1", "👍")
    ((headers, body),) = calls
    assert headers["X-Hub-Signature-256"].startswith("sha256=")
    assert json.loads(body)["object"] == "whatsapp_business_account"
