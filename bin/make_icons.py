"""Draw the icons of app.webmanifest from mark.svg, in Chromium: python bin/make_icons.py"""

import io
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

STATIC = Path(__file__).resolve().parent.parent / "staffroom" / "core" / "static"
FRAME = "<style>*{{margin:0}}svg{{display:block;width:{0}px;height:{0}px}}</style>{1}"


def maskable(svg: str) -> str:
    """The same mark on a field that reaches every edge, within the safe circle."""
    return (
        svg.replace('viewBox="0 0 64 64"', 'viewBox="-10 -10 84 84"')
        .replace('<rect width="64" height="64" ', '<rect x="-10" y="-10" width="84" height="84" ')
        .replace('rx="10"', "")
    )


def main() -> None:
    svg = (STATIC / "mark.svg").read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, size, art in [
            ("mark-192", 192, svg),
            ("mark-512", 512, svg),
            ("mark-mask-512", 512, maskable(svg)),
        ]:
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(FRAME.format(size, art))
            picture = Image.open(io.BytesIO(page.screenshot(omit_background=True)))
            path = STATIC / f"{name}.png"
            picture.quantize(64, method=Image.Quantize.FASTOCTREE).save(path, optimize=True)
            print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
