"""What people write in cells, as codes: "Grade 4-6", "CC BY-NC 4.0", "Kiswahili", "Hadithi"."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from staffroom.core.errors import Refused
from staffroom.core.words import typed_list
from staffroom.library.resource_words import KINDS, LICENCES
from staffroom.people.vocabulary import GRADES, LANGUAGES, SUBJECTS

_MORE_KINDS = {
    "book": "book", "ebook": "book", "textbook": "book", "exam": "past-paper",
    "past paper": "past-paper", "pastpaper": "past-paper", "scheme of work": "syllabus",
    "curriculum": "syllabus", "lesson": "lesson-plan", "plan": "lesson-plan", "film": "video",
    "poster": "aid", "picture": "aid", "chart": "aid", "exercises": "workbook",
    "teacher's guide": "guide", "teachers guide": "guide", "manual": "manual", "hadithi": "story",
}  # fmt: skip
_MORE_LANGUAGES = {"eng": "en", "swa": "sw", "kiswahili": "sw", "urd": "ur", "اردو": "ur"}
_MORE_SUBJECTS = {"maths": "mathematics", "math": "mathematics", "hisabati": "mathematics"}
_MORE_LICENCES = {
    "public domain": "cc0", "all rights reserved": "rights", "copyright": "rights", "own": "own",
    "own work": "own", "unknown": "unknown", "?": "unknown",
}  # fmt: skip


def kind(text: str) -> str:
    return _one(text, _words("kinds"), _MORE_KINDS, KINDS)


def language(text: str) -> str:
    return _one(text, _words("languages"), _MORE_LANGUAGES, LANGUAGES)


def subjects(text: str) -> list[str]:
    """Several, with commas or semicolons of any script between them."""
    whole = _plain(text)
    if whole in _words("subjects"):  # one whose own name has a comma
        return [_words("subjects")[whole]]
    return [_one(part, _words("subjects"), _MORE_SUBJECTS, SUBJECTS) for part in _parts(text)]


def licence(text: str) -> str:
    """The version of a Creative Commons licence makes no difference here."""
    plain = re.sub(r"\s*\d\.\d\b.*$", "", _plain(text))
    plain = re.sub(r"^(creative commons|cc)[\s:-]*", "cc-", plain)
    plain = re.sub(r"[\s_]+", "-", plain) if plain.startswith("cc-") else plain
    names = {"cc-0": "cc0", "cc-zero": "cc0", "cc-attribution": "cc-by"}
    found = names.get(plain, plain)
    if found in LICENCES:
        return found
    return _one(text, _words("licences"), _MORE_LICENCES, LICENCES)


def grades(text: str) -> list[int]:
    """ "4", "Grade 4", "4-6", "PP1, PP2", "Form 3"."""
    found: set[int] = set()
    for part in _parts(text):
        span = re.fullmatch(r"(?:grades?|std|standard|class|darasa(?: la)?)?\s*(\d{1,2})\s*(?:-|–|to)\s*(\d{1,2})", _plain(part))  # fmt: skip
        if span and int(span[1]) <= int(span[2]):
            found |= {_grade(str(number)) for number in range(int(span[1]), int(span[2]) + 1)}
        else:
            found.add(_grade(part))
    return sorted(found)


def _grade(text: str) -> int:
    plain = _plain(text)
    named = {"pp1": -1, "pp2": 0} | {name: int(code) for name, code in _words("grades").items()}
    if plain in named:
        return named[plain]
    number = re.fullmatch(r"(?:grade|std|standard|class|darasa(?: la)?)?\s*(\d{1,2})", plain)
    if number and int(number[1]) >= 1 and int(number[1]) in GRADES:
        return int(number[1])
    raise Refused(_("“%(text)s” is no grade that we know.") % {"text": text})


def year(text: str) -> int | None:
    if not text:
        return None
    if re.fullmatch(r"\d{4}", text):
        return int(text)
    raise Refused(_("Please write the year with four digits."))


def _one(text: str, named: dict[str, str], more: dict[str, str], codes: Iterable[Any]) -> str:
    plain = _plain(text)
    if not plain:
        return ""
    found = named.get(plain) or more.get(plain)
    if found is None and plain.replace(" ", "-") in set(map(str, codes)):
        found = plain.replace(" ", "-")
    if found is None:
        raise Refused(
            _("“%(text)s” is not known here. Known are: %(all)s.")
            % {"text": text, "all": ", ".join(str(code) for code in codes)}
        )
    return found


@cache
def _words(what: str) -> dict[str, str]:
    """The labels of all languages of the product -> their code."""
    tables: dict[str, dict[Any, Any]] = {
        "kinds": dict(KINDS), "languages": dict(LANGUAGES), "subjects": dict(SUBJECTS),
        "licences": dict(LICENCES), "grades": dict(GRADES),
    }  # fmt: skip
    found: dict[str, str] = {}
    for tongue, _name in settings.LANGUAGES:
        with override(tongue):
            found |= {_plain(str(label)): str(code) for code, label in tables[what].items()}
    return found


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _parts(text: str) -> list[str]:
    return [part for piece in text.split("|") for part in typed_list(piece)]
