"""A second of a kept note weighs at most 1.5 KB, container and all, whatever was recorded."""

import io
import math
import random
import wave
from array import array

import pytest

from staffroom.core import sound

RATE = 16_000
SECONDS = 12
MOST = 1500


def speech(chance: random.Random) -> list[float]:
    """Syllables: a buzz of changing pitch in three formants, hiss between, pauses."""
    out: list[float] = []
    while len(out) < SECONDS * RATE:
        pitch, formants = (
            chance.uniform(90, 260),
            [chance.uniform(*each) for each in ((250, 900), (800, 2500), (2300, 3500))],
        )
        length = int(chance.uniform(0.08, 0.3) * RATE)
        for at in range(length):
            swell = math.sin(math.pi * at / length)
            buzz = sum(
                math.sin(2 * math.pi * round(form / pitch) * pitch * at / RATE) / (rank + 1)
                for rank, form in enumerate(formants)
            )
            out.append(0.4 * swell * buzz)
        out += [chance.gauss(0, 0.15) for _ in range(int(chance.uniform(0.02, 0.1) * RATE))]
        out += [chance.gauss(0, 0.004) for _ in range(int(chance.uniform(0, 0.25) * RATE))]
    return out


def hiss(chance: random.Random) -> list[float]:
    """Rain on an iron roof, and too loud: the hardest to press."""
    return [chance.gauss(0, 0.5) for _ in range(SECONDS * RATE)]


def choir(chance: random.Random) -> list[float]:
    """A class that sings: many voices, each a little off."""
    voices = [
        (chance.choice([220, 277, 330, 440]) * chance.uniform(0.98, 1.02), chance.random())
        for _ in range(24)
    ]
    return [
        sum(math.sin(2 * math.pi * (tone * at / RATE + phase)) for tone, phase in voices) / 24
        for at in range(SECONDS * RATE)
    ]


def market(chance: random.Random) -> list[float]:
    """Voices over noise, with bangs."""
    talk = speech(chance)
    return [
        each * 0.6 + chance.gauss(0, 0.12) + (0.9 if chance.random() < 0.0005 else 0)
        for each in talk
    ]


def silence(chance: random.Random) -> list[float]:
    return [0.0] * SECONDS * RATE


def recorded(points: list[float]) -> io.BytesIO:
    out = io.BytesIO()
    data = array("h", (int(max(-1.0, min(1.0, each)) * 32_000) for each in points))
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(data.tobytes())
    out.seek(0)
    return out


@pytest.mark.parametrize(
    "kind", [speech, hiss, choir, market, silence], ids=lambda each: each.__name__
)
def test_a_second_weighs_at_most(kind):
    points = kind(random.Random(7))
    note = sound.shrink(recorded(points))
    assert len(note.data) * RATE / len(points) <= MOST


@pytest.mark.parametrize("kind", [speech, hiss], ids=lambda each: each.__name__)
def test_a_short_one_too(kind):
    points = kind(random.Random(8))[: 2 * RATE]
    note = sound.shrink(recorded(points))
    assert len(note.data) <= MOST * 2
