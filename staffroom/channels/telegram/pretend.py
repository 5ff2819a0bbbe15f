"""A local Bot API: its people write, react and press; it calls our webhook or answers our poll.

For tests and the simulator. https://core.telegram.org/bots/api and .../bots/features#privacy-mode
"""

import json
import re
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any

from staffroom.channels.switchboard.pretend import Answer, Asked, Pretend

Told = dict[str, Any]
TOKEN, NAME = "700700:pretend-token", "staffroom_bot"


@dataclass
class Chat:
    """A private chat (its number is the person's), a group or a supergroup."""

    id: int
    type: str = "private"
    forum: bool = False
    bot_is: str = "member"  # or administrator, kicked, left
    moved_to: int | None = None
    last: int = 0
    #: All messages, ours too, by number: what a phone would show.
    messages: dict[int, Told] = field(default_factory=dict)

    def told(self) -> Told:
        more: Told = {"title": "A group"} if self.id < 0 else {"first_name": "A person"}
        return (
            {"id": self.id, "type": self.type} | more | ({"is_forum": True} if self.forum else {})
        )


class Telegram(Pretend):
    """`privacy` as it is with @BotFather: in groups the bot hears commands and replies alone."""

    def __init__(
        self, port: int = 0, token: str = TOKEN, name: str = NAME, privacy: bool = True
    ) -> None:
        self.token, self.name, self.privacy = token, name, privacy
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, bytes] = {}
        self.webhook: Told = {}
        self.waiting: list[Told] = []  # updates that we have not taken yet
        self.noticed: list[str] = []  # pressed buttons whose waiting sign ended
        self.date = 1_795_852_800
        self._last_update = 100
        super().__init__(port)

    @property
    def bot(self) -> Told:
        id = int(self.token.partition(":")[0])
        return {"id": id, "is_bot": True, "first_name": "Staffroom", "username": self.name}

    # What people do.

    def chat(self, id: int, **more: Any) -> Chat:
        kind = {"type": "private" if id > 0 else "group"} | more
        return self.chats.setdefault(id, Chat(id, **kind))

    def say(self, person: int, text: str = "", chat: int = 0, **more: Any) -> Told:
        """A message; `more` is what the API calls it: `photo`, `reply_to_message`, `entities` …"""
        here = self.chat(chat or person)
        body = ({"text": text} if text else {}) | more
        message = self._written(here, {"from": user(person)} | body)
        if self._hears(here, message):
            self._tell("message", message)
        return message

    def send(self, person: int, kind: str, content: bytes, chat: int = 0, **more: Any) -> Told:
        """A `photo`, `voice`, `audio` or `document`; `more` goes into the file (`mime_type`, `caption`)."""
        handle = f"file-{len(self.files) + 1}"
        self.files[handle] = content
        caption = {"caption": more.pop("caption")} if "caption" in more else {}
        file: Told = {"file_id": handle, "file_unique_id": handle, "file_size": len(content)} | more
        if kind == "photo":
            sizes = [(90, 67), (320, 240), (1280, 960)]
            value: Any = [file | {"width": width, "height": height} for width, height in sizes]
        else:
            value = file
        return self.say(person, chat=chat, **{kind: value}, **caption)

    def edit(self, message: Told, text: str) -> None:
        message |= {"text": text, "edit_date": self._now()}
        self._tell("edited_message", message)

    def react(self, person: int, message: Told, *signs: str, before: tuple[str, ...] = ()) -> None:
        """Told in groups where the bot is an administrator, as the documentation says."""
        chat = message["chat"]
        if chat["id"] < 0 and self.chats[chat["id"]].bot_is != "administrator":
            return
        told = {"chat": chat, "message_id": message["message_id"], "user": user(person)}
        signs_of = {"old_reaction": _signs(before), "new_reaction": _signs(signs)}
        self._tell("message_reaction", told | signs_of | {"date": self._now()})

    def press(self, person: int, message: Told, key: str) -> None:
        id = f"press-{self._last_update}"
        told = {"id": id, "from": user(person), "message": message, "chat_instance": "1"}
        self._tell("callback_query", told | {"data": key})

    def become(self, chat: int, status: str, by: int = 1) -> None:
        """The bot is added (`member`), made `administrator`, put out (`kicked`); or a person blocks it."""
        here = self.chat(chat)
        before, here.bot_is = here.bot_is if here.messages or chat > 0 else "left", status
        self._tell("my_chat_member", self._change(here, by, self.bot, before, status))

    def come(self, person: int, chat: int) -> None:
        line = {"from": user(person), "new_chat_members": [user(person)]}
        self._tell("message", self._written(self.chat(chat), line))

    def go(self, person: int, chat: int) -> None:
        line = {"from": user(person), "left_chat_member": user(person)}
        self._tell("message", self._written(self.chat(chat), line))

    def migrate(self, chat: int, new: int) -> None:
        """The group becomes a supergroup: told in the old and in the new one."""
        old, here = self.chat(chat), self.chat(new, type="supergroup")
        old.moved_to, here.bot_is = new, old.bot_is
        self._tell("message", self._written(old, {"from": user(1), "migrate_to_chat_id": new}))
        self._tell("message", self._written(here, {"from": user(1), "migrate_from_chat_id": chat}))

    def deliver(self) -> None:
        """Call for what waits, in order, until our house takes no more."""
        while self.waiting and self._call(self.waiting[0]):
            self.waiting.pop(0)

    # What our house asks.

    def answer(self, asked: Asked) -> Answer:
        if found := re.fullmatch(rf"/file/bot{re.escape(self.token)}/(.+)", asked.path):
            content = self.files.get(found[1])
            return Answer(404) if content is None else Answer(200, content)
        found = re.fullmatch(rf"/bot{re.escape(self.token)}/(\w+)", asked.path)
        if not found:
            return _error(401, "Unauthorized")
        method = getattr(self, f"_{found[1]}", None)
        if method is None:
            return _error(404, "Not Found: method not found")
        return method(fields_of(asked))

    def _getMe(self, said: Told) -> Answer:
        return _result(self.bot | {"can_read_all_group_messages": not self.privacy})

    def _setWebhook(self, said: Told) -> Answer:
        self.webhook = said
        return _result(True)

    def _deleteWebhook(self, said: Told) -> Answer:
        self.webhook = {}
        return _result(True)

    def _getWebhookInfo(self, said: Told) -> Answer:
        told = {"url": self.webhook.get("url", ""), "pending_update_count": len(self.waiting)}
        return _result(told | {"allowed_updates": self.webhook.get("allowed_updates", [])})

    def _getUpdates(self, said: Told) -> Answer:
        if self.webhook.get("url"):
            return _error(409, "Conflict: can't use getUpdates method while webhook is active")
        since = said.get("offset", 0)
        self.waiting = [each for each in self.waiting if each["update_id"] >= since]
        return _result(self.waiting[:100])

    def _sendMessage(self, said: Told) -> Answer:
        if not said.get("text"):
            return _error(400, "Bad Request: message text is empty")
        if _units(said["text"]) > 4096:
            return _error(400, "Bad Request: message is too long")
        return self._sent(said, {"text": said["text"]})

    def _sendPhoto(self, said: Told) -> Answer:
        return self._sent_file(said, "photo")

    def _sendVoice(self, said: Told) -> Answer:
        return self._sent_file(said, "voice")

    def _sendDocument(self, said: Told) -> Answer:
        return self._sent_file(said, "document")

    def _deleteMessage(self, said: Told) -> Answer:
        chat = self.chats.get(int(said["chat_id"]))
        if chat is None or int(said["message_id"]) not in chat.messages:
            return _error(400, "Bad Request: message to delete not found")
        chat.messages.pop(int(said["message_id"]))
        return _result(True)

    def _answerCallbackQuery(self, said: Told) -> Answer:
        self.noticed.append(said["callback_query_id"])
        return _result(True)

    def _getFile(self, said: Told) -> Answer:
        content = self.files.get(said.get("file_id", ""))
        if content is None:
            return _error(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(content) > 20_000_000:
            return _error(400, "Bad Request: file is too big")
        told = {"file_id": said["file_id"], "file_unique_id": "x", "file_size": len(content)}
        return _result(told | {"file_path": said["file_id"]})

    def _sent_file(self, said: Told, kind: str) -> Answer:
        if _units(said.get("caption", "")) > 1024:
            return _error(400, "Bad Request: message caption is too long")
        file = said.pop(kind)
        handle = f"file-{len(self.files) + 1}"
        self.files[handle] = file
        caption = {"caption": said["caption"]} if said.get("caption") else {}
        told: Told = {"file_id": handle, "file_unique_id": handle, "file_size": len(file)}
        return self._sent(said, caption | {kind: [told] if kind == "photo" else told})

    def _sent(self, said: Told, body: Told) -> Answer:
        chat = self.chats.get(int(said["chat_id"]))
        if chat is None:
            return _error(400, "Bad Request: chat not found")
        if chat.moved_to:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            return _error(400, words, {"migrate_to_chat_id": chat.moved_to})
        if chat.bot_is in ("kicked", "left"):
            who = "bot was blocked by the user" if chat.id > 0 else "bot was kicked from the group"
            return _error(403, f"Forbidden: {who} chat")
        if said.get("message_thread_id") and not chat.forum:
            return _error(400, "Bad Request: message thread not found")
        keyboard = said.get("reply_markup", {}).get("inline_keyboard", [])
        if any(len(each["callback_data"].encode()) > 64 for row in keyboard for each in row):
            return _error(400, "Bad Request: BUTTON_DATA_INVALID")
        about = said.get("reply_parameters", {}).get("message_id")
        more: Told = {
            name: said[name] for name in ("reply_markup", "message_thread_id") if name in said
        }
        if about in chat.messages:
            more["reply_to_message"] = chat.messages[about]
        return _result(self._written(chat, {"from": self.bot} | body | more))

    # What both need.

    def _written(self, chat: Chat, body: Told) -> Told:
        chat.last += 1
        told = {"message_id": chat.last, "date": self._now(), "chat": chat.told()} | body
        chat.messages[chat.last] = told
        return told

    def _hears(self, chat: Chat, message: Told) -> bool:
        if chat.bot_is in ("kicked", "left"):
            return False
        if chat.id > 0 or not self.privacy or chat.bot_is == "administrator":
            return True
        replied = message.get("reply_to_message", {}).get("from", {}).get("id")
        return message.get("text", "").startswith("/") or replied == self.bot["id"]

    def _change(self, chat: Chat, by: int, whom: Told, before: str, after: str) -> Told:
        return {
            "chat": chat.told(),
            "from": user(by if chat.id < 0 else chat.id),
            "date": self._now(),
            "old_chat_member": {"user": whom, "status": before},
            "new_chat_member": {"user": whom, "status": after},
        }

    def _now(self) -> int:
        self.date += 1
        return self.date

    def _tell(self, kind: str, body: Told) -> None:
        self._last_update += 1
        self.waiting.append(json.loads(json.dumps({"update_id": self._last_update, kind: body})))
        if self.webhook.get("url"):
            self.deliver()

    def _call(self, update: Told) -> bool:
        headers = {
            "Content-Type": "application/json",
            "X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", ""),
        }
        return self.call(self.webhook["url"], headers, json.dumps(update).encode()) < 300


