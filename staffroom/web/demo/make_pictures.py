"""Draw the demo's photos of blackboards: `python make_pictures.py [KEY ...]`.

Nothing here is a photo of anybody or anything: chalk strokes, wood and paper are drawn, then
treated as a cheap phone camera would. The results are kept in `pictures/`, so this runs only
when a drawing changes. Needs Pillow and NumPy.
"""

import math
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

OUT = Path(__file__).parent / "pictures"
WIDE, HIGH = 1280, 900
LEFT, TOP, RIGHT, BOTTOM = 46, 40, WIDE - 46, HIGH - 84  # the board inside its frame

WHITE, YELLOW, PINK, BLUE = (240, 240, 228), (245, 222, 130), (240, 160, 160), (160, 205, 240)

Point = tuple[float, float]

# A handwriting of single strokes. Each pair is x (0-6) and y (0 top of capitals, 4 top of small
# letters, a baseline, d foot of g); a stroke is curved unless it begins with "!".
STROKES = {
    "a": "46351507091a2947 !44495a",
    "b": "!000a 062446482a09",
    "c": "452406081a3a49",
    "d": "!404a 452406081a3a48",
    "e": "0747452406081a3a49",
    "f": "4130212a !0444",
    "g": "452406071947 444b3d1d0c",
    "h": "!000a 0634464a",
    "i": "!141a 1112",
    "j": "242b1d0c 2122",
    "k": "!000a !4407 !164a",
    "l": "10192a",
    "m": "!040a 0624363a 3654666a",
    "n": "!040a 0634464a",
    "o": "2406082a484624",
    "p": "!040d 062446482a09",
    "q": "!444d 452406082a48",
    "r": "!040a 062445",
    "s": "4524051638492a09",
    "t": "21293a49 !0444",
    "u": "04082a48 !444a",
    "v": "!042a44",
    "w": "!041a355a64",
    "x": "!044a !440a",
    "y": "!042a !441d",
    "z": "!04440a4a",
    "A": "!0a204a !1737",
    "B": "!000a 0030423505 0535483a0a",
    "C": "412002082a49",
    "D": "!000a 003044473a0a",
    "E": "!40000a4a !0535",
    "F": "!40000a !0535",
    "G": "412002082a4846 !2646",
    "H": "!000a !404a !0545",
    "I": "!101a",
    "J": "40482a08",
    "K": "!000a !4006 !154a",
    "L": "!000a4a",
    "M": "!0a0036606a",
    "N": "!0a004a40",
    "O": "2003072a474320",
    "P": "!000a 0030433606",
    "Q": "2003072a474320 !384b",
    "R": "!000a 0030433606 !264a",
    "S": "4120021535482a09",
    "T": "!0040 !202a",
    "U": "00072a4740",
    "V": "!002a40",
    "W": "!001a345a60",
    "X": "!004a !400a",
    "Y": "!0025 !4025 !252a",
    "Z": "!00400a4a",
    "0": "2003072a474320",
    "1": "!02202a",
    "2": "022042440a !0a4a",
    "3": "0120423515 1535483a1a09",
    "4": "!300747 !333a",
    "5": "!400004 0434473a1a09",
    "6": "301206082a48362607",
    "7": "!00401a",
    "8": "2503204325082a4825",
    "9": "422003153442 !423a",
    "+": "!2429 !0646",
    "-": "!0747",
    "=": "!0545 !0848",
    "÷": "!0747 2424 2a2a",
    "×": "!0549 !4509",
    "/": "!400b",
    "?": "0220422527 2a2a",
    ".": "1a1a",
    ",": "1a0c",
    ":": "1515 1a1a",
    "!": "!1017 1a1a",
    "'": "!1012",
    "(": "2004082c",
    ")": "0024280c",
    ">": "!0767 !456769",
    "°": "1001122110",
}


