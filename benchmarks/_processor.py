"""Processor time as the kernel counts it: what a core gives, whatever else the machine does."""

import os
from collections.abc import Callable
from pathlib import Path


def of_session(session: int) -> float:
    """Seconds that all processes of a session have used."""
    return _seconds(lambda _name, fields: int(fields[3]) == session)


def of_command(command: str) -> float:
    """Seconds that all processes of a command have used, ended ones of a living parent too."""
    return _seconds(lambda name, _fields: name == command, ended=True)


def _seconds(counts: Callable[[str, list[str]], bool], *, ended: bool = False) -> float:
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, tail = stat.read_text().rsplit(")", 1)
        except OSError:
            continue
        fields = tail.split()
        if counts(head.split("(", 1)[1], fields):
            ticks += sum(map(int, fields[11 : 15 if ended else 13]))
    return ticks / os.sysconf("SC_CLK_TCK")
