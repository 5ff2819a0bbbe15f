"""What a lever is: a choice in a community's design, with the evidence for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

#: A text, translated when it is shown.
Text: TypeAlias = object


@dataclass(frozen=True)
class Evidence:
    """One finding that bears on a lever, in our words."""

    text: Text
    source: str
    strength: str  # "tested", "observed" or "proposed"


@dataclass(frozen=True)
class Lever:
    """One lever. `choices` maps a code to its label; `left`: a community decides unless told otherwise."""

    key: str
    label: Text
    about: Text
    choices: Mapping[str, Text]
    default: str
    evidence: tuple[Evidence, ...]
    left: bool = True
    after_creation: bool = True  # can still be changed once the community exists

    @property
    def strength(self) -> str:
        """The strongest of its evidence."""
        have = {note.strength for note in self.evidence}
        return next((grade for grade in ("tested", "observed") if grade in have), "proposed")
