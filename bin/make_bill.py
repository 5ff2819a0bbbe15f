"""The bill of materials, CycloneDX 1.5, from the locked requirements.

python bin/make_bill.py            write docs/reference/bill-of-materials.cdx.json
python bin/make_bill.py --check    is it as the requirements are?
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "requirements" / "base.txt"
PAGE = ROOT / "docs" / "reference" / "bill-of-materials.cdx.json"
PINNED = re.compile(r"^([a-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([^\s;]+)", re.M | re.I)


def bill() -> dict[str, Any]:
    """What is installed with Staffroom: names and versions; the hashes stand in the locked file."""
    parts = sorted(
        {(name.lower(), version) for name, version in PINNED.findall(LOCKED.read_text())}
    )
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "staffroom"}},
        "components": [
            {
                "type": "library",
                "name": name,
                "version": version,
                "purl": f"pkg:pypi/{name}@{version}",
            }
            for name, version in parts
        ],
    }


def page() -> str:
    return json.dumps(bill(), indent=1) + "\n"


def main() -> int:
    if "--check" in sys.argv:
        if not PAGE.exists() or PAGE.read_text() != page():
            print("The bill of materials is old: python bin/make_bill.py")
            return 1
        return 0
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
