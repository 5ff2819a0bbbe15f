"""The rows of this room: one file a part."""

from staffroom.rhythm.models.challenge import Challenge, ChallengePart
from staffroom.rhythm.models.hour import Gathering, NoReminders, Presence
from staffroom.rhythm.models.ice import IceBreaker
from staffroom.rhythm.models.own_time import OwnTime
from staffroom.rhythm.models.prompts import Prompt, PromptUse
from staffroom.rhythm.models.recognition import Recognition
from staffroom.rhythm.models.silence import Asking, SilenceAnswer, SilenceWeeks, SilenceWish

__all__ = [
    "Asking",
    "Challenge",
    "ChallengePart",
    "Gathering",
    "IceBreaker",
    "NoReminders",
    "OwnTime",
    "Presence",
    "Prompt",
    "PromptUse",
    "Recognition",
    "SilenceAnswer",
    "SilenceWeeks",
    "SilenceWish",
]
