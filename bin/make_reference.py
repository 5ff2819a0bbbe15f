"""Write docs/reference/commands.md from every command's own help; `--check` only compares."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "reference" / "commands.md"
sys.path.insert(0, str(ROOT))


def help_of(name: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "staffroom.cli", name, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"COLUMNS": "88", "LANG": "C.UTF-8", "NO_COLOR": "1"},
    )
    return done.stdout.rstrip()


def page() -> str:
    from staffroom.cli import commands, load

    parts = [
        "# Commands",
        "",
        "Made from each command's own `--help` by `make reference`; do not edit by hand.",
        "",
        "Every command answers bad input with one line and exit code 2, and findings that need a",
        "person with exit code 1.",
        "",
    ]
    for name in commands():
        parts += [f"## staffroom {name}", "", load(name).HELP, "", "```", help_of(name), "```", ""]
    return "\n".join(parts)


def main() -> int:
    text = page()
    if "--check" not in sys.argv:
        TARGET.write_text(text)
        return 0
    if TARGET.exists() and TARGET.read_text() == text:
        return 0
    print(f"{TARGET.relative_to(ROOT)} no longer says what the commands say: make reference")
    return 1


if __name__ == "__main__":
    sys.exit(main())
