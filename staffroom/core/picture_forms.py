"""A photo in the formats that phones take, and the few colours that stand for it until it is fetched.

WebP is what is kept first. AVIF is made beside it where that is smaller, since the reader pays for
every kilobyte; JPEG for the few browsers that know neither. Qualities are such that the three look
alike (`benchmarks/images.py`), and none is heavier than the photo may be.
"""

import io
from dataclasses import dataclass

from PIL import Image

from staffroom.core.looks import AVIF, JPEG, WEBP
from staffroom.core.pictures import Shrunk

TYPES = {AVIF: "image/avif", WEBP: "image/webp", JPEG: "image/jpeg"}
#: Fewer bytes than this part of the WebP, or the AVIF is not worth its place.
WORTH = 0.95
#: The quickest pass that still gains: a third of a second for a large photo is too long at the hour.
SPEED = 8
#: Of a photo for a close look and for a look: the structure is kept as well as by WebP at 80.
AVIF_QUALITY = {True: 52, False: 59}
JPEG_QUALITIES = (78, 68, 55, 42, 30)
COLUMNS, ROWS = 4, 3


@dataclass(frozen=True)
class Others:
    """The same photo in other formats; empty bytes where there is none."""

    avif: bytes
    jpeg: bytes


def others(shrunk: Shrunk, *, large: bool, max_bytes: int) -> Others:
    """`shrunk` in the other formats."""
    points = _points(shrunk)
    avif = _pressed(points, "AVIF", quality=AVIF_QUALITY[large], speed=SPEED, max_threads=1)
    return Others(
        avif=avif if len(avif) < len(shrunk.data) * WORTH else b"",
        jpeg=_jpeg(points, max_bytes),
    )


def _points(shrunk: Shrunk) -> Image.Image:
    if shrunk.points is not None:
        return shrunk.points
    return Image.open(io.BytesIO(shrunk.data), formats=("WEBP",)).convert("RGB")


def _jpeg(points: Image.Image, max_bytes: int) -> bytes:
    data = b""
    for quality in JPEG_QUALITIES:
        data = _pressed(points, "JPEG", quality=quality, progressive=True, optimize=True)
        if len(data) <= max_bytes:
            break
    return data


def _pressed(points: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    points.save(out, kind, **how)
    return out.getvalue()


def hint(shrunk: Shrunk) -> str:
    """Twelve colours of the photo, row by row, three hexadecimal digits each: 36 letters.

    Four columns and three rows, of an upright photo three and four.
    """
    across, down = (COLUMNS, ROWS) if shrunk.width >= shrunk.height else (ROWS, COLUMNS)
    small = _points(shrunk).resize((across, down), Image.Resampling.BOX).tobytes()
    return "".join(f"{(value + 8) // 17:x}" for value in small)


def drawn(hint: str, width: int, height: int) -> str:
    """The colours as a drawing of the photo's proportions, which the style blurs.

    Drawn with attributes of SVG, since neither styles in the page nor `data:` addresses are let
    in; one line a colour, so that what is alike costs nothing.
    """
    if len(hint) != 36:
        return ""
    across, down = (COLUMNS, ROWS) if width >= height else (ROWS, COLUMNS)
    cells = [hint[at : at + 3] for at in range(0, 36, 3)]
    lines: dict[str, str] = {}
    for row in range(down):
        column = 0
        while column < across:
            colour, start = cells[row * across + column], column
            while column < across and cells[row * across + column] == colour:
                column += 1
            lines[colour] = lines.get(colour, "") + f"M{start} {row}.5h{column - start}"
    inner = "".join(f'<path stroke="#{colour}" d="{line}"/>' for colour, line in lines.items())
    scale = f"{_number(width / across)} {_number(height / down)}"
    return (
        f'<svg viewBox="0 0 {width} {height}" aria-hidden="true">'
        f'<g transform="scale({scale})">{inner}</g></svg>'
    )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
