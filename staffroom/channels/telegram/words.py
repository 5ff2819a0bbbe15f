"""The words of a message as a person would have typed them: commands, mentions and links made plain.

Offsets of entities count UTF-16 units: https://core.telegram.org/bots/api#messageentity
"""

import re
from typing import Any

from django.conf import settings

from staffroom.channels.telegram.told import Told, clean, is_number

COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{3,32}))?(?=\s|$)")


def said(message: Told) -> str | None:
    """The text or caption; None for a command to another bot of the group."""
    for name, marks in (("text", "entities"), ("caption", "caption_entities")):
        if isinstance(text := message.get(name), str):
            return _addressed(clean(_with_links(text, message.get(marks))).strip())
    return ""


def _addressed(text: str) -> str | None:
    """`/ask@our_bot Why` is *ask Why*; `/start CODE` (from our link) is *LINK CODE*."""
    us = str(settings.TELEGRAM_BOT).lower()
    if found := COMMAND.match(text):
        word, to = found[1], (found[2] or "").lower()
        if to and to != us:
            return None
        rest = text[found.end() :].strip()
        if word.lower() == "start" and rest:
            word = "LINK"
        return f"{word} {rest}".strip()
    mention = f"@{us}"
    if us and text.lower().startswith(mention) and not text[len(mention) :][:1].isalnum():
        return text[len(mention) :].lstrip(" ,:\n")
    return text


def _with_links(text: str, entities: Any) -> str:
    """A link hidden behind a word is written out, so that whoever reads sees where it leads."""
    links = [each for each in entities if _is_link(each)] if isinstance(entities, list) else []
    if not links:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    for each in sorted(links, key=lambda each: int(each["offset"]), reverse=True):
        end = 2 * (each["offset"] + each["length"])
        if end <= len(units):
            units = (
                units[:end] + f" ({each['url']})".encode("utf-16-le", "surrogatepass") + units[end:]
            )
    return units.decode("utf-16-le", "replace")


def _is_link(entity: Any) -> bool:
    return (
        isinstance(entity, dict)
        and entity.get("type") == "text_link"
        and isinstance(entity.get("url"), str)
        and all(is_number(entity.get(name)) and entity[name] >= 0 for name in ("offset", "length"))
    )
