"""Words that Meta must approve before they may be said to somebody who has not written for a day.

https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview
Each is a file in `data/templates`, in every language that we have it in. Its button says a word of
command, so that pressing it is the same as writing that word, and opens the 24 hours.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

FOLDER = Path(__file__).parent / "data" / "templates"
USUAL = "en"


@dataclass(frozen=True)
class Words:
    """One template in one language."""

    key: str  # as our house calls it
    language: str
    category: str
    body: str
    button: str

    @property
    def name(self) -> str:
        return registered_name(self.key)

    def request(self) -> dict[str, Any]:
        """What Meta is asked to approve."""
        button = {"type": "QUICK_REPLY", "text": self.button}
        return {
            "name": self.name,
            "language": self.language,
            "category": self.category,
            "components": [
                {"type": "BODY", "text": self.body},
                {"type": "BUTTONS", "buttons": [button]},
            ],
        }


@cache
def ours() -> tuple[Words, ...]:
    """All that there are, in every language."""
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        file = json.loads(path.read_text("utf-8"))
        for language, said in sorted(file["languages"].items()):
            found.append(Words(path.stem, language, file["category"], said["body"], said["button"]))
    return tuple(found)


def registered_name(key: str) -> str:
    return str(settings.WHATSAPP_TEMPLATES.get(key, key))


def language_for(key: str, language: str) -> str:
    """The person's, where we have the words in it; else English."""
    return language if any((w.key, w.language) == (key, language) for w in ours()) else USUAL
