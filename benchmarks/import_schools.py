"""Kenya's 37,930 schools: time and peak memory of an import, beside the plain way to do it.

The plain way reads the same file with csv.DictReader and creates each school, its areas and its
place by itself in one transaction, for the first 2,000 rows, without checking anything; its time is
then scaled to all rows. Each runs in a process and an SQLite file of its own.

python benchmarks/import_schools.py
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "staffroom/places/data/kenya_schools_2016.csv.gz"
ROWS, SAMPLE = 37_930, 2_000


def start() -> object:
    """A fresh database with one programme."""
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "staffroom.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from staffroom.places.actions.programmes import create_programme

    return create_programme(
        by=None,
        name="Kenya",
        country="KE",
        levels=["County", "Sub-county", "Zone"],
        timezone="Africa/Nairobi",
    )


def ours(again: bool = False) -> float:
    import contextlib
    import io

    start()
    from staffroom.cli import main

    took = 0.0
    for _turn in range(2 if again else 1):
        begin = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            assert main(["import-schools", str(LIST)]) == 0
        took = time.perf_counter() - begin
    return took


def dry() -> float:
    import contextlib
    import io

    start()
    from staffroom.cli import main

    begin = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        main(["import-schools", str(LIST), "--dry-run"])
    return time.perf_counter() - begin


def plain() -> float:
    import csv
    import datetime as dt
    import gzip
    import itertools

    programme = start()
    from django.db import transaction

    from staffroom.places.models import Area, AreaParent, School, SchoolArea

    day = dt.date(2016, 1, 1)
    levels = list(programme.levels.order_by("depth"))  # type: ignore[attr-defined]
    begin = time.perf_counter()
    with gzip.open(LIST, "rt", encoding="utf-8", newline="") as stream, transaction.atomic():
        for row in itertools.islice(csv.DictReader(stream), SAMPLE):
            above = None
            for level, column in zip(levels, ("county", "sub_county", "zone"), strict=True):
                area, made = Area.objects.get_or_create(
                    programme=programme, level=level, name=row[column], defaults={"starts": day}
                )
                if made and above is not None:
                    AreaParent.objects.create(area=area, parent=above, starts=day)
                above = area
            school = School.objects.create(
                programme=programme,
                code=row["objectid"],
                name=row["school_name"],
                level=row["level"],
                sector=row["status"],
                latitude=float(row["y_coord"]),
                longitude=float(row["x_coord"]),
            )
            SchoolArea.objects.create(school=school, area=above, starts=day)
    return (time.perf_counter() - begin) * ROWS / SAMPLE


WAYS = {"ours": ours, "again": lambda: ours(again=True), "dry": dry, "plain": plain}


def measure(way: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("STAFFROOM_")}
        done = subprocess.run(
            [sys.executable, __file__, way],
            env=environment | {"STAFFROOM_DATA": folder},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        if done.returncode:
            sys.exit(done.stderr)
        return json.loads(done.stdout.splitlines()[-1])


def report() -> None:
    titles = {
        "ours": "staffroom import-schools, first time",
        "again": "the same list again (nothing changed)",
        "dry": "dry run",
        "plain": f"row by row, unchecked ({SAMPLE:,} rows, scaled)",
    }
    found = {way: measure(way) for way in titles}
    print(f"{ROWS:,} schools, SQLite, one process each\n")
    print(f"{'':<50} {'seconds':>8} {'peak MB':>8} {'ratio':>6}")
    for way, title in titles.items():
        seconds, peak = found[way]["seconds"], found[way]["mb"]
        ratio = found["plain"]["seconds"] / seconds
        print(f"{title:<50} {seconds:8.1f} {peak:8.0f} {ratio:5.1f}x")
    print(
        "\nGoal: first time under 30 s and 300 MB. Peak is of the whole process, Django included;"
    )
    print("the row-by-row peak is of its sample only.")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        seconds = WAYS[sys.argv[1]]()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "mb": peak}))
    else:
        report()
