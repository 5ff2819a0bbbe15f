"""Photos as phones send them, made small: right way up, WebP, without anything they knew besides.

What comes in is judged by its first bytes, never by its name. The number of points is read from
the header before anything is unpacked, so that a small file cannot become a large memory.
"""

import io
import warnings
from dataclasses import dataclass, field
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from staffroom.core.errors import Refused

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
MAX_PIXELS = 50_000_000
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"dex\n", b"#!")


@dataclass(frozen=True)
class Shrunk:
    """A picture as it is kept: WebP bytes and their size in points."""

    data: bytes
    width: int
    height: int
    type: str = "image/webp"
    #: The points as they were before they were pressed into a format: other formats are made of these.
    points: Image.Image | None = field(default=None, repr=False, compare=False)


def shrink(
    file: IO[bytes], *, max_side: int = 1280, max_bytes: int = 160_000, field: str = "photo"
) -> Shrunk:
    """The picture in `file`, at most `max_side` points long and about `max_bytes` heavy.

    `Refused` (at `field`) for what is too heavy, not a photo, damaged, or a bomb.
    """
    file.seek(0, io.SEEK_END)
    _check_weight(file.tell(), field)
    file.seek(0)
    head = file.read(512)
    file.seek(0)
    _check_kind(head, field)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS) as picture:
                _check_points(picture.width * picture.height, field)
                small = _small(picture, max_side)
    except Image.DecompressionBombError as error:
        raise Refused(_too_many_points(), field) from error
    except UnidentifiedImageError as error:
        raise Refused(_not_a_photo(), field) from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, IndexError) as error:
        raise Refused(
            _("This photo is damaged: it could not be read to its end. Please send it again."),
            field,
        ) from error
    return _fitting(small, max_bytes)


def _check_weight(size: int, field: str) -> None:
    most = settings.PHOTO_MAX_BYTES
    if size > most:
        raise Refused(
            _("This photo has %(have)s MB; at most %(most)s MB can be taken.")
            % {"have": f"{size / 1e6:.3g}", "most": f"{most / 1e6:.3g}"},
            field,
        )


def _check_kind(head: bytes, field: str) -> None:
    if not head:
        raise Refused(_("This file is empty. Please choose the photo again."), field)
    if head.startswith(_PROGRAMS):
        raise Refused(
            _("This is a program, whatever its name says, not a photo. It was not kept."), field
        )
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<svg", b"<?xml", b"<!doctype", b"<html")):
        raise Refused(
            _(
                "This is a drawing or a web page that may carry a program (SVG). "
                "Please send a photo: JPEG, PNG, WebP or AVIF."
            ),
            field,
        )
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        raise Refused(
            _(
                "This photo is of the kind HEIC, which most phones here cannot show. "
                "Set the camera to JPEG (on an iPhone: Camera, Formats, Most compatible), "
                "or send a screenshot of it."
            ),
            field,
        )


def _not_a_photo() -> str:
    return _("This is not a photo that we can read. JPEG, PNG, WebP and AVIF can be taken.")


def _too_many_points() -> str:
    return _(
        "This picture has too many points to be opened safely: at most %(most)s million can be taken."
    ) % {"most": MAX_PIXELS // 1_000_000}


def _check_points(points: int, field: str) -> None:
    if points > MAX_PIXELS:
        raise Refused(_too_many_points(), field)


def _small(picture: Image.Image, max_side: int) -> Image.Image:
    # A JPEG can be unpacked at a half, a quarter or an eighth: this saves most of the memory.
    picture.draft("RGB", (max_side * 2, max_side * 2))
    picture.thumbnail((max_side, max_side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    colours = _srgb(upright.convert("RGBA" if _is_clear(upright) else "RGB"), profile)
    # Onto a new sheet: so nothing that the file carried besides its points can come along.
    sheet = Image.new("RGB", colours.size, "white")
    sheet.paste(colours, mask=colours.getchannel("A") if colours.mode == "RGBA" else None)
    return sheet


def _is_clear(picture: Image.Image) -> bool:
    return picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info


def _srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours of a wide-gamut camera in those that every phone shows; a broken profile is dropped."""
    if not profile:
        return picture
    try:
        return (
            ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
            )
            or picture
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def _fitting(picture: Image.Image, max_bytes: int) -> Shrunk:
    """The best quality that fits; then smaller, since a teacher pays for every kilobyte."""
    while True:
        for quality in (80, 68, 55, 42):
            data = _webp(picture, quality)
            if len(data) <= max_bytes:
                break
        if len(data) <= max_bytes or max(picture.size) <= 64:
            return Shrunk(data, picture.width, picture.height, points=picture)
        picture = picture.resize(
            (max(1, picture.width * 3 // 4), max(1, picture.height * 3 // 4)),
            Image.Resampling.LANCZOS,
        )


def _webp(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()
