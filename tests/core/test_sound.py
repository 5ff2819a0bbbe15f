"""Spoken notes: whatever a phone records becomes small Opus; an hour is told, not taken."""

import io

import av
import pytest

from staffroom.core import sound
from staffroom.core.errors import Refused
from tests.core.sounds import FORMATS, a_recording, a_wave


def looked_at(data: bytes):
    with av.open(io.BytesIO(data)) as file:
        stream = file.streams.audio[0]
        return file.format.name, stream.codec_context.name, stream.channels, dict(file.metadata)


@pytest.mark.parametrize("format", FORMATS)
def test_what_phones_record_becomes_a_small_note(format):
    note = sound.shrink(a_recording(format, title="SEKRET", artist="Amina-SEKRET"))
    container, codec, channels, told = looked_at(note.data)
    assert "webm" in container
    assert codec in {"opus", "libopus"}
    assert channels == 1
    assert note.seconds == 2
    assert b"SEKRET" not in note.data
    assert set(told) <= {"encoder", "ENCODER"}
    assert len(note.data) < 2 * 2500


def test_two_channels_become_one_and_the_same_is_the_same():
    one = sound.shrink(a_wave(3, rate=44_100, channels=2))
    assert looked_at(one.data)[2] == 1
    assert one.data == sound.shrink(a_wave(3, rate=44_100, channels=2)).data


def test_an_hour_is_told_at_once():
    with pytest.raises(Refused, match="This recording has 60 minutes; at most 2"):
        sound.shrink(silent_hour())


def silent_hour() -> io.BytesIO:
    """An hour at eight bits and a low rate, which weighs little."""
    rate, seconds = 2000, 3600
    data = b"\x80" * (rate * seconds)
    head = (
        b"RIFF" + (36 + len(data)).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    )
    head += (1).to_bytes(2, "little") * 2 + rate.to_bytes(4, "little") * 2
    head += (1).to_bytes(2, "little") + (8).to_bytes(2, "little")
    return io.BytesIO(head + b"data" + len(data).to_bytes(4, "little") + data)


def test_one_that_does_not_say_its_length_stops_at_the_limit():
    with pytest.raises(Refused, match="at most 0"):
        sound.shrink(a_recording("adts", seconds=5), seconds=2)


BAD = {
    "empty": (b"", "empty"),
    "text": (b"not a sound at all, but words", "not a recording"),
    "playlist": (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "not a recording"),
    "concat": (b"ffconcat version 1.0\nfile /etc/passwd\n", "not a recording"),
    "photo": (b"\xff\xd8\xff\xe0" + b"\0" * 400, "not a recording"),
    "heavy": (b"OggS" + b"\0" * 13_000_000, "13 MB; at most 12 MB"),
    "cut off": (b"\x1a\x45\xdf\xa3" + b"\0" * 300, "damaged"),
    "nothing in it": (b"OggS" + b"\0" * 300, "damaged"),
    "program": (b"MZ" + b"\0" * 300, "not a recording"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_recording_is_said(case):
    data, says = BAD[case]
    with pytest.raises(Refused) as refused:
        sound.shrink(io.BytesIO(data))
    assert says in refused.value.message
    assert refused.value.field == "voice"


def test_a_moment_is_no_note():
    with pytest.raises(Refused, match="no sound"):
        sound.shrink(a_wave(0.1))


def test_a_film_without_sound_is_no_note():
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as sink:
        stream = sink.add_stream("mpeg4", rate=5)
        stream.width = stream.height = 32
        stream.pix_fmt = "yuv420p"
        sink.mux(stream.encode(av.VideoFrame(32, 32, "yuv420p")))
        sink.mux(stream.encode(None))
    out.seek(0)
    with pytest.raises(Refused, match="not a recording"):
        sound.shrink(out)