def user(id: int) -> Told:
    return {"id": id, "is_bot": False, "first_name": "A", "language_code": "en"}


def fields_of(asked: Asked) -> Told:
    """The fields of a call, as JSON or as a form with a file in it."""
    kind = asked.headers.get("content-type", "")
    if not kind.startswith("multipart/"):
        return json.loads(asked.body or b"{}")
    fields: Told = {}
    form: Any = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + asked.body)
    for each in form.get_payload():
        content = each.get_payload(decode=True)
        name = each.get_param("name", header="content-disposition")
        if each.get_filename():
            fields[name] = content
        else:
            fields[name] = _value(content.decode())
    return fields


def _value(text: str) -> Any:
    return json.loads(text) if text[:1] in "{[" else text


def _signs(signs: tuple[str, ...]) -> list[Told]:
    return [{"type": "emoji", "emoji": sign} for sign in signs]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _result(result: Any) -> Answer:
    return Answer(200, json.dumps({"ok": True, "result": result}).encode())


def _error(code: int, description: str, parameters: Told | None = None) -> Answer:
    said: Told = {"ok": False, "error_code": code, "description": description}
    return Answer(
        code, json.dumps(said | ({"parameters": parameters} if parameters else {})).encode()
    )


def too_fast(after: int) -> Answer:
    """For `faults`: the documented answer to too many messages."""
    return _error(429, f"Too Many Requests: retry after {after}", {"retry_after": after})
