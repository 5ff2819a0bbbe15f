"""The steps of a lesson, one a line, with their minutes: "10 min: Each pair folds a strip".

Whatever a person writes is a step; minutes are read where a line begins or ends with a number and a
word for minutes, or begins with a number and a colon, in the digits of any script.
"""

import re
from dataclasses import dataclass

_UNIT = r"(?:minutes?|mins?|min\.|dakika|dk\.?|منٹ|'|′)"
#: A bare number is none: "3 pupils explain" takes no three minutes.
_BEGINS = re.compile(rf"^\W*?(\d{{1,3}})\s*(?:{_UNIT}\s*[:.)|،,–—-]*|[:|–—-])\s*(?=[^\W\d])", re.I)
_BEGINS_UNIT_FIRST = re.compile(rf"^\W*?{_UNIT}\s*(\d{{1,3}})\s*[:.)|،,–—-]*\s+(?=[^\W\d])", re.I)
_ENDS = re.compile(
    rf"\s*[(\[،,–—-]?\s*(?:(\d{{1,3}})\s*{_UNIT}|{_UNIT}\s*(\d{{1,3}}))\s*[)\]]?\s*[.۔]?$", re.I
)
#: "1. Fold the paper" numbers a step; it does not say that it takes a minute.
_NUMBERED = re.compile(r"^\s*(\d{1,2})[.)]\s+(?=\S)")


@dataclass(frozen=True)
class Step:
    """One step; `minutes` is None where it says none."""

    text: str
    minutes: int | None = None


def steps_of(text: str) -> list[Step]:
    """The steps in order; empty lines are none."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if _are_numbered(lines):
        lines = [_NUMBERED.sub("", line, count=1) for line in lines]
    return [_step(line) for line in lines]


def minutes_of(text: str) -> tuple[int, int]:
    """The minutes that the steps take together, and how many steps say none."""
    steps = steps_of(text)
    return (
        sum(step.minutes or 0 for step in steps),
        sum(step.minutes is None for step in steps),
    )


def _are_numbered(lines: list[str]) -> bool:
    """1. 2. 3.: the lines carry their own numbers."""
    found = [_NUMBERED.match(line) for line in lines]
    return len(lines) > 1 and all(
        match and int(match.group(1)) == place for place, match in enumerate(found, 1)
    )


def _step(line: str) -> Step:
    for pattern in (_BEGINS, _BEGINS_UNIT_FIRST):
        if match := pattern.match(line):
            return Step(line[match.end() :].strip(), int(match.group(1)))
    if (match := _ENDS.search(line)) and match.start() > 0:
        return Step(line[: match.start()].strip(), int(match.group(1) or match.group(2)))
    return Step(line)
