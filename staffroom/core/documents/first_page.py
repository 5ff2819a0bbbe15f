"""A small picture of a paper's first page, drawn in a process of its own."""

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from staffroom.core.documents import office
from staffroom.core.errors import Refused
from staffroom.core.pictures import Shrunk, shrink

SIDE, BYTES = 420, 12_000
PATIENCE = 60
_DRAW = Path(__file__).with_name("_draw.py")


def draw(data: bytes, kind: str) -> Shrunk | None:
    """The first page, at most 12 KB; None where it cannot be drawn here. Papers other than PDF need
    LibreOffice (`soffice`) on this machine.
    """
    paper = data if kind == "pdf" else _as_pdf(data, kind)
    if paper is None:
        return None
    drawn = run([sys.executable, "-I", str(_DRAW)], paper)
    if not drawn:
        return None
    try:
        return shrink(io.BytesIO(drawn), max_side=SIDE, max_bytes=BYTES)
    except Refused:
        return None


def _as_pdf(data: bytes, kind: str) -> bytes | None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / f"paper.{kind}"
        try:
            paper.write_bytes(office.without_outside(data))
        except Refused:
            return None
        run(
            [program, f"-env:UserInstallation=file://{folder}/home", "--headless", "--norestore",
             "--convert-to", "pdf", "--outdir", folder, str(paper)]
        )  # fmt: skip
        made = paper.with_suffix(".pdf")
        return made.read_bytes() if made.exists() else None


def run(command: list[str], given: bytes = b"") -> bytes:
    """What the command wrote; nothing where it failed or took too long."""
    try:
        done = subprocess.run(  # noqa: S603 - our own commands, no shell
            command, input=given, capture_output=True, timeout=PATIENCE, check=True
        )
    except (subprocess.SubprocessError, OSError):
        return b""
    return done.stdout
