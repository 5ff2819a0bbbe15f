"""The documented limits of what may be sent, by which the pretended WhatsApp judges us."""

from collections.abc import Callable
from typing import Any

Thing = dict[str, Any]


def short(text: Any, most: int) -> bool:
    return isinstance(text, str) and len(text.strip()) > 0 and len(text) <= most


def _is_interactive(content: Thing) -> bool:
    if not short(content.get("body", {}).get("text"), 1024):
        return False
    action = content.get("action", {})
    if content.get("type") == "button":
        replies = [button["reply"] for button in action["buttons"]]
        titles = {reply["title"] for reply in replies}
        fit = all(short(r["title"], 20) and short(r["id"], 256) for r in replies)
        return fit and 0 < len(replies) <= 3 and len(titles) == len(replies)
    rows = [row for section in action["sections"] for row in section["rows"]]
    fit = all(
        short(row["title"], 24) and short(row["id"], 200) and len(row.get("description", "")) <= 72
        for row in rows
    )
    return fit and 0 < len(rows) <= 10 and short(action.get("button"), 20)


MEDIA = {"image", "audio", "document"}
CHECKS: dict[str, Callable[[Thing], bool]] = {
    "text": lambda content: short(content.get("body"), 4096),
    "interactive": _is_interactive,
    "image": lambda content: len(content.get("caption", "")) <= 1024,
    "document": lambda content: len(content.get("caption", "")) <= 1024,
    "audio": lambda content: "caption" not in content,
    "template": lambda content: bool(content.get("name") and content.get("language")),
}
