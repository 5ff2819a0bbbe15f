"""What we asked somebody, and their words until they say what is meant."""

import base64
import datetime as dt
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from staffroom.channels.switchboard.actions.media import File
from staffroom.channels.switchboard.messages import Inbound
from staffroom.channels.switchboard.models import Link, Pending
from staffroom.core.clock import now

LASTS = dt.timedelta(days=1)
#: What was kept closed: of words that are to have no name no copy of the database tells.
CLOSED = "closed"


def pending_of(link: Link) -> Pending | None:
    return Pending.objects.filter(link=link, at__gt=now() - LASTS).first()


def ask(
    link: Link, want: str, options: list[str], words: dict[str, Any], *, closed: bool = False
) -> None:
    """Remember what was asked; the question before it is answered by silence."""
    at = now().replace(minute=0, second=0, microsecond=0) if closed else now()
    kept = {CLOSED: _cipher().encrypt(json.dumps(words).encode()).decode()} if closed else words
    Pending.objects.update_or_create(
        link=link, defaults={"want": want, "options": options, "kept": kept, "at": at}
    )


def words_of(pending: Pending) -> dict[str, Any]:
    if CLOSED not in pending.kept:
        return dict(pending.kept)
    try:
        return dict(json.loads(_cipher().decrypt(pending.kept[CLOSED].encode())))
    except InvalidToken:  # the key was changed meanwhile
        return {}


def forget(link: Link) -> None:
    Pending.objects.filter(link=link).delete()


def files_waiting(channel: str, event: Inbound) -> list[File]:
    """The files of words that wait for this answer, whoever it is from."""
    if event.chat or event.kind not in ("text", "choice"):
        return []
    rows = Pending.objects.filter(link__channel=channel, link__address=event.sender)
    pending = rows.filter(at__gt=now() - LASTS).first()
    return [File.read(each) for each in words_of(pending).get("files", [])] if pending else []


def _cipher() -> Fernet:
    key = hashlib.sha256(b"switchboard.kept|" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
