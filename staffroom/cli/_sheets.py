"""For commands that read sheets and need no server."""

from collections.abc import Sequence
from pathlib import Path

from staffroom.cli import BadInput


def without_server() -> None:
    """The readers of sheets translate their sentences; here they stay English."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {(error.strerror or 'error').lower()}.") from None


def find_column(header: Sequence[str], name: str) -> int | None:
    """Where this name stands: as it is written, else however it is spaced and written."""
    from staffroom.places.imports.names import fold

    for test in (lambda head: head == name, lambda head: fold(head) == fold(name)):
        for index, head in enumerate(header):
            if test(head):
                return index
    return None


def column(
    header: Sequence[str], cells: Sequence[Sequence[str]], name: str, option: str
) -> list[str]:
    """The cells below this name. BadInput names the columns there are."""
    index = find_column(header, name)
    if index is None:
        there = ", ".join(filter(None, header))
        raise BadInput(f'{option}: there is no column "{name}". There are: {there}.')
    return [each[index] for each in cells]
