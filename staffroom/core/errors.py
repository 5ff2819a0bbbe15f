"""What an action raises when it will not do what it was asked."""

from collections.abc import Callable
from typing import Any


class Refused(Exception):
    """The person can mend this. `message` says what to do; `field` names the input it belongs to.

    Views show it beside the input, with status 422 and everything typed kept.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = str(message)
        self.field = field


class NotYours(Exception):
    """The person may not, or it does not exist: the answer is the same 404, so nothing is told."""


class TooMany(Refused):
    """A rate limit was met. `retry_after` is in seconds."""

    def __init__(self, message: str, retry_after: int, field: str = "") -> None:
        super().__init__(message, field)
        self.retry_after = retry_after


def can(check: Callable[..., Any], *arguments: Any) -> bool:
    """Whether `check(*arguments)` lets the person through: for showing a button or not."""
    try:
        check(*arguments)
    except (NotYours, Refused):
        return False
    return True
