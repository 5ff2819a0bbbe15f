"""Make the .mo files that Django reads from the .po files that people write; no gettext tools."""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "staffroom" / "locale"


def main() -> None:
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            print(f"compiled {source.relative_to(LOCALE.parent.parent)}")


if __name__ == "__main__":
    main()
