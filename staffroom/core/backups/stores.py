"""Where backups go: a folder, or anything that speaks S3."""

import os
import shutil
from pathlib import Path
from typing import Protocol

from django.conf import settings

from staffroom.core.backups import Unusable
from staffroom.core.full import is_full


class Store(Protocol):
    """A place that holds backups by name."""

    @property
    def away(self) -> bool:
        """Does it stay when this machine's disk is lost?"""
        ...

    def names(self) -> list[str]: ...
    def put(self, name: str, source: Path) -> None: ...
    def fetch(self, name: str, target: Path) -> None: ...
    def delete(self, name: str) -> None: ...
    def __str__(self) -> str: ...


class Folder:
    """A folder: of another disk, best of another machine. It is never made: an empty mount point
    would be taken for the disk that is not there."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __str__(self) -> str:
        return str(self.path)

    @property
    def away(self) -> bool:
        try:
            return self.path.stat().st_dev != Path(settings.DATA).stat().st_dev
        except OSError:
            return False

    def names(self) -> list[str]:
        if not self.path.is_dir():
            raise Unusable(
                f"there is no folder {self.path}. Is the disk mounted, and STAFFROOM_BACKUP_TO right?"
            )
        try:
            return sorted(path.name for path in self.path.iterdir() if path.is_file())
        except OSError as error:
            raise Unusable(f"{self.path} cannot be read ({error.strerror}).") from error

    def put(self, name: str, source: Path) -> None:
        """Under its name only when it is whole."""
        self.names()
        part = self.path / f".{name}.part"
        try:
            shutil.copyfile(source, part)
            part.chmod(0o600)
            _to_disk(part)
            part.replace(self.path / name)
        except OSError as error:
            part.unlink(missing_ok=True)
            if is_full(error):
                raise Unusable(f"there is no room left in {self.path} for the backup.") from error
            raise Unusable(f"{self.path} cannot be written ({error.strerror}).") from error

    def fetch(self, name: str, target: Path) -> None:
        try:
            shutil.copyfile(self.path / name, target)
        except FileNotFoundError:
            raise Unusable(f"there is no {name} in {self.path}.") from None
        except OSError as error:
            raise Unusable(f"{name} could not be copied ({error.strerror}).") from error

    def delete(self, name: str) -> None:
        try:
            (self.path / name).unlink(missing_ok=True)
        except OSError as error:
            raise Unusable(f"{name} could not be removed ({error.strerror}).") from error


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def store_at(address: str) -> Store:
    """The store of an address: a folder, or s3://BUCKET/PREFIX."""
    if address.startswith("s3://"):
        from staffroom.core.backups.s3 import Bucket

        return Bucket.at(address)
    if "://" in address:
        raise Unusable(f"{address!r} is neither a folder nor s3://BUCKET/PREFIX.")
    return Folder(Path(address))
