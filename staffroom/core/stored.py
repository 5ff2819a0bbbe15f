"""Files against rows: what a row names and the disk has not, and what no row names.

The part of `staffroom doctor` about uploaded files. One walk of the folder and one query a column, held
against each other in memory.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import FileField

from staffroom.core.clock import now
from staffroom.core.findings import FAIL, OK, WARN, Finding

NAME = "files"
#: A younger file may be on its way into a row.
YOUNG = 24 * 3600
SHOWN = 3


def stored_files() -> Iterator[Finding]:
    """Counted, the first three named: a photo's name is random and tells nothing."""
    kept, named = _on_disk(Path(settings.MEDIA_ROOT)), _in_rows()
    gone = sorted(named - kept)
    lost = _old_enough(Path(settings.MEDIA_ROOT), sorted(kept - named))
    if gone:
        yield Finding(
            FAIL,
            NAME,
            f"{_count(gone, 'file')} that posts, profiles or lists name {_are(gone)} gone: {_first(gone)}.",
            "Put them back from a backup (`staffroom restore` into another folder, then copy files/).",
        )
    if lost:
        yield Finding(
            WARN,
            NAME,
            f"{_count(lost, 'file')} that nothing names {_are(lost)} on the disk: {_first(lost)}.",
            "`staffroom clock --night` takes out those of posts; the rest may be deleted by hand.",
        )
    if not gone and not lost:
        yield Finding(OK, NAME, f"{_count(sorted(kept), 'file')}, each with its row.")


def _on_disk(root: Path) -> set[str]:
    start = len(str(root)) + 1
    return {
        os.path.join(folder, leaf)[start:].replace(os.sep, "/")
        for folder, _folders, leaves in os.walk(root)
        for leaf in leaves
    }


def _in_rows() -> set[str]:
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                names = model._base_manager.exclude(**{field.name: ""})
                found.update(names.values_list(field.name, flat=True).iterator(chunk_size=5000))
    return found - {""}


def _old_enough(root: Path, names: list[str]) -> list[str]:
    before = now().timestamp() - YOUNG
    old = []
    for name in names:
        try:
            if (root / name).stat().st_mtime < before:
                old.append(name)
        except FileNotFoundError:
            continue  # taken out by its owner meanwhile
    return old


def _count(names: list[str], word: str) -> str:
    return f"{len(names):,} {word}{'' if len(names) == 1 else 's'}"


def _are(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _first(names: list[str]) -> str:
    more = ", …" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
