"""One sheet of A4 as a PDF, where the machine can make one (WeasyPrint with Pango)."""

from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

STYLE = Path(__file__).parent / "static" / "plan.css"
#: The sizes of the letters, in points: the largest with which it fits on one page.
SIZES = (11.5, 10.5, 9.5, 8.5)


@cache
def can_make_pdf() -> bool:
    """WeasyPrint needs libraries of the system; without them pages are printed by the browser."""
    try:
        return bool(_weasyprint().__version__)
    except (ImportError, OSError):
        return False


def _weasyprint() -> Any:
    """It asks Pillow to take pictures that are cut off, for the whole process; we do not."""
    import weasyprint
    from PIL import ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint


@lru_cache(maxsize=16)
def make_pdf(html: str, look: Path = STYLE) -> bytes:
    """The page as PDF, on one sheet if it fits; `look` is its style sheet. Nothing is fetched from anywhere.

    Made once for the same words: whoever taps twice costs no second second of the machine.
    """
    weasyprint = _weasyprint()
    style = weasyprint.CSS(filename=str(look))
    for size in SIZES:
        letters = weasyprint.CSS(string=f"html{{font-size:{size}pt}}")
        laid_out = weasyprint.HTML(string=html, url_fetcher=_nothing()).render(
            stylesheets=[style, letters]
        )
        if len(laid_out.pages) == 1 or size == SIZES[-1]:
            break
    made: bytes = laid_out.write_pdf()
    return made


def _nothing() -> Callable[..., Any]:
    def refuse(url: str, *rest: Any, **more: Any) -> Any:
        raise ValueError("a plan needs nothing from elsewhere")

    return refuse
