"""Files that are on the disk when we say so: written through, and their folder with them.

A row that commits says that its file is there; after a loss of power that must still be true.
"""

import os
from typing import Any

from django.core.files.storage import FileSystemStorage


class Storage(FileSystemStorage):
    """Django's own, which leaves it to the system when bytes and names reach the disk."""

    def _save(self, name: str, content: Any) -> str:
        kept: str = super()._save(name, content)  # type: ignore[misc]
        path = self.path(kept)
        through(path)
        through(os.path.dirname(path))
        return kept


def through(path: str) -> None:
    """Wait until the file, or the names in the folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
