"""Recordings as phones make them, without a microphone."""

import io
import math
import wave
from array import array

import av

FORMATS = {"webm": "libopus", "ogg": "libopus", "mp4": "aac", "adts": "aac", "mp3": "libmp3lame"}


def a_wave(seconds: float = 2.0, rate: int = 16_000, channels: int = 1) -> io.BytesIO:
    """A hum, as WAV."""
    out = io.BytesIO()
    hum = array("h")
    for at in range(int(seconds * rate)):
        hum.extend([int(9000 * math.sin(at * 440 * 2 * math.pi / rate))] * channels)
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(hum.tobytes())
    out.seek(0)
    out.name = "voice.wav"
    return out


def a_recording(format: str = "webm", seconds: float = 2.0, **told: str) -> io.BytesIO:
    """The hum in one of the kinds that phones make; `told` is written into it as metadata."""
    out = io.BytesIO()
    with av.open(a_wave(seconds, rate=48_000)) as source, av.open(out, "w", format=format) as sink:
        sink.metadata.update(told)
        stream = sink.add_stream(FORMATS[format], rate=48_000)
        for frame in source.decode(audio=0):
            sink.mux(stream.encode(frame))
        sink.mux(stream.encode(None))
    out.seek(0)
    out.name = f"voice.{format}"
    return out
