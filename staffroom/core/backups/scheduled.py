"""The night's backup: made, sealed, carried away, and the superfluous ones forgotten."""

import datetime as dt
import logging
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django_tasks import task

from staffroom.core import audit
from staffroom.core.backups import Unusable, keep, seal
from staffroom.core.backups.make import Progress, make
from staffroom.core.backups.source import aside, chosen_store, ours, sweep
from staffroom.core.backups.stores import Store
from staffroom.core.clock import now
from staffroom.core.models import DutyDone

log = logging.getLogger(__name__)
DUTY = "backup"
AGAIN = dt.timedelta(minutes=30)  # after a failure


@dataclass
class Made:
    name: str
    where: str
    size: int
    manifest: dict[str, Any]
    forgotten: list[str]


def wanted() -> bool:
    return bool(settings.BACKUP_TO)


def back_up(progress: Progress = lambda *_: None) -> Made:
    """Make one and bring it to the store of the settings."""
    store = chosen_store()
    refuse_in_the_clear(store)
    seal.recipients(settings.BACKUP_KEY)
    store.names()  # before the work: can it be reached, and is it there?
    sweep(now().timestamp() - 86400)
    name = keep.name_at(now(), sealed=bool(settings.BACKUP_KEY))
    with aside() as folder:
        file = folder / name
        manifest = make(file, seal_for=settings.BACKUP_KEY, progress=progress)
        size = file.stat().st_size
        store.put(name, file)
    audit.write(
        "backup.made",
        actor=None,
        with_key=False,
        sealed=bool(settings.BACKUP_KEY),
        away=store.away,
    )
    return Made(name, str(store), size, manifest, _forget(store, name))


def refuse_in_the_clear(store: Store) -> None:
    """A folder is under the eyes of whoever runs this machine; a bucket is on somebody else's."""
    if settings.BACKUP_TO.startswith("s3://") and not settings.BACKUP_KEY:
        raise Unusable(
            f"a backup holds names, numbers and words, and would lie open in {store}. Make a pair "
            "of keys with `staffroom backup-key` and set STAFFROOM_BACKUP_KEY."
        )


def _forget(store: Store, just_made: str) -> list[str]:
    """One that cannot be removed is no reason to call the backup failed; the next one tries again."""
    names = keep.superfluous(ours(store), keep.Rule(*settings.BACKUP_KEEP), just_made=just_made)
    forgotten = []
    for name in names:
        try:
            store.delete(name)
            forgotten.append(name)
        except Unusable:
            log.warning("backup.not_forgotten", extra={"backup": name})
    return forgotten


@task()
def scheduled_backup() -> None:
    """The worker's part: what goes wrong is written at the duty, and tried again soon."""
    try:
        back_up()
    except Exception as error:
        # Our own sentences speak of places and settings alone; of others the class.
        why = str(error) if isinstance(error, Unusable) else type(error).__name__
        log.exception("backup.failed")
        duty = DutyDone.objects.filter(name=DUTY)
        duty.update(last_error=why[:300])
        duty.filter(due_at__gt=now() + AGAIN).update(due_at=now() + AGAIN)
    else:
        DutyDone.objects.filter(name=DUTY).update(done_at=now(), last_error="")


def begin() -> None:
    """Give it to the worker."""
    scheduled_backup.enqueue()
