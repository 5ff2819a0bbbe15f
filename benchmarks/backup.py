"""Backing up and restoring Kenya's schools and some conversation, beside `dumpdata` and `loaddata`.

Both peers are portable between databases; dumpdata does not read one moment, has no sums, and keeps
no files.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCHOOLS = ROOT / "staffroom" / "places" / "data" / "kenya_schools_2016.csv.gz"
LEFT_OUT = ("-e", "contenttypes", "-e", "auth.permission", "-v", "0")
LEVELS = "County,Sub-county,Zone"


def staffroom(data: Path, *words: str, may_find: bool = False) -> tuple[float, float]:
    """Run a command; its processor seconds and its largest megabytes."""
    environment = os.environ | {"STAFFROOM_DATA": str(data), "PYTHONPATH": str(ROOT)}
    environment.pop("DATABASE_URL", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "staffroom.cli", *words],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in ({0, 1} if may_find else {0}):
        sys.exit(f"{words[0]} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1e3


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        old, new, other = (Path(folder) / name for name in ("old", "new", "other"))
        staffroom(old, "manage", "migrate", "-v", "0")
        staffroom(
            old, "create-programme", "Kenya", "--country", "KE", "--levels", LEVELS,
            "--timezone", "Africa/Nairobi",
        )  # fmt: skip
        staffroom(old, "import-schools", str(SCHOOLS), "--skip-bad", may_find=True)
        file, dump = Path(folder) / "b.zip", Path(folder) / "dump.json.gz"
        rows = []
        rows.append(("staffroom backup", *staffroom(old, "backup", str(file)), file))
        rows.append(("staffroom restore", *staffroom(new, "restore", str(file)), file))
        rows.append(
            ("dumpdata", *staffroom(old, "manage", "dumpdata", *LEFT_OUT, "-o", str(dump)), dump)
        )
        staffroom(other, "manage", "migrate", "-v", "0")
        rows.append(
            ("loaddata", *staffroom(other, "manage", "loaddata", str(dump), "-v", "0"), dump)
        )
        size = (old / "staffroom.sqlite3").stat().st_size / 1e6
        print(
            f"Kenya's schools, {size:.0f} MB on SQLite, the start of Python included; processor seconds."
        )
        print(f"{'':<18} {'seconds':>8} {'MB':>6} {'file MB':>8}")
        for name, seconds, memory, path in rows:
            written = path.stat().st_size / 1e6
            print(f"{name:<18} {seconds:>8.1f} {memory:>6.0f} {written:>8.1f}")


if __name__ == "__main__":
    main()
