"""Files on their way out, in the kinds that WhatsApp takes.

https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
We keep photos as WebP and notes as WebM; there a WebP is a sticker, and a WebM is nothing.
"""

import io
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from staffroom.channels.switchboard.messages import Undeliverable

PHOTO_BYTES, VOICE_BYTES, PAPER_BYTES = 5_000_000, 16_000_000, 100_000_000
PHOTOS = {"image/jpeg", "image/png"}
VOICES = {"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")


@dataclass(frozen=True)
class File:
    """`kind` is what WhatsApp calls a message with it: image, audio or document."""

    kind: str
    data: bytes
    type: str
    name: str


def fitting(data: bytes, type: str, name: str) -> File:
    """The file as it can be sent; `Undeliverable` for what cannot."""
    if type.startswith("image/"):
        return _photo(data, type, name)
    if type.startswith("audio/"):
        return _voice(data, type, name)
    return _within(File("document", data, type or "application/pdf", name), PAPER_BYTES)


def _photo(data: bytes, type: str, name: str) -> File:
    if type not in PHOTOS:
        data, type = _jpeg(data), "image/jpeg"
    return _within(File("image", data, type, _named(name, type)), PHOTO_BYTES)


def _voice(data: bytes, type: str, name: str) -> File:
    if type not in VOICES:
        data, type = _ogg(data), "audio/ogg"
    return _within(File("audio", data, type, _named(name, type)), VOICE_BYTES)


def _within(file: File, most: int) -> File:
    if not file.data or len(file.data) > most:
        raise Undeliverable("size")
    return file


def _named(name: str, type: str) -> str:
    """The name with the ending of what it is now."""
    return f"{name.rsplit('.', 1)[0] or 'file'}.{type.split('/')[1]}"


def _jpeg(data: bytes) -> bytes:
    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            picture.convert("RGB").save(out, "JPEG", quality=80, optimize=True)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise Undeliverable("type") from error
    return out.getvalue()


def _ogg(data: bytes) -> bytes:
    """The same Opus in another box: nothing is decoded."""
    import av  # a sixth of a second, which every command would pay
    from av.error import FFmpegError

    out = io.BytesIO()
    try:
        with (
            av.open(io.BytesIO(data), "r", format="matroska") as source,
            av.open(out, "w", format="ogg") as target,
        ):
            stream = source.streams.audio[0]
            if stream.codec_context.name != "opus":
                raise Undeliverable("type")
            copy = target.add_stream_from_template(stream)
            for packet in source.demux(stream):
                if packet.dts is not None:
                    packet.stream = copy
                    target.mux(packet)
    except (FFmpegError, ValueError, IndexError, OSError) as error:
        raise Undeliverable("type") from error
    return out.getvalue()
