"""What we say back, and how it is made to fit a channel: its abilities are asked, never its name."""

import uuid
from dataclasses import dataclass, replace

from staffroom.channels.switchboard.known import Abilities
from staffroom.channels.switchboard.messages import Button


@dataclass(frozen=True)
class Say:
    """Our own words. `about`: the post that they are about, so that a reply to them finds it."""

    text: str
    buttons: tuple[Button, ...] = ()
    about: uuid.UUID | None = None
    last: bool = False  # said although nothing more is to come: the word that it stopped


def fit(say: Say, can: Abilities) -> Say:
    """Buttons where there are as many, a list where it has as many rows; else numbered lines."""
    if not say.buttons:
        return replace(say, text=shortened(say.text, can.text))
    if len(say.buttons) <= can.buttons and _short(say, can.button, can.button_text or can.text):
        return say
    if len(say.buttons) <= can.rows and _short(say, can.row, can.button_text or can.text):
        return say
    lines = [f"{number} {each.label}" for number, each in enumerate(say.buttons, 1)]
    tail = "\n".join(lines)
    text = shortened(say.text, max(can.text - len(tail) - 1, 0))
    text = f"{text}\n{tail}"
    return replace(say, text=text, buttons=())


def _short(say: Say, label: int, text: int) -> bool:
    return len(say.text) <= text and all(len(each.label) <= label for each in say.buttons)


def shortened(text: str, most: int) -> str:
    """At most so many letters, cut at a space where there is one."""
    if len(text) <= most:
        return text
    cut = text[: max(most - 1, 0)]
    return (cut.rsplit(" ", 1)[0] or cut) + "…"
