"""Updates in the shape of the documentation: https://core.telegram.org/bots/api#update"""

import json
from typing import Any

BOT, PERSON, GROUP = 700700, 5_100_200_300, -1_001_234_567_890
DATE = 1_795_852_800
USER = {
    "id": PERSON,
    "is_bot": False,
    "first_name": "Amina",
    "username": "amina_h",
    "language_code": "sw",
}
PRIVATE = {"id": PERSON, "first_name": "Amina", "username": "amina_h", "type": "private"}
SUPERGROUP = {"id": GROUP, "title": "Mathematics, Mwingi", "type": "supergroup"}
FORUM = SUPERGROUP | {"is_forum": True}
PHOTO = [
    {"file_id": f"photo-{width}", "file_unique_id": f"u{width}", "file_size": width * 70}
    | {"width": width, "height": width * 3 // 4}
    for width in (90, 320, 800, 1280, 2560)
]


def update(kind: str = "message", number: int = 10_000, **body: Any) -> str:
    return json.dumps({"update_id": number, kind: body})


def message(id: int = 7, chat: dict = PRIVATE, **body: Any) -> str:
    return update(message_id=id, chat=chat, date=DATE, **({"from": USER} | body))


def member(status: str, user: dict = USER, **more: Any) -> dict:
    return {"user": user, "status": status} | more
