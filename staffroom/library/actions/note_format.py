"""How a practice note stands in a package: JSON for machines, and the same as text for people."""

import datetime as dt
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from staffroom.core.errors import Refused
from staffroom.core.forms import one_line
from staffroom.core.texts import plain
from staffroom.library.actions.note_words import MOST, clean
from staffroom.library.models import Debate
from staffroom.people.vocabulary import GRADES

FORMAT, VERSION = "staffroom-practice-notes", 1
NAME = re.compile(r"notes/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(json|txt)")
TEXTS = "README.txt"
MOST_NOTES = 2_000
MOST_LISTED = 50
HEADINGS = {
    "problem": "The problem",
    "worked": "What worked",
    "tried_where": "Where it was tried",
    "failed": "What did not",
}


@dataclass(frozen=True)
class Written:
    """One note as it travels: no identifier of a person, only names that were consented to."""

    id: str
    version: int
    words: dict[str, str]
    topic: str
    subject: str
    grade: int | None
    language: str
    origin: str
    made_on: str
    changed_on: str
    tried: dict[str, int]
    names: list[str] = field(default_factory=list)
    colleagues: int = 0
    debates: list[dict[str, str]] = field(default_factory=list)

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, ensure_ascii=False).encode()

    def as_text(self) -> bytes:
        tried = ", ".join(f"{what} {count}" for what, count in self.tried.items())
        lines = [self.words["title"], "=" * len(self.words["title"]), ""]
        for part, heading in HEADINGS.items():
            if self.words[part]:
                lines += [heading, "-" * len(heading), self.words[part], ""]
        for each in self.debates:
            lines += [f"Questioned: {each['assumption']}", f"{each['outcome']}: {each['why']}", ""]
        lines += [f"Tried in {sum(self.tried.values())} classes ({tried}).", self.credit()]
        lines += [f"From {self.origin}, {self.made_on}. Version {self.version}, {self.changed_on}."]
        return "\n".join(lines).encode()

    def credit(self) -> str:
        who = [*self.names]
        if self.colleagues:
            who.append(f"{self.colleagues} colleague(s) without a name")
        return f"Thanks to {', '.join(who)}." if who else ""


def files_of(notes: list[Written], signer: str, fingerprint: str) -> dict[str, bytes]:
    """Every file of a package but the manifest."""
    files = {f"notes/{each.id}.json": each.as_json() for each in notes}
    files |= {f"notes/{each.id}.txt": each.as_text() for each in notes}
    lines = [
        "Practice notes of teachers, made with Staffroom.",
        "",
        f"Signed by {signer}, key {fingerprint}.",
        "The notes stand in the folder `notes`: .txt to read, .json for Staffroom to take in.",
        "",
        *[f"{each.words['title']}  notes/{each.id}.txt" for each in notes],
        "",
    ]
    return files | {TEXTS: "\n".join(lines).encode()}


def read_notes(files: Mapping[str, bytes]) -> list[Written]:
    """The notes of an opened package; `Refused` with the file's name for what cannot be used."""
    names = [name for name in files if name != TEXTS]
    strange = [name for name in names if not NAME.fullmatch(name)]
    if strange:
        raise _bad(strange[0])
    notes = [_read(name, files[name]) for name in names if name.endswith(".json")]
    if len(notes) > MOST_NOTES:
        raise Refused(_("A package holds at most %(most)s notes.") % {"most": MOST_NOTES}, "file")
    if not notes:
        raise Refused(_("This package holds no note."), "file")
    return sorted(notes, key=lambda each: each.id)


def _bad(name: str) -> Refused:
    return Refused(
        _("The file %(name)s in this package cannot be used. Ask for it anew.") % {"name": name},
        "file",
    )


def _read(name: str, content: bytes) -> Written:
    try:
        raw = json.loads(content)
        note = _checked(raw)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, Refused):
        raise _bad(name) from None
    if name != f"notes/{note.id}.json":
        raise _bad(name)
    return note


def _checked(raw: dict[str, Any]) -> Written:
    """Each value of its kind and within its bounds; what we do not know is left out."""
    words = {part: _text(raw["words"].get(part, ""), most) for part, most in MOST.items()}
    return Written(
        id=str(uuid.UUID(raw["id"])),
        version=_count(raw["version"], least=1),
        words=clean(words),
        topic=one_line(_text(raw.get("topic", ""), 80)),
        subject=_code(raw.get("subject", ""), 40),
        grade=raw["grade"] if raw.get("grade") in GRADES else None,
        language=_code(raw.get("language", ""), 8),
        origin=one_line(_text(raw.get("origin", ""), 160)),
        made_on=_day(raw["made_on"]),
        changed_on=_day(raw["changed_on"]),
        tried={kind: _count(raw["tried"][kind]) for kind in ("worked", "partly", "not")},
        names=[one_line(_text(name, 120)) for name in _list(raw, "names")],
        colleagues=_count(raw.get("colleagues", 0)),
        debates=[_debate(each) for each in _list(raw, "debates")],
    )


def _debate(raw: dict[str, Any]) -> dict[str, str]:
    if raw["outcome"] not in (Debate.Outcome.KEPT, Debate.Outcome.CHANGED, Debate.Outcome.SPLIT):
        raise ValueError
    return {
        "id": str(uuid.UUID(raw["id"])),
        "assumption": plain(_text(raw["assumption"], 5000)),
        "outcome": raw["outcome"],
        "why": plain(_text(raw["why"], 1500)),
        "closed_on": _day(raw["closed_on"]),
    }


def _list(raw: dict[str, Any], name: str) -> list[Any]:
    found = raw.get(name, [])
    if not isinstance(found, list) or len(found) > MOST_LISTED:
        raise ValueError
    return found


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError
    value.encode()  # half a character (a lone surrogate) is no text
    return value


def _day(value: Any) -> str:
    """A day that every clock and database can tell."""
    day = dt.date.fromisoformat(value)
    if not 2000 <= day.year <= 2200:
        raise ValueError
    return day.isoformat()


def _code(value: Any, most: int) -> str:
    if not re.fullmatch(r"[a-z-]*", _text(value, most)):
        raise ValueError
    return str(value)


def _count(value: Any, least: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= 1_000_000:
        raise ValueError
    return value
