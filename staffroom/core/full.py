"""Is it the disk that is full? Told from every other failure, so that it can be said as it is."""

import errno
from collections.abc import Iterator

FULL = {errno.ENOSPC, errno.EDQUOT}
POSTGRESQL = "53100"  # disk_full
#: SQLite gives no number, only these words.
SQLITE = ("database or disk is full", "disk is full")


def is_full(error: BaseException) -> bool:
    """Whether the error, or what it came from, is a disk without room."""
    return any(_one(each) for each in _chain(error))


def _one(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in FULL
    if getattr(error, "sqlstate", None) == POSTGRESQL:
        return True
    text = str(error).lower()
    return type(error).__name__ in {"OperationalError", "EncryptError"} and (
        any(words in text for words in SQLITE) or "no space left on device" in text
    )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
