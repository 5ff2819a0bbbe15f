"""When two spellings are one name: folding, and a small edit distance."""

import unicodedata
from functools import lru_cache

#: Words that tell two real places apart, however alike the rest is.
TELLING = {
    "north", "south", "east", "west", "central", "upper", "lower", "old", "new", "rural", "urban",
    "kaskazini", "kusini", "mashariki", "magharibi", "kati", "nord", "sud", "est", "ouest",
}  # fmt: skip


@lru_cache(maxsize=200_000)
def fold(name: str) -> str:
    """Case, accents, apostrophes and punctuation aside; ی/ي and ک/ك made one."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(
        {ord("ي"): "ی", ord("ى"): "ی", ord("ك"): "ک", ord("ہ"): "ه", ord("ۃ"): "ه"}
    )
    out = []
    for char in plain:
        if char.isalnum():
            out.append(char)
        elif char in "'’‘`´ʼ" or unicodedata.category(char) in {"Mn", "Cf"}:
            continue
        else:
            out.append(" ")
    return " ".join("".join(out).split())


def near(one: str, other: str) -> bool:
    """Whether two folded names are probably one name misspelled."""
    if one == other:
        return False
    if one.replace(" ", "") == other.replace(" ", ""):
        return True
    short = min(len(one), len(other))
    if short < 5 or any(char.isdigit() for char in one + other):
        return False
    words, others = one.split(), other.split()
    if len(words) != len(others) or (set(words) ^ set(others)) & TELLING:
        return False
    return distance(one, other, most=2 if short >= 9 else 1) is not None


def extends(longer: str, name: str) -> bool:
    """Whether `longer` is `name` and a telling word ("Nairobi North" and "Nairobi")."""
    words = longer.split()
    return len(words) > 1 and words[-1] in TELLING and " ".join(words[:-1]) == name


def distance(one: str, other: str, most: int) -> int | None:
    """Edits (insert, delete, replace, swap neighbours) from one to the other; None above `most`."""
    if abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
        before, last = last, row
    return last[-1] if last[-1] <= most else None
