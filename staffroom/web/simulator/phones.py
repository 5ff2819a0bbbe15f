"""The phones of the demo at the local servers of the channels: one class a channel, in one shape."""

import threading
import time
from collections import defaultdict
from typing import Any

from staffroom.channels.sms.pretend import AfricasTalking
from staffroom.channels.telegram.pretend import Telegram
from staffroom.channels.whatsapp import templates
from staffroom.channels.whatsapp.pretend import PretendWhatsApp, Someone
from staffroom.web.simulator import addresses
from staffroom.web.simulator.bubbles import Bubble, Done
from staffroom.web.simulator.control import Phone

#: So much is kept of one phone.
MOST = 200


class Talk:
    """What stands on each phone of one channel, in the order in which it came to be."""

    def __init__(self) -> None:
        self._bubbles: dict[str, list[Bubble]] = defaultdict(list)
        self._seen: dict[str, int] = defaultdict(int)
        self._lock = threading.RLock()

    def shows(self, who: str) -> list[Bubble]:
        with self._lock:
            arrived = self.arrived(who)
            fresh, self._seen[who] = arrived[self._seen[who] :], len(arrived)
            self._bubbles[who] += fresh
            return list(self._bubbles[who][-MOST:])

    def does(self, who: str, done: Done) -> None:
        with self._lock:
            self.shows(who)
            label = next(
                (
                    label
                    for bubble in self._bubbles[who]
                    for key, label in bubble.keys
                    if key == done.press
                ),
                "",
            )
            said = done.text or label or done.press or done.react
            mine = len(self._bubbles[who])
            self._bubbles[who].append(Bubble(f"mine-{mine}", True, said, time.time()))
        self.act(who, done, label)

    def arrived(self, who: str) -> list[Bubble]:
        """Everything of ours that ever came to this phone."""
        raise NotImplementedError

    def act(self, who: str, done: Done, label: str) -> None:
        """Tell our house what the owner did."""
        raise NotImplementedError


class WhatsAppPhones(Talk):
    def __init__(self, server: PretendWhatsApp) -> None:
        super().__init__()
        self.server = server
        self._people: dict[str, Someone] = {}

    def person(self, who: str) -> Someone:
        if who not in self._people:
            number, id = addresses.digits(who), addresses.whatsapp(who)
            self._people[who] = self.server.somebody(number, number, id=id)
        return self._people[who]

    def arrived(self, who: str) -> list[Bubble]:
        return [_of_whatsapp(message) for message in list(self.person(who).got)]

    def act(self, who: str, done: Done, label: str) -> None:
        person, about = self.person(who), {"reply_to": done.reply_to} if done.reply_to else {}
        if done.press:
            kind = next((m["type"] for m in person.got if m["id"] == done.reply_to), "")
            press = person.picks if _is_list(person, done.reply_to) else person.presses
            if kind == "template":
                person.answers_template(done.press, label, of=done.reply_to)
            else:
                press(done.press, label, of=done.reply_to)
        elif done.react:
            person.reacts(done.reply_to or _last(person), done.react)
        else:
            person.writes(done.text, **about)


def _last(person: Someone) -> str:
    return str(person.got[-1]["id"]) if person.got else ""


def _is_list(person: Someone, id: str) -> bool:
    found = next((message for message in person.got if message["id"] == id), {})
    return found.get("interactive", {}).get("type") == "list"


def _of_whatsapp(message: dict[str, Any]) -> Bubble:
    kind = message["type"]
    content = message.get(kind, {})
    keys: list[tuple[str, str]] = []
    text = content.get("body") or content.get("caption") or ""
    if kind == "interactive":
        text = content["body"]["text"]
        action = content["action"]
        keys = [(b["reply"]["id"], b["reply"]["title"]) for b in action.get("buttons", [])]
        for section in action.get("sections", []):
            keys += [(row["id"], row["title"]) for row in section["rows"]]
    elif kind == "template":
        text, keys = _of_template(content)
    note = {"image": "📷", "audio": "🎤", "document": "📄"}.get(kind, "")
    return Bubble(message["id"], False, text, time.time(), tuple(keys), note)


def _of_template(content: dict[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    """The approved words, with their button."""
    language = content["language"]["code"]
    for words in templates.ours():
        if (words.name, words.language) == (content["name"], language):
            return words.body, [(words.button, words.button)]
    return str(content["name"]), []


class TelegramPhones(Talk):
    def __init__(self, server: Telegram) -> None:
        super().__init__()
        self.server = server

    def arrived(self, who: str) -> list[Bubble]:
        chat = self.server.chat(addresses.telegram(who))
        ours = self.server.bot["id"]
        return [
            _of_telegram(message)
            for message in list(chat.messages.values())
            if message.get("from", {}).get("id") == ours
        ]

    def act(self, who: str, done: Done, label: str) -> None:
        person = addresses.telegram(who)
        messages = self.server.chat(person).messages
        about = messages.get(int(done.reply_to)) if done.reply_to.isdecimal() else None
        if done.press and about:
            self.server.press(person, about, done.press)
        elif done.react:
            about = about or next(reversed(messages.values()), None)
            if about:
                self.server.react(person, about, done.react)
        else:
            more: dict[str, Any] = {"reply_to_message": about} if about else {}
            self.server.say(person, done.text, **more)


def _of_telegram(message: dict[str, Any]) -> Bubble:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    keys = tuple((key["callback_data"], key["text"]) for row in rows for key in row)
    text = message.get("text") or message.get("caption") or ""
    note = next((sign for kind, sign in SIGNS.items() if kind in message), "")
    return Bubble(str(message["message_id"]), False, text, time.time(), keys, note)


SIGNS = {"photo": "📷", "voice": "🎤", "document": "📄"}


class SmsPhones(Talk):
    def __init__(self, server: AfricasTalking) -> None:
        super().__init__()
        self.server = server

    def arrived(self, who: str) -> list[Bubble]:
        return [
            Bubble(
                one.id,
                False,
                one.text,
                time.time(),
                note=f"{one.parts} × SMS" if one.parts > 1 else "",
            )
            for one in self.server.inbox(who)
        ]

    def act(self, who: str, done: Done, label: str) -> None:
        self.server.write(who, done.text or done.press)


def all_of(whatsapp: PretendWhatsApp, telegram: Telegram, sms: AfricasTalking) -> dict[str, Phone]:
    return {
        "whatsapp": WhatsAppPhones(whatsapp),
        "telegram": TelegramPhones(telegram),
        "sms": SmsPhones(sms),
    }
