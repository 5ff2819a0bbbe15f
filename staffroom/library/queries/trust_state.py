"""In which state a thing is, from what was said about it. No database here."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from staffroom.library.models import Capacity, Trust

State = Trust.State
Enough = Callable[[set[uuid.UUID], int], bool]


@dataclass(frozen=True)
class Said:
    """One voice: whose (None for somebody who has left), as what, about which words."""

    by: uuid.UUID | None
    capacity: str
    version: str


@dataclass(frozen=True)
class Proposed:
    """A correction that is not closed, with the voices for it."""

    version: str
    accepted: bool
    voices: tuple[Said, ...]


def carries(voices: Iterable[Said], enough: Enough) -> bool:
    """One adviser, or peers enough."""
    voices = list(voices)
    if any(voice.capacity == Capacity.ADVISER for voice in voices):
        return True
    peers = {voice.by for voice in voices if voice.by is not None}
    return bool(voices) and enough(peers, sum(voice.by is None for voice in voices))


def stands(correction: Proposed | None, enough: Enough) -> bool:
    """Whether a correction stands beside the words."""
    if correction is None:
        return False
    return correction.accepted or carries(correction.voices, enough)


def settle(
    *,
    version: str,
    voices: Iterable[Said],
    correction: Proposed | None,
    disputed: bool,
    enough: Enough,
) -> State:
    """The state of a thing whose words are `version`.

    A dispute comes first, whatever else was said. A correction stands until the words it corrected
    were changed *and* the new ones verified. A verification is of the words that were read: after
    an edit it counts no more.
    """
    if disputed:
        return State.DISPUTED
    verified = carries((voice for voice in voices if voice.version == version), enough)
    if stands(correction, enough):
        assert correction is not None
        if correction.version == version or not verified:
            return State.CORRECTED
    return State.VERIFIED if verified else State.UNVERIFIED
