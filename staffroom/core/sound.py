"""Spoken notes as phones send them, made small: Opus, one channel, without anything they knew besides.

What comes in is judged by its first bytes and decoded as that and nothing else, so that no playlist
can name another file. Decoding stops at the limit of time, however long the sound says it is.
"""

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import av
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from django.conf import settings
from django.utils.translation import gettext as _

from staffroom.core.errors import Refused

SECONDS = 120
RATE = 16_000
#: What a second of a kept note weighs at most, container and all: a minute some 90 KB.
MOST_A_SECOND = 1500
#: Bits a second, tried one after the other until it fits. A voice is understood at each.
BITS = (12_000, 10_500, 9_000, 7_500, 6_000)
SHORTEST = 0.4
#: Longer than this no decoding of two minutes takes on a slow machine.
PATIENCE = 30.0


@dataclass(frozen=True)
class Note:
    """A note as it is kept: WebM with Opus, and how long it is."""

    data: bytes
    seconds: int
    type: str = "audio/webm"


def shrink(file: IO[bytes], *, seconds: int = SECONDS, field: str = "voice") -> Note:
    """The sound in `file`, at most `seconds` long. `Refused` (at `field`) for anything else."""
    file.seek(0, io.SEEK_END)
    _check_weight(file.tell(), field)
    file.seek(0)
    format = _format(file.read(64))
    if format is None:
        raise Refused(_not_a_sound(), field)
    file.seek(0)
    try:
        with av.open(file, format=format, metadata_errors="ignore") as source:
            if not source.streams.audio:
                raise Refused(_not_a_sound(), field)
            _check_length(source, seconds, field)
            return _encoded(_frames(source, seconds, field), field)
    except (FFmpegError, ValueError, MemoryError, OSError, IndexError) as error:
        raise Refused(
            _("This recording is damaged: it could not be read. Please record it again."), field
        ) from error


def _check_weight(size: int, field: str) -> None:
    most = settings.VOICE_MAX_BYTES
    if not size:
        raise Refused(_("This file is empty. Please choose the recording again."), field)
    if size > most:
        raise Refused(
            _("This recording has %(have)s MB; at most %(most)s MB can be taken.")
            % {"have": f"{size / 1e6:.3g}", "most": f"{most / 1e6:.3g}"},
            field,
        )


def _format(head: bytes) -> str | None:
    """The container by its first bytes; None for what is no sound that phones make."""
    begins = {
        b"\x1a\x45\xdf\xa3": "matroska",
        b"OggS": "ogg",
        b"ID3": "mp3",
        b"#!AMR": "amr",
        b"fLaC": "flac",
        b"caff": "caf",
    }
    for start, name in begins.items():
        if head.startswith(start):
            return name
    if head[4:8] == b"ftyp":
        return "mov"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        return "aac" if head[1] & 0x06 == 0 else "mp3"
    return None


def _not_a_sound() -> str:
    return _(
        "This is not a recording that we can read. What phones record can be taken: "
        "M4A, MP3, OGG, WebM, AMR and WAV."
    )


def _check_length(source: Any, seconds: int, field: str) -> None:
    """What the file itself says: so an hour is told at once."""
    if source.duration and source.duration / av.time_base > seconds + 1:
        raise Refused(_too_long(source.duration / av.time_base, seconds), field)


def _too_long(have: float, seconds: int) -> str:
    return _(
        "This recording has %(have)s minutes; at most %(most)s can be taken. "
        "Please record the main thing again, or send it in parts."
    ) % {"have": max(seconds // 60 + 1, round(have / 60)), "most": seconds // 60}


def _frames(source: Any, seconds: int, field: str) -> Iterator[Any]:
    """The sound in our rate and one channel, up to the limit."""
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE, frame_size=RATE * 60 // 1000)
    most, count, began = (seconds + 1) * RATE, 0, time.monotonic()
    for packet in source.demux(source.streams.audio[0]):
        if time.monotonic() - began > PATIENCE:
            raise Refused(
                _("This recording takes too long to read. Please record it again."), field
            )
        for frame in packet.decode():
            for piece in resampler.resample(frame):
                count += piece.samples
                if count > most:
                    raise Refused(_too_long(0, seconds), field)
                yield piece
    yield from resampler.resample(None)


def _encoded(frames: Iterator[Any], field: str) -> Note:
    kept = list(frames)  # two minutes are 4 MB
    samples = sum(frame.samples for frame in kept)
    if samples < SHORTEST * RATE:
        raise Refused(_("There is no sound in this recording. Please record it again."), field)
    data = b""
    for bits in BITS:
        data = _opus(kept, bits)
        if len(data) <= MOST_A_SECOND * samples / RATE:
            break
    return Note(data, max(1, round(samples / RATE)))


def _opus(frames: list[Any], bits: int) -> bytes:
    """Constrained: what a loud moment takes, the next gives back, so that no sound runs away."""
    out, samples = io.BytesIO(), 0
    with av.open(out, "w", format="webm", options={"fflags": "bitexact"}) as sink:
        options = {
            "application": "voip",
            "frame_duration": "60",
            "vbr": "constrained",
            "compression_level": "5",
        }
        stream: Any = sink.add_stream("libopus", rate=RATE, layout="mono", options=options)
        stream.bit_rate = bits
        for frame in frames:
            frame.pts = samples
            samples += frame.samples
            sink.mux(stream.encode(frame))
        sink.mux(stream.encode(None))
    return out.getvalue()
