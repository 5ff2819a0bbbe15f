"""Where a backup comes from: a file, a store, the last one; sealed or not."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from staffroom.core.backups import Unusable, keep, seal
from staffroom.core.backups.stores import Store, store_at

LATEST = "latest"
ASIDE = "backing-up-"  # folders in the data where backups are for a while


@contextmanager
def aside() -> Iterator[Path]:
    """A folder of our own beside the data, gone afterwards; what a crash left goes too."""
    data = Path(settings.DATA)
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=ASIDE, dir=data, ignore_cleanup_errors=True) as name:
        yield Path(name)


def sweep(older_than: float) -> None:
    """Remove what a crash left before this moment (seconds since 1970)."""
    for path in Path(settings.DATA).glob(f"{ASIDE}*"):
        if path.stat().st_mtime < older_than:
            shutil.rmtree(path, ignore_errors=True)


def chosen_store() -> Store:
    """The store of the settings."""
    if not settings.BACKUP_TO:
        raise Unusable(
            "no place for backups is chosen: set STAFFROOM_BACKUP_TO to a folder or "
            "s3://BUCKET/PREFIX, or name a file."
        )
    return store_at(settings.BACKUP_TO)


def ours(store: Store) -> list[str]:
    """The names of the backups in a store, the last one last."""
    return sorted(
        (name for name in store.names() if keep.moment_of(name)),
        key=lambda name: (str(keep.moment_of(name)), name),
    )


@contextmanager
def opened(address: str, *, secret: str = "") -> Iterator[Path]:
    """A backup as a plain ZIP on this machine, for as long as it is needed.

    `address`: a file, `latest`, the name of one in the store, or s3://BUCKET/PREFIX/NAME.
    `secret`: the secret keys, where it is sealed.
    """
    path = Path(address)
    if _is_here(address):
        if not seal.is_sealed(path):
            yield path
            return
        with aside() as folder:
            yield _unsealed(path, folder, secret)
        return
    store, name = _in_store(address)
    with aside() as folder:
        fetched = folder / name
        store.fetch(name, fetched)
        yield _unsealed(fetched, folder, secret) if seal.is_sealed(fetched) else fetched


def _is_here(address: str) -> bool:
    if address.startswith("s3://") or address == LATEST:
        return False
    return Path(address).exists() or not (settings.BACKUP_TO and keep.moment_of(address))


def _in_store(address: str) -> tuple[Store, str]:
    if address.startswith("s3://"):
        before, _, name = address.rpartition("/")
        if before in {"s3:", "s3:/"} or not name:
            raise Unusable(f"{address} names no backup: s3://BUCKET/PREFIX/NAME.")
        return store_at(before), name
    store = chosen_store()
    if address != LATEST:
        return store, address
    names = ours(store)
    if not names:
        raise Unusable(f"there is no backup in {store} yet.")
    return store, names[-1]


def _unsealed(path: Path, folder: Path, secret: str) -> Path:
    if not secret:
        raise Unusable(
            f"{path.name} is sealed. Give the secret key: --key FILE, or --key - and paste it."
        )
    target = folder / path.name.removesuffix(seal.ENDING)
    if target == path:
        target = folder / f"{path.name}.open"
    seal.unseal(path, target, seal.identities(secret))
    return target
