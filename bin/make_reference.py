"""Write what the documentation can say by itself; `--check` only compares.

docs/reference/commands.md from every command's own help, docs/README.md from the titles of the pages.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PARTS = {
    "tutorials": "Tutorials: learn by doing",
    "how-to": "How-to: get one thing done",
    "reference": "Reference: look it up",
    "explanation": "Explanation: understand why",
}
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


def commands_page() -> str:
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


def index_page() -> str:
    parts = [
        "# The documentation of Staffroom",
        "",
        "Four parts, by what you want at the moment. Made from the pages' titles by `make reference`.",
        "",
    ]
    for folder, title in PARTS.items():
        pages = sorted((DOCS / folder).glob("*.md"), key=title_of)
        links = [f"- [{title_of(path)}]({folder}/{path.name})" for path in pages]
        parts += [f"## {title}", *links, ""]
    return "\n".join(parts)


def title_of(path: Path) -> str:
    return path.read_text().lstrip().splitlines()[0].removeprefix("# ").strip()


def main() -> int:
    pages = {DOCS / "reference" / "commands.md": commands_page()}
    if "--check" not in sys.argv:
        for path, text in pages.items():
            path.write_text(text)
        (DOCS / "README.md").write_text(index_page())
        return 0
    pages[DOCS / "README.md"] = index_page()
    old = [path for path, text in pages.items() if not path.exists() or path.read_text() != text]
    for path in old:
        print(f"{path.relative_to(ROOT)} is not up to date: make reference")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main())
