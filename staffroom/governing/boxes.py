"""What was told about danger, for a new key: closed anew, and the codes that still need the old one."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings

from staffroom.core import rekey
from staffroom.governing import vault
from staffroom.governing.models import Disclosure, DisclosureEntry


def boxes() -> list[rekey.Boxes | rekey.Rest]:
    return [
        rekey.Boxes(
            "safeguarding", "messages about danger", Disclosure.objects.all, _state, _renew
        ),
        rekey.Boxes(
            "safeguarding", "answers and notes to them", DisclosureEntry.objects.all, _state, _renew
        ),
        rekey.Rest(
            "safeguarding",
            "messages were told before the new key: the codes of their writers need the old one.",
            _older,
        ),
    ]


def _state(row: Any) -> str:
    try:
        vault.unseal(row.sealed, row.pk)
    except vault.Lost:
        return rekey.LOST
    return rekey.NEW if vault.is_new(row.sealed) else rekey.OLD


def _renew(row: Any) -> list[str]:
    row.sealed = vault.seal(vault.unseal(row.sealed, row.pk), row.pk)
    return ["sealed"]


def _older() -> int:
    """Codes are kept as keyed hashes and cannot be turned; only time takes them away."""
    path = Path(settings.DATA) / "safeguarding-key"
    rows = Disclosure.objects.all()
    if path.exists():
        changed = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        rows = rows.filter(made_at__lt=changed)
    return rows.count()
