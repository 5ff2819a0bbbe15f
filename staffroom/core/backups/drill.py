"""Does a backup really come back? It is restored into a folder of its own, and looked at there.

The looking is done by another process, which knows nothing of the house that runs here: its data
folder and its database (SQLite, in that folder) are those of the drill.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from staffroom.core import audit
from staffroom.core.backups import Unusable
from staffroom.core.backups.check import manifest_of, open_archive

ACT = "backup.drilled"
LOOK = "import django; django.setup(); from staffroom.core.backups.drill import say; say()"
#: Rows that every house has for itself, so that their number need not be the backup's.
BY_ITSELF = {
    "auth_permission",
    "core_auditentry",
    "core_heartbeat",
    "django_content_type",
    "django_migrations",
}


@dataclass
class Drilled:
    made_at: str
    rows: int
    tables: int
    files: int
    problems: list[str] = field(default_factory=list)


def drill(backup: Path, *, record: bool = True) -> Drilled:
    """Restore a plain backup aside and look at it; the date is kept for `doctor` if all was well."""
    with open_archive(backup) as archive:
        manifest = manifest_of(archive, backup.name)
    with tempfile.TemporaryDirectory(prefix="staffroom-drill-") as folder:
        elsewhere = _elsewhere(Path(folder) / "data")
        _run(["-m", "staffroom.cli", "restore", str(backup)], elsewhere)
        found = json.loads(_run(["-c", LOOK], elsewhere))
    done = Drilled(
        made_at=manifest["made_at"],
        rows=sum(table["rows"] for table in manifest["tables"].values()),
        tables=len(manifest["tables"]),
        files=len(manifest["files"]),
        problems=compare(manifest, found),
    )
    if record and not done.problems:
        audit.write(ACT, actor=None, made_at=manifest["made_at"])
    return done


def compare(manifest: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """What is not as the manifest says."""
    problems = []
    for name, table in manifest["tables"].items():
        if name in BY_ITSELF or name not in found["rows"]:
            continue  # a later version may have done away with a table
        if found["rows"][name] < table["rows"]:
            problems.append(f"{name} has {found['rows'][name]} rows instead of {table['rows']}.")
    for name, listed in manifest["files"].items():
        if found["files"].get(name) != listed["sha256"]:
            problems.append(f"the file {name} is not as it was.")
    if not found["migrated"]:
        problems.append("the tables are not those of this version.")
    for page, status in found["pages"].items():
        if status != 200:
            problems.append(f"{page} answered {status}.")
    return problems


def _elsewhere(data: Path) -> dict[str, str]:
    """The environment of a house that is only looked at."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("STAFFROOM_") and name != "DATABASE_URL"
    }
    settings = kept.get("DJANGO_SETTINGS_MODULE", "staffroom.config.settings")
    return kept | {"STAFFROOM_DATA": str(data), "DJANGO_SETTINGS_MODULE": settings}


def _run(words: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603
        [sys.executable, *words],
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1:] or ["it gave no reason"]
        raise Unusable(f"the drill failed: {said[0].removeprefix('staffroom restore: ')}")
    return done.stdout


def look() -> dict[str, Any]:
    """What is really in this house: rows, files, tables, and whether a page can be made."""
    from django.conf import settings
    from django.db import connection

    from staffroom.core.health import migrated

    rows = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
            rows[name] = cursor.fetchone()[0]
    root = Path(settings.MEDIA_ROOT)
    files = {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file()
    }
    return {"rows": rows, "files": files, "migrated": migrated(), "pages": _pages()}


def _pages() -> dict[str, int]:
    """The front page, and the one that a person sees first; Django's own test browser asks."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    browser = Client(raise_request_exception=False, headers={"host": "localhost"})
    pages = {"the front page": browser.get("/").status_code}
    person = get_user_model().objects.filter(is_active=True).order_by("pk").first()
    if person:
        browser.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        pages["a person's first page"] = browser.get("/", follow=True).status_code
    return pages


def say() -> None:
    """For the other process: what it found, as JSON."""
    print(json.dumps(look()))  # noqa: T201
