"""What a photo of a blackboard costs its reader: as kept here, beside JPEG and a messenger's photo.

Sizes are compared at equal quality: for each format the quality is searched at which the structural
similarity (SSIM, of our own in NumPy) to the photo before compression is that of our WebP. The
messenger's photo is 1600 points long, JPEG at 80. Needs NumPy: pip install numpy.
python benchmarks/images.py [FOLDER WITH PHOTOS]
"""

import io
import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import benchmarks._django  # noqa: F401
from staffroom.conversations.actions import photos
from staffroom.conversations.photo_files import LARGE_BYTES, SMALL_BYTES
from staffroom.core.picture_forms import drawn, hint, others

HERE = Path(__file__).resolve().parent.parent
DEMO = HERE / "staffroom" / "web" / "demo" / "pictures"
KINDS = {"AVIF": {"speed": 8, "max_threads": 1}, "WEBP": {"method": 4}, "JPEG": {"progressive": True, "optimize": True}}  # fmt: skip


def blurred(points: np.ndarray) -> np.ndarray:
    """By a Gaussian of 1.5 points, eleven wide, as SSIM was defined (Wang et al., 2004)."""
    weights = np.exp(-(np.arange(-5, 6) ** 2) / 4.5)
    weights /= weights.sum()
    for turned in (False, True):
        rows = points.T if turned else points
        many = len(rows) - 10
        rows = sum(weight * rows[at : at + many] for at, weight in enumerate(weights))
        points = rows.T if turned else rows
    return points


def grey(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("RGB"), float) @ np.array([0.299, 0.587, 0.114])


def ssim(one: np.ndarray, other: np.ndarray) -> float:
    mean1, mean2 = blurred(one), blurred(other)
    spread1 = blurred(one * one) - mean1**2
    spread2 = blurred(other * other) - mean2**2
    both = blurred(one * other) - mean1 * mean2
    light = (2 * mean1 * mean2 + 6.5025) / (mean1**2 + mean2**2 + 6.5025)
    return float((light * (2 * both + 58.5225) / (spread1 + spread2 + 58.5225)).mean())


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    return float(10 * np.log10(255**2 / np.mean((one - other) ** 2)))


def pressed(picture: Image.Image, kind: str, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, quality=quality, **KINDS[kind])
    return out.getvalue()


def read(data: bytes) -> np.ndarray:
    return grey(Image.open(io.BytesIO(data)))


def as_good(picture: Image.Image, kind: str, goal: float) -> bytes:
    """The smallest of this kind that is as like the photo as `goal`."""
    low, high, seen = 10, 95, grey(picture)
    while low < high:
        middle = (low + high) // 2
        if ssim(seen, read(pressed(picture, kind, middle))) >= goal:
            high = middle
        else:
            low = middle + 1
    return pressed(picture, kind, low)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEMO
    paths = sorted(
        path for path in folder.iterdir() if path.suffix.lower() in {".jpg", ".jpeg", ".png"}
    )
    sums: dict[str, list[float]] = {}
    took = {"as before (WebP, two sizes)": 0.0, "and AVIF, JPEG, colours": 0.0}
    likeness: list[tuple[float, float]] = []
    for path in paths:
        data = path.read_bytes()
        start = time.process_time()
        large, small = photos.pair(io.BytesIO(data))
        took["as before (WebP, two sizes)"] += time.process_time() - start
        start = time.process_time()
        close = others(large, large=True, max_bytes=LARGE_BYTES)
        first = others(small, large=False, max_bytes=SMALL_BYTES)
        colours = drawn(hint(large), large.width, large.height)
        took["and AVIF, JPEG, colours"] += time.process_time() - start
        messenger = Image.open(io.BytesIO(data)).convert("RGB")
        messenger.thumbnail((1600, 1600))
        messenger = messenger.resize((1600, 1600 * messenger.height // messenger.width))
        found = {
            "a messenger's photo (JPEG, 1600 points)": len(pressed(messenger, "JPEG", 80)),
            "close look, JPEG as kept": len(close.jpeg),
            "close look, WebP as kept": len(large.data),
            "close look, AVIF as kept, else WebP": len(close.avif or large.data),
            "first look, JPEG as kept": len(first.jpeg),
            "first look, WebP as kept": len(small.data),
            "first look, AVIF as kept, else WebP": len(first.avif or small.data),
            "colours in the page, before it is compressed": len(colours),
        }
        for name, shrunk in (("close look", large), ("first look", small)):
            points = shrunk.points
            goal = ssim(grey(points), read(shrunk.data))
            likeness.append((goal, psnr(grey(points), read(shrunk.data))))
            for kind in ("AVIF", "JPEG"):
                found[f"{name}, {kind} at the SSIM of our WebP"] = len(as_good(points, kind, goal))
        for name, size in found.items():
            sums.setdefault(name, []).append(size)
    whole = np.mean(sums["a messenger's photo (JPEG, 1600 points)"])
    print(f"{len(paths)} photos{'':<42} {'KB':>7} {'ratio':>6}")
    for name, sizes in sums.items():
        print(f"{name:<50} {np.mean(sizes) / 1000:7.1f} {np.mean(sizes) / whole:6.2f}")
    mean = np.mean(likeness, axis=0)
    print(f"our WebP: SSIM {mean[0]:.4f}, PSNR {mean[1]:.1f} dB")
    for name, seconds in took.items():
        print(f"{name}: {seconds / len(paths):.2f} s of processor time a photo")


if __name__ == "__main__":
    main()
