import io
import random
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from staffroom.core.errors import Refused
from staffroom.core.pictures import shrink


def a_photo(size=(3000, 2000), kind="JPEG", mode="RGB", **options) -> io.BytesIO:
    """Noise in blocks: as hard to pack as a real blackboard."""
    random.seed(7)
    small = Image.frombytes(
        "RGB", (60, 40), bytes(random.randrange(256) for _ in range(60 * 40 * 3))
    )
    out = io.BytesIO()
    picture = small.resize(size)
    picture = picture.convert("L").convert(mode) if mode == "I;16" else picture.convert(mode)
    picture.save(out, kind, **options)
    out.seek(0)
    return out


def opened(shrunk) -> Image.Image:
    return Image.open(io.BytesIO(shrunk.data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_it_makes_a_small_webp_of_what_phones_send(kind):
    shrunk = shrink(a_photo((1600, 1200), kind), max_side=800, max_bytes=60_000)
    assert (shrunk.width, shrunk.height, shrunk.type) == (800, 600, "image/webp")
    assert opened(shrunk).format == "WEBP"
    assert opened(shrunk).size == (800, 600)
    assert len(shrunk.data) <= 60_000


def test_it_gives_up_points_before_it_exceeds_the_weight():
    noise = Image.effect_noise((1200, 1200), 120).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=95)
    shrunk = shrink(out, max_side=1200, max_bytes=20_000)
    assert len(shrunk.data) <= 20_000
    assert shrunk.width < 1200


def test_a_small_picture_is_not_blown_up():
    assert shrink(a_photo((90, 60))).width == 90


def test_where_and_when_and_who_are_dropped():
    exif = Image.Exif()
    exif[0x010F] = "PHONEMAKER"
    exif.get_ifd(0x8825)[1] = "S"
    photo = a_photo(
        (200, 100),
        exif=exif.tobytes(),
        comment=b"AMINA-COMMENT",
        xmp=b"<x:xmpmeta>AMINA-XMP</x:xmpmeta>",
    )
    assert b"AMINA-XMP" in photo.getvalue()
    assert b"PHONEMAKER" in photo.getvalue()
    shrunk = shrink(photo)
    for mark in (b"AMINA", b"PHONEMAKER", b"EXIF", b"XMP ", b"ICCP"):
        assert mark not in shrunk.data
    assert not opened(shrunk).getexif()


def test_texts_in_a_png_are_dropped():
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "AMINA-AUTHOR")
    assert b"AMINA" not in shrink(a_photo((200, 100), "PNG", pnginfo=text)).data


def test_a_photo_taken_upright_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    shrunk = shrink(a_photo((400, 200), exif=exif.tobytes()))
    assert (shrunk.width, shrunk.height) == (200, 400)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "I;16", "1"])
def test_every_kind_of_png_comes_through(mode):
    assert shrink(a_photo((64, 40), "PNG", mode=mode)).width == 64


def test_cmyk_comes_through():
    assert opened(shrink(a_photo((64, 40), mode="CMYK"))).mode == "RGB"


def bomb(width: int, height: int) -> io.BytesIO:
    """A PNG of a few bytes whose header promises width x height points."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7_100, 9_000, 30_000, 2_000_000])
def test_a_bomb_is_refused_by_its_header(side):
    with pytest.raises(Refused, match="at most 50 million"):
        shrink(bomb(side, side))


def test_forty_megabytes_are_refused_with_both_sizes(settings):
    with pytest.raises(Refused, match="40 MB; at most 12 MB") as refusal:
        shrink(io.BytesIO(b"\xff\xd8" + bytes(40_000_000 - 2)), field="image")
    assert refusal.value.field == "image"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00" + bytes(900), "a program"),
        (b"\x7fELF" + bytes(900), "a program"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "SVG"),
        (b'\xef\xbb\xbf <?xml version="1.0"?><svg/>', "SVG"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(900), "HEIC"),
        (b"GIF89a" + bytes(900), "not a photo"),
        (b"%PDF-1.7" + bytes(900), "not a photo"),
        (bytes(900), "not a photo"),
    ],
)
def test_what_is_not_a_photo_is_refused_in_plain_words(data, words):
    with pytest.raises(Refused, match=words):
        shrink(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("part", [0.02, 0.5, 0.9])
def test_a_photo_cut_off_on_the_way_is_refused(kind, part):
    data = a_photo((800, 600), kind).getvalue()
    with pytest.raises(Refused, match=r"damaged|not a photo"):
        shrink(io.BytesIO(data[: int(len(data) * part)]))
