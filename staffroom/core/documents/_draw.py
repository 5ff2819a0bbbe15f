"""Draws the first page of a PDF: reads it from standard input, writes a PNG to standard output.

Run as a process of its own (`first_page.draw`), since a paper made to harm could bring it down.
"""

import io
import resource
import sys

MEMORY, SECONDS, SIDE = 1_500_000_000, 20, 720


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    import pypdfium2

    page = pypdfium2.PdfDocument(sys.stdin.buffer.read())[0]
    width, height = page.get_size()
    scale = min(4.0, SIDE / max(width, height, 1.0))
    out = io.BytesIO()
    page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB").save(out, "PNG")
    sys.stdout.buffer.write(out.getvalue())


if __name__ == "__main__":
    main()
