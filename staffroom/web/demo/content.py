"""The demo programme's texts: one TOML file a community, read into plain records."""

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
CONTENT = HERE / "content"
PICTURES = HERE / "pictures"


@dataclass(frozen=True)
class Said:
    """One contribution, with what came after it."""

    id: str
    kind: str
    by: str
    days_ago: int
    at: str
    text: str
    room: str = "lessons"
    topic: str = ""
    grade: int | None = None
    lang: str = ""
    photo: str = ""
    solved: bool = False
    pinned: bool = False
    nameless: bool = False
    about: str = ""
    saying: str = ""
    saying_lang: str = ""
    quote: str = ""
    quote_of: str = ""
    helped: tuple[str, ...] = ()
    thanks: tuple[str, ...] = ()
    answers: tuple["Said", ...] = ()
    replies: tuple["Said", ...] = ()

    def moment(self, today: dt.date, zone: ZoneInfo) -> dt.datetime:
        """When it was said, for a history that ends today."""
        hour, minute = map(int, self.at.split(":"))
        return dt.datetime.combine(
            today - dt.timedelta(days=self.days_ago), dt.time(hour, minute), zone
        )


@dataclass(frozen=True)
class Group:
    """One community with its people and what they said."""

    slug: str
    facts: dict[str, Any]
    people: tuple[dict[str, Any], ...]
    also: tuple[str, ...]
    said: tuple[Said, ...] = field(repr=False)


def programme() -> dict[str, Any]:
    return tomllib.loads((CONTENT / "programme.toml").read_text("utf-8"))


def groups() -> list[Group]:
    """All communities, in the order of their files."""
    return [_group(path) for path in sorted(CONTENT.glob("[0-9]*.toml"))]


def _group(path: Path) -> Group:
    facts = tomllib.loads(path.read_text("utf-8"))
    people, said = facts.pop("people", []), facts.pop("posts", [])
    also = facts.pop("also", [])
    return Group(path.stem, facts, tuple(people), tuple(also), tuple(_said(one) for one in said))


def _said(raw: dict[str, Any], kind: str = "") -> Said:
    raw = dict(raw)
    raw["kind"] = raw.get("kind") or kind
    raw["text"] = raw["text"].strip()
    raw["answers"] = tuple(_said(one, "answer") for one in raw.get("answers", []))
    raw["replies"] = tuple(
        _said({"room": raw.get("room", "lessons"), **one}, "message")
        for one in raw.get("replies", [])
    )
    for name in ("helped", "thanks"):
        raw[name] = tuple(raw.get(name, ()))
    return Said(**raw)
