"""One line that counts, where a person is watching."""

import sys
from types import TracebackType
from typing import Any

from tqdm import tqdm


class Bars:
    """Called with (what, how many more); shows it on a terminal, nowhere else."""

    def __init__(self) -> None:
        self._bar: Any = tqdm(
            unit=" rows", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False
        )
        self._what = ""

    def __enter__(self) -> "Bars":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.close()

    def __call__(self, what: str, count: int) -> None:
        if what != self._what:
            self._what = what
            self._bar.set_description(what, refresh=False)
        self._bar.update(count)
