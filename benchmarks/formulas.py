"""What a formula costs: against the bare converter (time), and against a picture of it (bytes).

The picture is drawn by Chromium from the same MathML at twice the size, as phones show it, and kept
as lossless WebP. python benchmarks/formulas.py
"""

import io
import shutil
import statistics
import sys
import time
from pathlib import Path

import brotli
from latex2mathml.converter import convert
from PIL import Image
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import benchmarks._django  # noqa: F401
from staffroom.conversations.views.formulas import EXAMPLES
from staffroom.core import formulas

TEX = [typed for _, typed in EXAMPLES]
AROUND = "Why is this so? I wrote {} on the board and the class went quiet. What do you do then?"


def took(work, rounds: int = 30) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) / len(TEX) * 1e6


def ours(cold: bool) -> None:
    if cold:
        formulas._mathml.cache_clear()
    for tex in TEX:
        list(formulas.pieces(tex))


def bare() -> None:
    for tex in TEX:
        convert(tex.strip("$"))


def cost(html: str) -> int:
    """What it adds to a page of a message, compressed as we send it."""
    page = AROUND * 3
    return len(brotli.compress((page + html).encode())) - len(brotli.compress(page.encode()))


def picture(page, mathml: str) -> int:
    page.set_content(f'<body style="margin:0"><span id="f" style="font-size:21px">{mathml}</span>')
    shot = page.locator("#f").screenshot()
    out = io.BytesIO()
    Image.open(io.BytesIO(shot)).convert("L").save(out, "WEBP", lossless=True, method=6)
    return out.tell()


def hostile() -> float:
    """The slowest of texts made to be slow, in milliseconds."""
    texts = [
        "$" + "{" * 4998 + "$",
        "$x" * 2500,
        ("$" + r"\sqrt " * 49 + "x$") * 16,
        ("$" + "x_" * 149 + "x$") * 16,
        ("$" + r"\frac{" * 12 + "x" + "}" * 12 + "$") * 40,
    ]
    slowest = 0.0
    for text in texts:
        formulas._mathml.cache_clear()
        start = time.perf_counter()
        list(formulas.pieces(text))
        slowest = max(slowest, time.perf_counter() - start)
    return slowest * 1e3


def main() -> None:
    raw, cold, warm = took(bare), took(lambda: ours(True)), took(lambda: ours(False))
    print(f"{len(TEX)} formulas of the help page, microseconds a formula")
    print(f"  latex2mathml alone, unchecked           {raw:8.0f}    1.00")
    print(f"  ours: found, checked, made lean, cold   {cold:8.0f}  {cold / raw:6.2f}")
    print(f"  ours, seen before in this process       {warm:8.0f}  {warm / raw:6.2f}")
    print(f"  the slowest of five hostile texts of 5,000 characters: {hostile():.0f} ms")
    made = [next(iter(formulas.pieces(tex))) for tex in TEX]
    lean = [cost(formulas.shown(piece)) for piece in made]
    plain = [cost(convert(tex.strip("$"))) for tex in TEX]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(device_scale_factor=2)
        pictures = [picture(page, piece.mathml) for piece in made]
        browser.close()
    print(
        "bytes of a formula, median (MathML within a page, Brotli; pictures without their headers)"
    )
    for name, sizes in [
        ("ours, with what was typed for old browsers", lean),
        ("latex2mathml's own output", plain),
        ("a picture of it (lossless WebP, 2x)", pictures),
    ]:
        middle = statistics.median(sizes)
        print(f"  {name:<44} {middle:6.0f}  {middle / statistics.median(lean):6.2f}")


if __name__ == "__main__":
    main()