def _smooth(points: list[Point], step: int = 10) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    if len(points) < 3:
        return points
    ends = [points[0], *points, points[-1]]
    curve: list[Point] = []
    for p0, p1, p2, p3 in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for i in range(step):
            t = i / step
            x, y = (_between(*four, t) for four in zip(p0, p1, p2, p3, strict=True))
            curve.append((x, y))
    return [*curve, points[-1]]


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    bend = (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    return 0.5 * (2 * b + (c - a) * t + bend)


def _clouds(rng: np.random.Generator, wide: int, high: int, cells: int) -> np.ndarray:
    """Soft noise between 0 and 1, in blots of about wide/cells pixels."""
    small = rng.random((max(2, cells * high // wide), cells)) * 255
    image = Image.fromarray(small.astype(np.uint8)).resize((wide, high), Image.Resampling.BICUBIC)
    return np.asarray(image, dtype=np.float32) / 255


class Board:
    """A chalkboard to draw on; `photo` is what the phone makes of it."""

    def __init__(self, key: str) -> None:
        self.rng = np.random.default_rng(zlib.crc32(key.encode()))
        self.layers: dict[tuple[int, int, int], Image.Image] = {}

    def _stick(self, colour: tuple[int, int, int]) -> ImageDraw.ImageDraw:
        if colour not in self.layers:
            self.layers[colour] = Image.new("L", (WIDE, HIGH))
        return ImageDraw.Draw(self.layers[colour])

    def stroke(
        self, points: list[Point], colour=WHITE, width: float = 6, curve: bool = False
    ) -> None:
        """One pull of the chalk, a little unsteady and pressed unevenly."""
        points = _smooth(points) if curve else points
        draw, rng = self._stick(colour), self.rng
        phase, press = rng.random(2) * 6
        walked = 0.0
        for (x0, y0), (x1, y1) in zip(points, points[1:] or points, strict=False):
            length = math.hypot(x1 - x0, y1 - y0)
            for i in range(int(length / 1.6) + 1):
                t = i * 1.6 / length if length else 0
                walked += 1.6
                sway = 1.3 * math.sin(walked / 43 + phase)
                r = width / 2 * (0.86 + 0.18 * math.sin(walked / 29 + press) + 0.14 * rng.random())
                x = x0 + (x1 - x0) * t + sway * 0.6 + rng.normal(0, 0.35)
                y = y0 + (y1 - y0) * t + sway + rng.normal(0, 0.35)
                light = int(205 + 40 * math.sin(walked / 61 + press) + rng.normal(0, 8))
                draw.ellipse((x - r, y - r, x + r, y + r), fill=max(90, min(255, light)))

    def line(self, *points: Point, colour=WHITE, width: float = 6) -> None:
        self.stroke(list(points), colour, width)

    def curve(self, *points: Point, colour=WHITE, width: float = 6) -> None:
        self.stroke(list(points), colour, width, curve=True)

    def box(
        self, x: float, y: float, wide: float, high: float, colour=WHITE, width: float = 6
    ) -> None:
        """Four strokes that do not quite meet, as by hand."""
        j = self.rng.normal(0, 2.5, 8)
        self.line((x + j[0], y + j[1]), (x + wide + 4, y + j[2]), colour=colour, width=width)
        self.line((x + wide + j[3], y - 3), (x + wide + j[4], y + high), colour=colour, width=width)
        self.line((x + wide + 3, y + high + j[5]), (x + j[6], y + high), colour=colour, width=width)
        self.line((x + j[6], y + high + 4), (x + j[0], y - 4), colour=colour, width=width)

    def hatch(
        self, x: float, y: float, wide: float, high: float, colour=YELLOW, gap: int = 22
    ) -> None:
        """Shade a box with slanting strokes."""
        for start in np.arange(-high, wide, gap):
            x0, x1 = max(0, start), min(wide, start + high)
            if x1 - x0 > 8:
                self.line(
                    (x + x0 + 3, y + high - (x0 - start) - 3),
                    (x + x1 - 3, y + high - (x1 - start) + 3),
                    colour=colour,
                    width=4,
                )

    def oval(
        self, x: float, y: float, rx: float, ry: float, colour=WHITE, width: float = 6
    ) -> None:
        turn = self.rng.random() * 6
        self.curve(
            *[
                (x + rx * math.cos(turn + a * 0.5), y + ry * math.sin(turn + a * 0.5))
                for a in range(14)
            ],
            colour=colour,
            width=width,
        )

    def arrow(self, *points: Point, colour=WHITE, width: float = 6, curve: bool = False) -> None:
        self.stroke(list(points), colour, width, curve)
        (x0, y0), (x1, y1) = points[-2], points[-1]
        angle = math.atan2(y1 - y0, x1 - x0)
        for side in (2.6, -2.6):
            self.line(
                (x1, y1),
                (x1 + 24 * math.cos(angle + side), y1 + 24 * math.sin(angle + side)),
                colour=colour,
                width=width,
            )

    def text(
        self, x: float, y: float, words: str, high: float = 46, colour=WHITE, width: float = 0
    ) -> float:
        """Write with capitals `high` pixels tall, top at y; returns where the words end."""
        scale, rng = high / 10, self.rng
        slope = rng.normal(0, 0.006)
        start = x
        for letter in words:
            if letter == " ":
                x += 4.2 * scale
                continue
            far, lift, lean = (
                0.0,
                rng.normal(0, 0.25) + slope * (x - start) / scale,
                rng.normal(0.06, 0.02),
            )
            grow = rng.normal(1, 0.035)
            for part in STROKES[letter].split():
                curved, part = not part.startswith("!"), part.removeprefix("!")
                pairs = [(int(part[i], 16), int(part[i + 1], 16)) for i in range(0, len(part), 2)]
                far = max(far, *(px for px, _ in pairs))
                self.stroke(
                    [
                        (
                            x + (px * grow + lean * (10 - py) + rng.normal(0, 0.08)) * scale,
                            y + (py * grow + lift + rng.normal(0, 0.08)) * scale,
                        )
                        for px, py in pairs
                    ],
                    colour,
                    width or max(3.4, high / 9),
                    curved,
                )
            x += (far + 2.1) * scale
        return x

    def fraction(
        self, x: float, y: float, top: int, bottom: int, high: float = 40, colour=WHITE
    ) -> float:
        wide = high * 0.55 * max(len(str(top)), len(str(bottom)))
        self.text(x + (wide - high * 0.5 * len(str(top))) / 2, y, str(top), high, colour)
        self.line((x - 5, y + high * 1.32), (x + wide + 5, y + high * 1.32), colour=colour, width=5)
        self.text(
            x + (wide - high * 0.5 * len(str(bottom))) / 2,
            y + high * 1.62,
            str(bottom),
            high,
            colour,
        )
        return x + wide + high * 0.5

    def photo(self) -> Image.Image:
        rng = self.rng
        cloud = 0.6 * _clouds(rng, WIDE, HIGH, 5) + 0.4 * _clouds(rng, WIDE, HIGH, 17)
        base = np.array([36, 66, 57], dtype=np.float32) * (0.86 + 0.3 * cloud)[..., None]
        base += self._smears()[..., None] * np.array([120, 128, 120], dtype=np.float32)
        grain = rng.random((HIGH, WIDE), dtype=np.float32)
        pores = np.clip(0.25 + 1.25 * (0.55 * grain + 0.45 * _clouds(rng, WIDE, HIGH, 420)), 0, 1)
        for colour, layer in self.layers.items():
            dust = (
                np.asarray(layer.filter(ImageFilter.GaussianBlur(5)), dtype=np.float32)[..., None]
                / 255
            )
            solid = np.asarray(layer.filter(ImageFilter.GaussianBlur(0.7)), dtype=np.float32) / 255
            chalk = np.array(colour, dtype=np.float32)
            base += (chalk - base) * 0.13 * dust
            base += (chalk - base) * (solid * pores)[..., None]
        image = Image.fromarray(np.clip(base, 0, 255).astype(np.uint8))
        self._frame(image)
        return _as_by_phone(image, rng, wall=(203, 194, 170))

    def _smears(self) -> np.ndarray:
        """What the duster left: wide curved swipes and the ghost of an older lesson."""
        rng = self.rng
        swipes = Image.new("L", (WIDE, HIGH))
        draw = ImageDraw.Draw(swipes)
        for _ in range(15):
            x, y = rng.uniform(0, WIDE), rng.uniform(0, HIGH)
            wide, drop = rng.uniform(160, 460), rng.uniform(-60, 60)
            points = _smooth([(x, y), (x + wide / 2, y + drop), (x + wide, y + drop / 3)])
            draw.line(
                points,
                fill=int(rng.uniform(40, 105)),
                width=int(rng.uniform(36, 74)),
                joint="curve",
            )
        streaks = np.asarray(swipes.filter(ImageFilter.GaussianBlur(9)), dtype=np.float32) / 255
        return 0.5 * streaks * (0.45 + 0.55 * _clouds(rng, WIDE, HIGH, 160))

    def _frame(self, image: Image.Image) -> None:
        """Wood round the board, a tray below it with what is left of the chalk."""
        rng = self.rng
        wood = _wood(rng, (126, 84, 46))
        hole = Image.new("L", (WIDE, HIGH), 255)
        ImageDraw.Draw(hole).rectangle((LEFT, TOP, RIGHT, BOTTOM), fill=0)
        image.paste(wood, mask=hole)
        shade = Image.new("L", (WIDE, HIGH))
        inner = ImageDraw.Draw(shade)
        inner.rectangle((LEFT, TOP, RIGHT, TOP + 12), fill=120)
        inner.rectangle((LEFT, TOP, LEFT + 9, BOTTOM), fill=90)
        inner.rectangle((0, BOTTOM + 46, WIDE, BOTTOM + 56), fill=130)
        inner.rectangle((0, BOTTOM, WIDE, BOTTOM + 3), fill=110)
        for side, edge in ((LEFT, TOP), (RIGHT, TOP), (LEFT, BOTTOM), (RIGHT, BOTTOM)):
            corner = (0 if side == LEFT else WIDE, 0 if edge == TOP else edge)
            inner.line((side, edge, *corner), fill=80, width=2)
        image.paste((20, 14, 8), mask=shade.filter(ImageFilter.GaussianBlur(4)))
        draw = ImageDraw.Draw(image)
        for colour in (WHITE, YELLOW, WHITE):
            x, wide = rng.uniform(120, WIDE - 260), rng.uniform(38, 90)
            y, tilt = BOTTOM + rng.uniform(22, 32), rng.uniform(-5, 5)
            draw.line((x, y + 7, x + wide, y + tilt + 8), fill=(70, 46, 26), width=12)
            draw.line((x, y, x + wide, y + tilt), fill=colour, width=12)


def _wood(rng: np.random.Generator, colour: tuple[int, int, int]) -> Image.Image:
    grain = np.repeat(_clouds(rng, WIDE, HIGH, 6)[:, :1] * 0, WIDE, axis=1)
    rows = _clouds(rng, 64, HIGH, 64)[:, 32]
    grain += rows[:, None] * 0.5 + 0.5 * _clouds(rng, WIDE, HIGH, 9)
    fine = np.asarray(
        Image.fromarray((rng.random((HIGH, 40)) * 255).astype(np.uint8)).resize((WIDE, HIGH)),
        dtype=np.float32,
    )
    grain = 0.72 + 0.36 * grain + 0.12 * fine / 255
    return Image.fromarray(np.clip(np.array(colour) * grain[..., None], 0, 255).astype(np.uint8))


def _as_by_phone(
    image: Image.Image, rng: np.random.Generator, wall: tuple[int, int, int] | None
) -> Image.Image:
    """Held a little askew, lit from one window, slightly soft, slightly noisy."""
    if wall:
        around = Image.new("RGB", (WIDE + 160, HIGH + 130), wall)
        around.paste(image, (80, 60))
    else:  # nothing but the desk in view
        around = image.resize((WIDE + 160, HIGH + 130), Image.Resampling.BICUBIC)
    wide, high = around.size
    tip = rng.uniform(6, 34, 8)
    corners = [
        (62 - tip[0], 46 - tip[1]),
        (62 - tip[2], high - 58 + tip[3]),
        (wide - 62 + tip[4], high - 58 + tip[5]),
        (wide - 62 + tip[6], 46 - tip[7]),
    ]
    quad = tuple(value for corner in corners for value in corner)
    shot = around.transform((WIDE, HIGH), Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)
    shot = shot.rotate(
        float(rng.uniform(-0.9, 0.9)), Image.Resampling.BICUBIC, fillcolor=wall or (126, 88, 54)
    )
    y, x = np.mgrid[0:HIGH, 0:WIDE].astype(np.float32)
    side = 1 if rng.random() < 0.5 else -1
    light = (
        1.08
        + 0.16 * side * (x / WIDE - 0.5)
        - 0.34 * (((x / WIDE - 0.5) ** 2) + ((y / HIGH - 0.5) ** 2))
    )
    pixels = (
        np.asarray(shot.filter(ImageFilter.GaussianBlur(0.6)), dtype=np.float32) * light[..., None]
    )
    pixels = pixels * np.array([1.03, 1.0, 0.95], dtype=np.float32) + rng.normal(
        0, 1.8, (HIGH, WIDE, 1)
    )
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


# --- the lessons -------------------------------------------------------------------------------


def fraction_strips(b: Board) -> None:
    b.text(110, 80, "Which pieces are equal?", 48, YELLOW)
    for row, parts in enumerate((1, 2, 3, 4, 6)):
        y, wide = 180 + row * 118, 1000 / parts
        for part in range(parts):
            b.box(130 + part * wide, y, wide, 92, width=5)
            if (parts, part) in {(2, 0), (4, 0), (4, 1), (6, 0), (6, 1), (6, 2)}:
                b.hatch(130 + part * wide + 62, y, wide - 62, 92, YELLOW, 34)
            x = 130 + part * wide + 34
            if parts == 1:
                b.text(x - 10, y + 24, "1", 44)
            else:
                b.fraction(x - 10, y + 10, 1, parts, 26)
    b.line((630, 168), (630, 770), colour=PINK, width=5)


def dividing_fractions(b: Board) -> None:
    x = b.fraction(120, 92, 3, 2, 46)
    x = b.text(x + 14, 112, "÷", 50) + 10
    x = b.fraction(x, 92, 1, 4, 46) + 14
    b.text(x, 112, "= how many quarters fit?", 46, YELLOW)
    for whole in range(2):
        for part in range(4):
            left = 140 + whole * 520 + part * 120
            b.box(left, 330, 120, 150, width=5)
            if whole == 0 or part < 2:
                b.hatch(left, 330, 120, 150, BLUE if part % 2 else PINK, 30)
                b.text(left + 46, 505, str(whole * 4 + part + 1), 42)
    b.curve((146, 312), (380, 280), (612, 312), width=4)
    b.text(372, 222, "1", 42, YELLOW)
    b.curve((668, 312), (782, 286), (896, 312), width=4)
    b.fraction(772, 190, 1, 2, 30, YELLOW)
    x = b.fraction(140, 630, 3, 2, 46)
    x = b.text(x + 8, 655, "×", 44) + 10
    b.text(x, 655, "4 = 6", 56)
    b.text(620, 660, "count the pieces!", 46, YELLOW)


def number_line(b: Board) -> None:
    b.text(120, 90, "Which is more: -5 or -2 ?", 54, YELLOW)
    b.arrow((640, 430), (1150, 430))
    b.arrow((640, 430), (130, 430))
    for n in range(-6, 7):
        x = 640 + n * 74
        b.line((x, 408), (x, 452), width=5)
        b.text(x - (30 if n < 0 else 11), 476, str(n), 34, PINK if n < 0 else WHITE)
    b.curve((270, 395), (380, 300), (492, 395), colour=YELLOW, width=5)
    b.arrow((470, 370), (492, 396), colour=YELLOW, width=5)
    b.text(340, 240, "+3", 40, YELLOW)
    b.oval(640, 430, 18, 18, BLUE)
    b.text(150, 600, "colder", 44, BLUE)
    b.arrow((330, 680), (150, 680), colour=BLUE, width=5)
    b.text(880, 600, "warmer", 44, PINK)
    b.arrow((900, 680), (1090, 680), colour=PINK, width=5)
    b.text(420, 690, "-5 + 3 = -2", 52)


def triangle_area(b: Board) -> None:
    b.text(110, 76, "A triangle is half of its box", 50, YELLOW)
    b.box(150, 200, 560, 360)
    b.line((150, 560), (360, 200), (710, 560), colour=PINK, width=7)
    b.line((360, 206), (360, 556), colour=YELLOW, width=4)
    for x, y, label in ((190, 250, "a"), (600, 250, "b"), (285, 470, "a"), (450, 470, "b")):
        b.text(x, y, label, 44, BLUE)
    b.text(400, 590, "base 8 cm", 44)
    b.text(380, 350, "5 cm", 40, YELLOW)
    b.text(800, 230, "box:", 44)
    b.text(800, 300, "8 × 5 = 40", 48)
    b.text(800, 420, "triangle:", 44, PINK)
    b.text(800, 490, "40 ÷ 2 = 20", 48, PINK)
    b.text(150, 700, "Why?  Cut along the height: a = a, b = b.", 42)


def balance_beam(b: Board) -> None:
    b.text(110, 80, "Keep it level!", 50, YELLOW)
    b.line((640, 270), (640, 600), width=9)
    b.line((560, 610), (720, 610), width=9)
    b.line((250, 270), (1030, 270), width=9)
    for x in (250, 1030):
        b.line((x, 270), (x - 110, 430), width=4)
        b.line((x, 270), (x + 110, 430), width=4)
        b.curve((x - 125, 430), (x, 490), (x + 125, 430), width=7)
    for x in (160, 225):
        b.box(x, 372, 54, 54, PINK, 5)
        b.text(x + 15, 376, "x", 40, PINK)
    for i in range(3):
        b.oval(306 + i * 24, 414 - (i % 2) * 22, 11, 11, BLUE, 5)
    for i in range(9):
        b.oval(955 + (i % 5) * 36 + (i // 5) * 18, 416 - (i // 5) * 34, 12, 12, BLUE, 5)
    b.text(150, 560, "2x + 3 = 9", 52)
    b.text(170, 650, "2x = 6", 52)
    b.text(190, 730, "x = 3", 52, YELLOW)
    b.text(780, 640, "take 3 stones", 42, BLUE)
    b.text(780, 705, "from BOTH sides", 42, BLUE)


def place_value(b: Board) -> None:
    b.text(110, 76, "34 bottle tops", 52, YELLOW)
    b.box(120, 180, 480, 400)
    b.line((360, 180), (360, 580))
    b.line((120, 260), (600, 260))
    b.text(175, 196, "tens", 44)
    b.text(415, 196, "ones", 44)
    for i in range(3):
        x = 150 + i * 68
        for j in range(10):
            b.oval(x + 20 + (j % 2) * 24, 292 + (j // 2) * 52, 10, 10, BLUE, 5)
        b.curve(
            (x, 270), (x + 66, 280), (x + 66, 520), (x, 526), (x - 2, 280), colour=PINK, width=4
        )
    for i in range(4):
        b.oval(420 + (i % 2) * 90, 340 + (i // 2) * 100, 16, 16, BLUE, 6)
    b.text(215, 610, "3", 76, YELLOW)
    b.text(455, 610, "4", 76, YELLOW)
    b.text(690, 230, "one word,", 48)
    b.text(690, 300, "one top.", 48)
    for i in range(7):
        b.oval(710 + i * 62, 440, 16, 16, BLUE, 6)
        b.text(702 + i * 62, 475, str(i + 1), 32)
    b.arrow((700, 560), (1120, 560), colour=YELLOW, width=5)
    b.text(690, 630, "so how many?", 48, YELLOW)


def circuit(b: Board) -> None:
    b.text(110, 76, "Will it light?   ON / OFF", 50, YELLOW)
    b.line((250, 260), (250, 360), width=7)
    b.line((250, 420), (250, 620), (540, 620), width=7)
    b.line((210, 366), (290, 366), width=8)
    b.line((228, 412), (272, 412), width=12)
    b.text(130, 370, "cell", 40)
    b.line((250, 260), (380, 260), width=7)
    b.line((380, 260), (470, 205), colour=YELLOW, width=7)
    b.oval(380, 260, 9, 9)
    b.oval(490, 260, 9, 9)
    b.text(370, 300, "switch", 38)
    b.line((498, 260), (680, 260), (680, 370), width=7)
    b.oval(680, 430, 58, 58)
    b.line((640, 390), (722, 472), width=5)
    b.line((722, 390), (640, 472), width=5)
    b.line((680, 490), (680, 620), (540, 620), width=7)
    b.text(770, 410, "bulb", 40)
    b.arrow((600, 590), (380, 590), colour=BLUE, width=4)
    b.text(420, 530, "current ?", 36, BLUE)
    b.text(140, 710, "switch open: ?", 44)
    b.text(560, 710, "switch closed: ?", 44, PINK)
    b.text(880, 560, "write first,", 38, YELLOW)
    b.text(880, 615, "then try", 38, YELLOW)


def pinhole_camera(b: Board) -> None:
    b.text(110, 76, "Pinhole camera: a milk packet", 48, YELLOW)
    b.line((150, 640), (1130, 640), width=4)
    b.box(180, 440, 54, 196)
    b.curve((207, 430), (182, 380), (207, 320), (232, 380), (207, 430), colour=YELLOW, width=7)
    b.text(150, 665, "candle", 40)
    b.box(600, 300, 430, 340, width=7)
    b.oval(600, 470, 7, 7, PINK, 6)
    b.text(470, 520, "tiny", 34, PINK)
    b.text(470, 565, "hole", 34, PINK)
    b.line((207, 325), (600, 470), (960, 603), colour=BLUE, width=4)
    b.line((207, 630), (600, 470), (960, 323), colour=BLUE, width=4)
    b.line((960, 306), (960, 634), colour=YELLOW, width=5)
    b.box(940, 340, 38, 150, width=5)
    b.curve((959, 496), (942, 535), (959, 590), (976, 535), (959, 496), colour=YELLOW, width=6)
    b.text(1052, 380, "oil", 36)
    b.text(1052, 425, "paper", 36)
    b.text(430, 690, "The picture is upside down. Why?", 40)


def water_cycle(b: Board) -> None:
    b.text(110, 70, "Where did the water go?", 48, YELLOW)
    b.oval(1040, 190, 56, 56, YELLOW)
    for i in range(8):
        a = i * math.pi / 4 + 0.2
        b.line(
            (1040 + 76 * math.cos(a), 190 + 76 * math.sin(a)),
            (1040 + 108 * math.cos(a), 190 + 108 * math.sin(a)),
            colour=YELLOW,
            width=5,
        )
    b.curve((120, 640), (250, 470), (330, 360), (420, 480), (520, 620), (700, 680), width=7)
    b.curve(
        (700, 680),
        (770, 660),
        (840, 690),
        (910, 664),
        (980, 692),
        (1050, 664),
        (1130, 690),
        colour=BLUE,
        width=7,
    )
    b.curve((720, 735), (800, 718), (880, 742), (960, 720), (1060, 742), colour=BLUE, width=5)
    b.curve(
        (300, 270),
        (270, 220),
        (340, 180),
        (400, 170),
        (470, 160),
        (540, 200),
        (560, 250),
        (500, 280),
        (400, 285),
        (300, 270),
    )
    for i in range(6):
        b.line(
            (330 + i * 36, 306 + (i % 2) * 14),
            (318 + i * 36, 340 + (i % 2) * 14),
            colour=BLUE,
            width=5,
        )
    b.arrow((960, 640), (990, 560), (950, 480), (990, 400), colour=PINK, curve=True)
    b.text(1010, 470, "evaporates", 32, PINK)
    b.arrow((900, 330), (780, 250), (600, 225), curve=True)
    b.text(650, 330, "cools, makes", 34)
    b.text(650, 376, "drops (cloud)", 34)
    b.arrow((560, 560), (640, 625), (700, 650), colour=BLUE, curve=True)
    b.text(540, 500, "runs down", 34, BLUE)
    b.text(130, 330, "rain", 36, BLUE)
    b.arrow((290, 560), (270, 680), colour=BLUE)
    b.text(160, 710, "sinks into soil", 36)


def food_chain(b: Board) -> None:
    b.text(110, 80, "The arrow says: 'is eaten by'", 50, YELLOW)
    for i in range(7):
        b.curve(
            (140 + i * 22, 470),
            (136 + i * 22, 410),
            (120 + i * 24, 350 + (i % 3) * 18),
            colour=WHITE,
            width=5,
        )
    b.text(130, 500, "grass", 42)
    b.arrow((310, 420), (410, 420), colour=YELLOW, width=7)
    b.curve((440, 440), (500, 405), (590, 410), (600, 440), (520, 455), (440, 440))
    b.line((520, 430), (560, 350), (600, 470), width=5)
    b.line((470, 450), (450, 480), width=4)
    b.line((590, 412), (630, 370), width=4)
    b.text(400, 500, "grasshopper", 40)
    b.arrow((660, 420), (740, 420), colour=YELLOW, width=7)
    b.curve(
        (770, 420),
        (780, 470),
        (850, 480),
        (890, 430),
        (905, 370),
        (870, 380),
        (850, 420),
        (800, 415),
        (765, 380),
        (770, 420),
    )
    b.line((905, 385), (925, 392), (903, 400), width=5)
    b.curve((880, 372), (885, 352), (900, 366), colour=PINK, width=5)
    b.line((830, 478), (826, 500), width=5)
    b.line((850, 478), (852, 500), width=5)
    b.text(800, 510, "hen", 42)
    b.arrow((935, 420), (1005, 420), colour=YELLOW, width=7)
    b.curve((1080, 392), (1045, 338), (1000, 348), (1030, 392), (1074, 428))
    b.curve((1112, 392), (1146, 338), (1176, 348), (1160, 392), (1118, 428))
    b.curve((1080, 386), (1070, 440), (1096, 486), (1122, 440), (1112, 386))
    b.oval(1096, 366, 20, 20)
    b.curve((1108, 356), (1132, 362), (1130, 380), width=5)
    for x in (1078, 1096, 1114):
        b.line((1096, 482), (x, 508), width=5)
    b.text(1040, 528, "hawk", 42)
    b.text(130, 620, "grass is eaten by grasshopper", 42)
    b.text(130, 700, "hawk is eaten by hen ?  no!", 42, PINK)


def soil_jar(b: Board) -> None:
    b.text(110, 76, "Shake. Wait. Mark at every bell.", 48, YELLOW)
    b.line((220, 220), (220, 720), (520, 720), (520, 220), width=8)
    b.curve((210, 215), (370, 235), (530, 215), width=7)
    for line, colour in ((330, BLUE), (440, WHITE), (530, WHITE), (620, WHITE)):
        b.curve(
            (226, line), (300, line + 6), (400, line - 5), (514, line + 3), colour=colour, width=5
        )
    rng = b.rng
    for top, size, count in ((630, 7, 60), (540, 4, 70), (450, 2.5, 60)):
        for _ in range(count):
            x, y = rng.uniform(236, 506), rng.uniform(top + 10, top + 76)
            b.oval(x, y, size, size, YELLOW if top == 630 else WHITE, 3)
    for y, words, colour in (
        (280, "leaves, roots", WHITE),
        (372, "water", BLUE),
        (470, "clay   next day", WHITE),
        (562, "silt   1 hour", WHITE),
        (652, "sand   1 minute", YELLOW),
    ):
        b.line((530, y + 20), (610, y + 20), width=3)
        b.text(630, y, words, 42, colour)
    for x in (260, 330, 400, 460):
        b.curve((x, 322), (x + 20, 312), (x + 36, 322), width=4)


def sentence_tree(b: Board) -> None:
    b.text(110, 70, "Grow the sentence", 50, YELLOW)
    b.line((610, 740), (616, 520), width=12)
    b.line((660, 740), (650, 520), width=12)
    b.text(470, 752, "She came back", 44)
    b.curve((616, 540), (520, 450), (330, 400), width=8)
    b.curve((630, 530), (630, 400), (640, 300), width=8)
    b.curve((650, 540), (760, 450), (930, 410), width=8)
    b.text(430, 470, "when?", 36, PINK)
    b.text(655, 380, "why?", 36, PINK)
    b.text(760, 500, "how?", 36, PINK)
    for x, y, rx, lines in (
        (270, 340, 168, ("after the", "rain stopped")),
        (640, 220, 178, ("because the", "river was full")),
        (990, 350, 158, ("with mud to", "her knees")),
    ):
        b.oval(x, y, rx, 84, BLUE, 5)
        for i, words in enumerate(lines):
            b.text(x - rx + 34, y - 42 + i * 48, words, 32)
    b.text(130, 600, "no more", 38)
    b.text(130, 650, "'and then'!", 38, YELLOW)


def ngeli(b: Board) -> None:
    b.text(110, 70, "Ngeli ya KI - VI", 54, YELLOW)
    b.box(120, 170, 1020, 470)
    b.line((630, 170), (630, 640))
    b.line((120, 252), (1140, 252))
    b.text(270, 186, "umoja", 44)
    b.text(800, 186, "wingi", 44)
    rows = (
        ("kiti", "changu", "viti", "vyangu"),
        ("kisu", "chako", "visu", "vyako"),
        ("kikombe", "chake", "vikombe", "vyake"),
        ("kitabu", "chetu", "vitabu", "vyetu"),
    )
    for i, (one, mine, many, ours) in enumerate(rows):
        y = 280 + i * 90
        b.text(150, y, one, 44)
        b.text(400, y, mine, 44, PINK)
        b.text(660, y, many, 44)
        b.text(910, y, ours, 44, PINK)
    b.text(150, 700, "Kikombe hiki ni chako.", 44)
    b.text(720, 700, "Vikombe hivi ni vyako.", 44)


def folding_paper(key: str) -> Image.Image:
    """Not a board: three sheets of an exercise book on a desk, folded and opened again."""
    rng = np.random.default_rng(zlib.crc32(key.encode()))
    desk = _wood(rng, (150, 104, 62))
    for x, y, turn, folds, shaded, words in (
        (70, 70, -4, (1, 2), 1, (1, 2)),
        (460, 250, 3, (2, 2), 1, (1, 4)),
        (850, 60, -2, (2, 4), 3, (3, 8)),
    ):
        sheet = _sheet(rng, folds, shaded, words).rotate(
            turn, Image.Resampling.BICUBIC, expand=True
        )
        alpha = sheet.getchannel("A")
        shadow = Image.new("L", desk.size)
        shadow.paste(alpha.point(lambda a: a * 0.55), (x + 12, y + 16))
        desk.paste((40, 24, 12), mask=shadow.filter(ImageFilter.GaussianBlur(10)))
        desk.paste(sheet, (x, y), alpha)
    return _as_by_phone(desk, rng, wall=None)


WIDTH, HEIGHT = 350, 500  # a page of an exercise book


def _sheet(
    rng: np.random.Generator, folds: tuple[int, int], shaded: int, words: tuple[int, int]
) -> Image.Image:
    sheet = _creased_page(rng, *folds)
    pen = Board("pen" + str(words))
    _shade(pen, *folds, shaded)
    pen.fraction(WIDTH - 120, HEIGHT - 150, *words, high=44, colour=PINK)
    for colour, ink in ((WHITE, (70, 92, 160)), (PINK, (150, 30, 40))):
        marks = pen.layers[colour].crop((0, 0, WIDTH, HEIGHT))
        sheet.paste(ink, mask=marks.point(lambda a: a * 0.8))
    return sheet


def _creased_page(rng: np.random.Generator, columns: int, rows: int) -> Image.Image:
    """Each fold leaves a crease, and each panel leans its own way to the window."""
    pixels = np.full((HEIGHT, WIDTH, 3), (243, 240, 228), dtype=np.float32)
    for y in range(40, HEIGHT, 26):
        pixels[y : y + 2] = (176, 196, 214)
    wide, high = WIDTH / columns, HEIGHT / rows
    yy, xx = np.mgrid[0:HEIGHT, 0:WIDTH]
    lean = ((xx % wide) / wide - 0.5) * 0.07 + ((yy % high) / high - 0.5) * 0.05
    side = (-1.0) ** (xx // wide + yy // high)
    pixels *= (1 + side * (0.025 + lean))[..., None]
    creases = [(c * wide, xx) for c in range(1, columns)]
    creases += [(r * high, yy) for r in range(1, rows)]
    for crease, axis in creases:
        away = axis - crease + rng.normal(0, 0.5, axis.shape)
        valley = 0.30 * np.exp(-((away / 2.2) ** 2))
        ridge = 0.10 * np.exp(-(((away - 5) / 3) ** 2))
        pixels *= (1 - valley + ridge)[..., None]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).convert("RGBA")


def _shade(pen: Board, columns: int, rows: int, panels: int) -> None:
    """Hatch the first panels with a ball pen."""
    wide, high = WIDTH / columns, HEIGHT / rows
    for panel in range(panels):
        x, y = panel % columns * wide, panel // columns * high
        for start in np.arange(-high, wide, 13):
            x0, x1 = max(6, start), min(wide - 6, start + high)
            if x1 > x0:
                pen.line(
                    (x + x0, y + high - (x0 - start)), (x + x1, y + high - (x1 - start)), width=3
                )


BOARDS: dict[str, Callable[[Board], None]] = {
    "fraction-strips": fraction_strips,
    "dividing-fractions": dividing_fractions,
    "number-line": number_line,
    "triangle-area": triangle_area,
    "balance-beam": balance_beam,
    "place-value": place_value,
    "circuit": circuit,
    "pinhole-camera": pinhole_camera,
    "water-cycle": water_cycle,
    "food-chain": food_chain,
    "soil-jar": soil_jar,
    "sentence-tree": sentence_tree,
    "ngeli": ngeli,
}


def picture(key: str) -> Image.Image:
    if key == "folding-paper":
        return folding_paper(key)
    board = Board(key)
    BOARDS[key](board)
    return board.photo()


def main(keys: list[str]) -> None:
    OUT.mkdir(exist_ok=True)
    for key in keys or ["folding-paper", *BOARDS]:
        image, quality = picture(key), 72
        path = OUT / f"{key}.jpg"
        while True:
            image.save(path, quality=quality, optimize=True, progressive=True)
            if path.stat().st_size <= 115_000:
                break
            quality -= 5
        sys.stdout.write(f"{key}: {path.stat().st_size // 1000} KB at quality {quality}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
