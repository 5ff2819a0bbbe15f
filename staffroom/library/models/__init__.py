"""What a programme and its communities keep: one file a part."""

from staffroom.library.models.verification import (
    Capacity,
    Correction,
    Dispute,
    Hearing,
    Side,
    Skipped,
    Trust,
    Voice,
)

__all__ = [
    "Capacity",
    "Correction",
    "Dispute",
    "Hearing",
    "Side",
    "Skipped",
    "Trust",
    "Voice",
]
