"""What a phone shows, whatever the channel."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Bubble:
    """One message on the phone. `mine`: its owner wrote it. `keys`: buttons below it, (key, label)."""

    id: str
    mine: bool
    text: str
    at: float  # seconds since 1970
    keys: tuple[tuple[str, str], ...] = ()
    note: str = ""  # a reaction, "file", how many parts

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Bubble":
        keys = tuple((str(key), str(label)) for key, label in data["keys"])
        return cls(**(data | {"keys": keys}))


@dataclass(frozen=True)
class Done:
    """What the owner of the phone does: writes, presses a button, reacts; about `reply_to` if named."""

    text: str = ""
    press: str = ""
    react: str = ""
    reply_to: str = ""
