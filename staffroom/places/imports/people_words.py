"""Words of teacher lists: roles, genders, subjects, grades, phone numbers."""

import re
from functools import lru_cache

import phonenumbers
from django.utils.translation import override

from staffroom.people.vocabulary import GRADES, SUBJECTS
from staffroom.places.imports.names import fold

ROLES = {
    "teacher": {
        "", "teacher", "classroom teacher", "assistant teacher", "class teacher", "senior teacher",
        "mwalimu", "enseignant", "enseignante", "استاد", "معلم", "ٹیچر",
    },
    "deputy": {
        "deputy", "dht", "d ht", "d h t", "deputy head", "deputy headteacher", "deputy head teacher", "deputy principal",
        "vice principal", "naibu mwalimu mkuu", "adjoint", "directeur adjoint", "نائب ہیڈ ماسٹر",
    },
    "head": {
        "head", "ht", "h t", "headteacher", "head teacher", "headmaster", "headmistress", "principal",
        "mwalimu mkuu", "directeur", "directrice", "ہیڈ ماسٹر", "ہیڈ مسٹریس", "ہیڈ ٹیچر", "پرنسپل",
    },
}  # fmt: skip
GENDERS = {
    "f": {"f", "female", "woman", "mwanamke", "ke", "femme", "feminin", "عورت", "خاتون", "مونث"},
    "m": {"m", "male", "man", "mwanaume", "mwanamume", "me", "homme", "masculin", "مرد", "مذکر"},
}
MORE_SUBJECTS = {
    "maths": "mathematics", "math": "mathematics", "hisabati": "mathematics", "ریاضی": "mathematics",
    "mathematiques": "mathematics", "swahili": "kiswahili", "sayansi": "science", "سائنس": "science",
    "kiingereza": "english", "انگریزی": "english", "اردو": "urdu", "social science": "social-studies",
    "sst": "social-studies", "islamiyat": "ire", "اسلامیات": "ire", "ecd": "early-years",
    "ecde": "early-years",
}  # fmt: skip
GAPS = re.compile(r"[,;/&+،؛]|\band\b|\bna\b|\bet\b")
ROLE_OF = {fold(word): role for role, words in ROLES.items() for word in words}
GENDER_OF = {fold(word): gender for gender, words in GENDERS.items() for word in words}


@lru_cache(maxsize=1)
def _subjects() -> dict[str, str]:
    with override("en"):
        known = {fold(str(label)): code for code, label in SUBJECTS.items()}
    known |= {fold(code): code for code in SUBJECTS}
    return known | {fold(word): code for word, code in MORE_SUBJECTS.items()}


def role_of(text: str) -> str | None:
    """teacher, deputy, head; None for a word we do not know."""
    return ROLE_OF.get(fold(text))


def gender_of(text: str) -> str | None:
    return GENDER_OF.get(fold(text)) if text else ""


def subjects_of(text: str) -> tuple[list[str], list[str]]:
    """Known subjects, and the words that are none."""
    found, strange = [], []
    for part in filter(None, (part.strip() for part in GAPS.split(text))):
        code = _subjects().get(fold(part))
        if code is None:
            strange.append(part)
        elif code not in found:
            found.append(code)
    return found, strange


def grades_of(text: str) -> tuple[list[int], list[str]]:
    """ "Grade 6-8, Form 3, PP1" as our numbers, and the words that are none."""
    found: set[int] = set()
    strange = []
    for part in filter(None, (part.strip() for part in GAPS.split(text))):
        span = re.fullmatch(
            r"(?P<word>pp|form|kidato|grade|std|class|darasa la|gredi|g)?\s*(?P<a>\d{1,2})(?:\.0)?"
            r"(?:\s*[-–]\s*(?P<b>\d{1,2}))?",
            part.casefold(),
        )
        grades = _span(span) if span else set()
        if grades:
            found |= grades
        else:
            strange.append(part)
    return sorted(found), strange


def _span(match: re.Match[str]) -> set[int]:
    shift = {"pp": -2, "form": 8, "kidato": 8}.get(match["word"] or "", 0)
    first = int(match["a"]) + shift
    last = int(match["b"]) + shift if match["b"] else first
    some = set(range(first, last + 1))
    return some if some and some <= set(GRADES) else set()


def phone_of(text: str, region: str) -> str | None:
    """The number with its country code; None when it is none. Leading zeros may be lost."""
    try:
        number = phonenumbers.parse(text.lstrip("'").removesuffix(".0"), region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def masked(phone: str) -> str:
    """What a report may show of a number: its last three digits."""
    digits = [char for char in phone if char.isdigit()]
    return "…" + "".join(digits[-3:])
