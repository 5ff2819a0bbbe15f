"""Which file of a message is meant, and as what."""

from typing import Any

from staffroom.channels.switchboard.messages import Kind, Media
from staffroom.channels.telegram.told import Told, clean, is_number, is_text

#: The longer side of a photo on which handwriting can be read; larger ones only cost.
READABLE = 1280
#: A photo sent as a file, so that it stays sharp.
PICTURES = {"image/jpeg", "image/png", "image/webp"}


def content(message: Told) -> tuple[Kind, Media | None]:
    if isinstance(message.get("text"), str):
        return Kind.TEXT, None
    if isinstance(sizes := message.get("photo"), list):
        media = _media(_right_size(sizes), "image/jpeg")
        return (Kind.PHOTO, media) if media else (Kind.OTHER, None)
    for name in ("voice", "audio"):
        if media := _media(message.get(name), "audio/ogg" if name == "voice" else ""):
            return Kind.VOICE, media
    # A moving picture comes with a document beside it, for programs that do not know it.
    if "animation" not in message and (media := _media(message.get("document"))):
        return Kind.PHOTO if media.type in PICTURES else Kind.PAPER, media
    return Kind.OTHER, None


def _right_size(sizes: list[Any]) -> Told | None:
    """The smallest that can be read, else the largest there is."""
    known = [size for size in sizes if isinstance(size, dict)]
    known.sort(key=_longer_side)
    readable = [size for size in known if _longer_side(size) >= READABLE]
    return readable[0] if readable else known[-1] if known else None


def _longer_side(size: Told) -> int:
    sides = [size.get("width"), size.get("height")]
    return max((side for side in sides if is_number(side)), default=0)


def _media(told: Any, type: str = "") -> Media | None:
    if not isinstance(told, dict) or not is_text(told.get("file_id")):
        return None
    claimed, size, name = told.get("mime_type"), told.get("file_size"), told.get("file_name")
    return Media(
        handle=clean(told["file_id"]),
        type=clean(claimed)[:100] if isinstance(claimed, str) else type,
        size=size if is_number(size) and size > 0 else 0,
        name=clean(name)[:120] if isinstance(name, str) else "",
    )
