"""The rows of this room: one file a part."""

from staffroom.rhythm.models.hour import Gathering, NoReminders, Presence
from staffroom.rhythm.models.ice import IceBreaker
from staffroom.rhythm.models.prompts import Prompt, PromptUse

__all__ = ["Gathering", "IceBreaker", "NoReminders", "Presence", "Prompt", "PromptUse"]
