"""People of the pretended WhatsApp, and what they do with their phones."""

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from staffroom.channels.whatsapp.pretend import PretendWhatsApp

Thing = dict[str, Any]
NUMBER = "15550783881"  # ours


@dataclass
class Someone:
    """A person with WhatsApp. Without `shows_number` calls hold the id within our business alone."""

    server: "PretendWhatsApp"
    number: str
    name: str
    id: str = ""
    shows_number: bool = True
    heard: float = 0.0  # when they wrote last
    got: list[Thing] = field(default_factory=list)

    @property
    def address(self) -> str:
        return self.id or self.number

    def writes(self, text: str, **about: Any) -> str:
        return self._does("text", {"body": text}, **about)

    def reacts(self, to: str, sign: str, **about: Any) -> str:
        return self._does("reaction", {"message_id": to, "emoji": sign}, **about)

    def presses(self, key: str, title: str = "", *, of: str = "", **about: Any) -> str:
        chosen = {"type": "button_reply", "button_reply": {"id": key, "title": title or key}}
        return self._does("interactive", chosen, reply_to=of, **about)

    def picks(self, key: str, title: str = "", *, of: str = "", **about: Any) -> str:
        chosen = {"type": "list_reply", "list_reply": {"id": key, "title": title or key}}
        return self._does("interactive", chosen, reply_to=of, **about)

    def answers_template(self, payload: str, text: str, *, of: str = "") -> str:
        return self._does("button", {"payload": payload, "text": text}, reply_to=of)

    def sends(self, kind: str, data: bytes, type: str, caption: str = "", name: str = "") -> str:
        """A photo (`image`), a note (`audio`), a paper (`document`) or a film (`video`)."""
        handle = self.server.keep(data, type)
        content = {"id": handle, "mime_type": type, "sha256": self.server.files[handle].digest}
        extra = {"caption": caption, "filename": name, "voice": kind == "audio"}
        return self._does(kind, content | {key: value for key, value in extra.items() if value})

    def edits(self, message: str, text: str) -> str:
        anew = {"type": "text", "text": {"body": text}}
        return self._does("edit", {"original_message_id": message, "message": anew})

    def removes(self, message: str) -> str:
        return self._does("revoke", {"original_message_id": message})

    def reads(self, message: str) -> None:
        """The two grey ticks, then the blue ones."""
        self.server.tell(message, "delivered", self)
        self.server.tell(message, "read", self)

    def changes_number(self, number: str) -> None:
        """With a new number comes a new id."""
        old, old_id = self.number, self.id
        self.number, self.id = number, f"{self.id[:3]}{self.server.number()}" if self.id else ""
        system = {"type": "user_changed_number", "wa_id": number, "user_id": self.id}
        system |= {"previous_user_id": old_id, "body": f"User {self.name} changed"}
        message: Thing = {"from": old, "id": self.server.wamid(), "timestamp": self.server.clock()}
        self.server.call_us({"messages": [message | {"type": "system", "system": system}]})

    def _does(self, kind: str, content: Thing, *, reply_to: str = "", group: str = "") -> str:
        self.heard = time.time()
        message: Thing = {"id": self.server.wamid(), "timestamp": self.server.clock()}
        message |= {"type": kind, kind: content} | self._from()
        if reply_to:
            message["context"] = {"from": NUMBER, "id": reply_to}
        if group:
            message["group_id"] = group
        self.server.call_us({"contacts": [self.contact()], "messages": [message]})
        return str(message["id"])

    def _from(self) -> Thing:
        number = {"from": self.number} if self.shows_number else {}
        return number | ({"from_user_id": self.id} if self.id else {})

    def contact(self) -> Thing:
        number = {"wa_id": self.number} if self.shows_number else {}
        return number | {"profile": {"name": self.name}, "user_id": self.id}
