"""The rows of this room: one file a part."""

from staffroom.rhythm.models.challenge import Challenge, ChallengePart
from staffroom.rhythm.models.own_time import OwnTime
from staffroom.rhythm.models.recognition import Recognition
from staffroom.rhythm.models.silence import Asking, SilenceAnswer, SilenceWeeks, SilenceWish

__all__ = [
    "Asking",
    "Challenge",
    "ChallengePart",
    "OwnTime",
    "Recognition",
    "SilenceAnswer",
    "SilenceWeeks",
    "SilenceWish",
]
