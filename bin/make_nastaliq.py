"""Make the small Nastaliq face that Urdu readers may choose: python bin/make_nastaliq.py [TTF]

From Noto Nastaliq Urdu (Debian: fonts-noto-core) the letters, marks, digits and signs that Urdu
needs, as WOFF2. fonttools lives in an environment that is thrown away afterwards.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "staffroom/core/static/nastaliq.woff2"
FACE = "/usr/share/fonts/truetype/noto/NotoNastaliqUrdu-Regular.ttf"
TOOLS = ["fonttools==4.68.0", "brotli==1.2.1"]
#: Space and signs of ASCII, Urdu's letters and their marks, both rows of digits, joiners, quotes.
LETTERS = (
    "U+0020-0022,U+0027-002F,U+0030-003B,U+00A0,U+00AB,U+00BB,U+060C,U+061B,U+061F,U+0621-063A,"
    "U+0640-0655,U+0660-066C,U+0670,U+0679,U+067E,U+0686,U+0688,U+0691,U+0698,U+06A9,U+06AF,"
    "U+06BA,U+06BE,U+06C0-06C3,U+06CC,U+06D2-06D4,U+06F0-06F9,U+200B-200F,U+2018-201D,U+2026"
)
#: What joins and places the letters; Nastaliq falls apart without them.
FEATURES = "ccmp,isol,init,medi,fina,rlig,liga,calt,mark,mkmk,kern,curs,locl"


def main() -> None:
    face = sys.argv[1] if len(sys.argv) > 1 else FACE
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder, "bin", "python")
        subprocess.run([python, "-m", "pip", "install", "-q", *TOOLS], check=True)
        how = [f"--unicodes={LETTERS}", f"--layout-features={FEATURES}", f"--output-file={TARGET}"]
        how += ["--no-hinting", "--desubroutinize", "--flavor=woff2"]
        subprocess.run([python, "-m", "fontTools.subset", face, *how], check=True)
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
