"""The bill of materials names everything that is locked, and nothing else."""

import json
import runpy
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
MADE = runpy.run_path(str(ROOT / "bin" / "make_bill.py"))


def test_the_bill_is_as_the_requirements_are():
    assert MADE["PAGE"].read_text() == MADE["page"](), "python bin/make_bill.py"


def test_it_names_every_locked_part_with_its_version():
    parts = {one["name"]: one["version"] for one in json.loads(MADE["page"]())["components"]}
    locked = [line for line in MADE["LOCKED"].read_text().splitlines() if "==" in line[:60]]
    assert len(parts) > 30
    assert "django" in parts
    assert len(parts) <= len(locked)
    for line in locked:
        name = line.split("==")[0].split("[")[0].lower()
        if not name.startswith((" ", "#")):
            assert name in parts
