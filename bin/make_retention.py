"""Write docs/reference/retention.md from the rules themselves; `--check` only compares."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/reference/retention.md"
sys.path.insert(0, str(ROOT))


def page() -> str:
    """The page; Django is set up, so every room has registered its rules."""
    from django.utils import translation

    from staffroom.core import retention

    with translation.override("en"):
        parts = [
            "# How long things are kept",
            "",
            "Made from the rules themselves by `bin/make_retention.py`; do not edit by hand.",
            "",
            "Every night what was kept long enough is deleted, in batches. The audit log gets one line a",
            "rule (`retention.deleted`) with the number of rows, never what they were. Administrators change",
            "the days, within the bounds, under **Schools and places › How long things are kept**;",
            "`staffroom retention --dry-run` shows what would go.",
            "",
            "| what | why | days | from–to | rule |",
            "|---|---|---|---|---|",
            *map(_row, retention.rules()),
            "",
            "Backups are copies: what was deleted here lives on in them until they are deleted too. Keep as",
            "few as you need, and none longer than the shortest time that matters to you.",
        ]
    return "\n".join(parts) + "\n"


def _row(rule) -> str:  # type: ignore[no-untyped-def]
    if rule.due is None:
        return f"| {rule.what} | {rule.basis} | {rule.until} | | `{rule.key}` |"
    return f"| {rule.what} | {rule.basis} | {rule.days} | {rule.least}–{rule.most} | `{rule.key}` |"


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "staffroom.config.settings")
    django.setup()
    if "--check" in sys.argv:
        same = PAGE.exists() and PAGE.read_text() == page()
        print("" if same else f"{PAGE.relative_to(ROOT)} is not up to date: bin/make_retention.py")
        return 0 if same else 1
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
