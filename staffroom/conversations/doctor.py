"""What `staffroom doctor` looks at in conversations: whether the seal still belongs to its key.

In English like the commands.
"""

from pathlib import Path

from django.conf import settings

from staffroom.conversations import sealed
from staffroom.core.doctor import FAIL, OK, WARN, Finding


def seal() -> list[Finding]:
    return [_opens(), *_readable_by_others()]


def _opens() -> Finding:
    opens = sealed.opens_newest()
    if opens is None:
        return Finding(OK, "seal", "Nobody has asked without a name yet.")
    if opens:
        return Finding(OK, "seal", "The seal key opens what was sealed last.")
    return Finding(
        FAIL,
        "seal",
        "The seal key is another than the one with which questions were sealed: "
        "their askers are not told of answers.",
        "Put the old seal-key back beside the data (or STAFFROOM_SEAL_KEY), then restart.",
    )


def _readable_by_others() -> list[Finding]:
    path = Path(settings.DATA) / "seal-key"
    if not path.exists() or not path.stat().st_mode & 0o077:
        return []
    return [
        Finding(WARN, "seal key", f"{path} can be read by other accounts.", f"chmod 600 {path}")
    ]
