"""Asking Meta to approve the templates, and how they stand there.

https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management
"""

from dataclasses import dataclass

from django.conf import settings

from staffroom.channels.switchboard.messages import Undeliverable
from staffroom.channels.whatsapp import client
from staffroom.channels.whatsapp.inbound import text, thing, things
from staffroom.channels.whatsapp.templates import Words, ours

MOST_PAGES = 20


@dataclass(frozen=True)
class State:
    """Where a template stands: Meta's own word, or "missing"."""

    words: Words
    state: str
    why: str = ""

    @property
    def is_good(self) -> bool:
        return self.state in {"APPROVED", "PENDING", "IN_APPEAL"}


def states() -> list[State]:
    """What Meta says of each of ours."""
    there = _registered()
    return [
        State(words, *there.get((words.name, words.language), ("missing",))) for words in ours()
    ]


def register() -> list[State]:
    """Ask for what is missing; what is there stays. Meta looks at it for minutes, or for a day."""
    return [_asked_for(state.words) if state.state == "missing" else state for state in states()]


def _asked_for(words: Words) -> State:
    try:
        answer = client.post(_path(), words.request())
    except Undeliverable as refused:
        return State(words, "REFUSED", refused.code)
    return State(words, text(answer, "status") or "PENDING")


def _registered() -> dict[tuple[str, str], tuple[str, str]]:
    """Name and language of each at Meta's, with its state and why."""
    found, after = {}, ""
    for _page in range(MOST_PAGES):
        fields = "name,language,status,rejected_reason"
        answer = client.get(f"{_path()}?fields={fields}&limit=100" + after)
        for one in things(answer, "data"):
            why = text(one, "rejected_reason").replace("NONE", "")
            found[text(one, "name"), text(one, "language")] = (text(one, "status"), why)
        paging = thing(answer, "paging")
        if not text(paging, "next"):
            break
        after = f"&after={text(thing(paging, 'cursors'), 'after')}"
    return found


def _path() -> str:
    return f"{settings.WHATSAPP_ACCOUNT_ID}/message_templates"
