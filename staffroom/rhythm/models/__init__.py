"""The rows of this room: one file a part."""

from staffroom.rhythm.models.challenge import Challenge, ChallengePart
from staffroom.rhythm.models.own_time import OwnTime
from staffroom.rhythm.models.recognition import Recognition

__all__ = ["Challenge", "ChallengePart", "OwnTime", "Recognition"]
