"""What `staffroom doctor` says of one thing it looked at."""

from dataclasses import dataclass

OK, WARN, FAIL = "ok", "warn", "fail"


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `how` mends it; empty where nothing needs mending."""

    level: str
    name: str
    what: str
    how: str = ""
