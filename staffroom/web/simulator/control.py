"""Where the page asks what stands on a phone, and says what its owner does: JSON on a port of this machine."""

import json
from dataclasses import fields
from typing import Protocol
from urllib.parse import unquote

from staffroom.channels.switchboard.pretend import Answer, Asked, Pretend
from staffroom.web.simulator.bubbles import Bubble, Done


class Phone(Protocol):
    """One channel, seen from the hand that holds the phone. `who`: a number with its country's code."""

    def shows(self, who: str) -> list[Bubble]: ...
    def does(self, who: str, done: Done) -> None: ...


class Control(Pretend):
    """`GET /channel/number` tells the bubbles, `POST` there does something."""

    def __init__(self, phones: dict[str, Phone], port: int = 0) -> None:
        self.phones = phones
        super().__init__(port)

    def answer(self, asked: Asked) -> Answer:
        channel, _slash, who = unquote(asked.path).strip("/").partition("/")
        phone = self.phones.get(channel)
        if phone is None or not who:
            return Answer(404)
        if asked.method == "POST":
            try:
                known = {field.name for field in fields(Done)}
                said = json.loads(asked.body)
                done = Done(**{name: str(said[name]) for name in known & said.keys()})
            except (ValueError, AttributeError):
                return Answer(400)
            phone.does(who, done)
        return Answer(200, json.dumps([bubble.as_json() for bubble in phone.shows(who)]).encode())
