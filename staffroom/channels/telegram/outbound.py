"""What we say, as calls within Telegram's limits; letters count in UTF-16 units.

https://core.telegram.org/bots/api#sendmessage
"""

from typing import Any

from staffroom.channels.switchboard.messages import Button, Outbound, Undeliverable
from staffroom.channels.telegram.client import Upload

TEXT, CAPTION, KEY = 4096, 1024, 64
#: Labels so short that two buttons stand side by side on a small phone.
SHORT = 14
PHOTOS = ("image/jpeg", "image/png", "image/webp")
#: `sendPhoto` takes no larger ones; `sendDocument` does.
PHOTO_BYTES = 10_000_000
VOICES = ("audio/ogg", "audio/opus", "audio/mp4", "audio/mpeg", "audio/mp3")

Fields = dict[str, Any]


def call_for(message: Outbound) -> tuple[str, Fields, Upload | None]:
    """Method, fields and file. The words go as they are, without a `parse_mode`: a star or an angle
    in what a colleague wrote is a star or an angle.

    Nothing is sent as protected content: an answer is there to be copied into a lesson plan.
    """
    fields: Fields = {"chat_id": message.to} | _place(message)
    if message.buttons:
        fields["reply_markup"] = {"inline_keyboard": _keyboard(message.buttons)}
    words = with_abouts(message)
    if not message.file:
        fields["text"] = shortened(words, TEXT)
        fields["link_preview_options"] = {"is_disabled": True}
        return "sendMessage", fields, None
    method, field = _way(message)
    if words:
        fields["caption"] = shortened(words, CAPTION)
    upload = Upload(field, message.file_name or field, message.file_type, message.file)
    return method, fields, upload


def _place(message: Outbound) -> Fields:
    """In which topic, under which message; one that is gone does not keep the answer back."""
    fields: Fields = {}
    if message.topic.isdecimal():
        fields["message_thread_id"] = int(message.topic)
    about = message.reply_to.rpartition(":")[2]
    if about.isdecimal():
        fields["reply_parameters"] = {
            "message_id": int(about),
            "allow_sending_without_reply": True,
        }
    return fields


def _way(message: Outbound) -> tuple[str, str]:
    if message.file_type in PHOTOS and len(message.file) <= PHOTO_BYTES:
        return "sendPhoto", "photo"
    if message.file_type.partition(";")[0].strip() in VOICES:
        return "sendVoice", "voice"
    return "sendDocument", "document"


def with_abouts(message: Outbound) -> str:
    """A button has one line; what else is to be said of it stands with the words."""
    lines = [f"{each.label}: {each.about}" for each in message.buttons if each.about]
    return "\n".join([message.text, *lines]) if lines else message.text


def _keyboard(buttons: tuple[Button, ...]) -> list[list[Fields]]:
    if any(len(each.key.encode()) > KEY for each in buttons):
        raise Undeliverable("long key")
    made = [{"text": each.label, "callback_data": each.key} for each in buttons]
    a_row = 2 if all(units(each.label) <= SHORT for each in buttons) else 1
    return [made[start : start + a_row] for start in range(0, len(made), a_row)]


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, most: int) -> str:
    """At most `most` units, cut between letters, with a mark that something is missing."""
    if units(text) <= most:
        return text
    cut = text.encode("utf-16-le", "surrogatepass")[: 2 * (most - 1)]
    # Half a letter at the end goes; so do marks that belong to what was cut off.
    return cut.decode("utf-16-le", "ignore").rstrip("\u200d\ufe0f ") + "…"
