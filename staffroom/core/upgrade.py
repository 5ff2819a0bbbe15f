"""From one version to the next: never without a way back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from staffroom import __version__
from staffroom.core.backups import Unusable, schema
from staffroom.core.backups.make import Progress, make
from staffroom.core.clock import now

FOLDER = "before-upgrades"
KEPT = 3


@dataclass
class Upgraded:
    """What was done: the migrations, and where the way back lies."""

    migrations: list[str] = field(default_factory=list)
    backup: Path | None = None


def refuse_newer() -> None:
    """An older program would not know what it writes over."""
    try:
        applied = schema.applied(DEFAULT_DB_ALIAS)
    except Exception:
        return  # a database that does not answer is said elsewhere
    if unknown := schema.unknown(applied):
        raise Unusable(
            f"the database belongs to a newer Staffroom than this one ({__version__}): it has had "
            f"{len(unknown)} changes that this one does not know. Install the newer version again; or "
            f"go back for good: `staffroom restore FILE --replace` with the backup in "
            f"{settings.DATA / FOLDER} that was made before the upgrade."
        )


def waiting() -> list[str]:
    """The migrations that this version would make."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def upgrade(
    *,
    backup: bool = True,
    progress: Progress = lambda *_: None,
    say: Callable[[str], object] = lambda _: None,
) -> Upgraded:
    """Back up what is there, then bring the tables to this version."""
    refuse_newer()
    done = Upgraded(migrations=waiting())
    if done.migrations and backup and schema.applied(DEFAULT_DB_ALIAS):
        say("The tables are those of an earlier version. First a backup …")
        done.backup = _back_up(progress)
        say(f"It is {done.backup}.")
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except Exception as error:
        if done.backup is None:
            raise
        raise Unusable(
            f"the upgrade failed ({type(error).__name__}), perhaps half way. {way_back(done.backup)}"
        ) from error
    return done


def way_back(backup: Path) -> str:
    return (
        "To go back: stop Staffroom, install the version that you had, and with it "
        f"`staffroom restore {backup} --replace`."
    )


def _back_up(progress: Progress) -> Path:
    """Beside the data and not sealed: it must open here, at once, without anybody's key."""
    folder = settings.DATA / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target: Path = folder / f"before-{__version__}-{now():%Y%m%dT%H%M%S}.zip"
    make(target, progress=progress)
    older = sorted(folder.glob("before-*.zip"), key=lambda path: path.stat().st_mtime)
    for path in older[:-KEPT]:
        path.unlink()
    return target
