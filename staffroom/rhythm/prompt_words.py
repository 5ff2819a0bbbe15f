"""Our library of prompts: questions to think about, in three languages, by subject."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

FILE = Path(__file__).parent / "data" / "prompts.toml"
#: The languages in which a programme writes its own, each in a field of its own.
TONGUES = ("en", "sw", "ur")
SUBJECTS = {
    "mathematics": _("Mathematics"),
    "languages": _("Languages"),
    "science": _("Science"),
    "early-years": _("Early years"),
    "pedagogy": _("General pedagogy"),
    "parents": _("Parents"),
}
#: What a community teaches -> where it looks first. Whatever is not here: general pedagogy.
OF_COMMUNITY = {
    "mathematics": "mathematics",
    "english": "languages",
    "kiswahili": "languages",
    "urdu": "languages",
    "science": "science",
    "agriculture": "science",
    "pre-technical": "science",
    "physics": "science",
    "chemistry": "science",
    "biology": "science",
    "early-years": "early-years",
}


@dataclass(frozen=True)
class Words:
    """One prompt: the same question in the languages in which it was written."""

    key: str
    subject: str
    texts: dict[str, str] = field(hash=False)
    own: bool = False  # the programme's, or its version of one of ours
    off: bool = False

    def tongue(self, *wanted: str) -> str:
        """The first of these languages in which there are words; else any."""
        found = [code for code in (*wanted, "en", *self.texts) if self.texts.get(code)]
        return found[0] if found else ""

    def said(self, *wanted: str) -> str:
        return self.texts.get(self.tongue(*wanted), "")


@cache
def ours() -> dict[str, Words]:
    """Key -> prompt, in the order of the file."""
    rows = tomllib.loads(FILE.read_text("utf-8"))["prompt"]
    return {
        row["key"]: Words(
            row["key"], row["subject"], {code: row[code] for code in TONGUES if row.get(code)}
        )
        for row in rows
    }
