"""A light stemmer for Urdu: the endings of number and case, nothing else.

کتاب, کتابیں, کتابوں are one book and several; بچہ, بچے, بچوں a child and children. Words come in
folded (`text.fold`). Broken plurals (کسر, کسور) stay two words: they are not made by endings.
"""

_TO_YE = ("یاں", "یوں")
_AWAY = ("وں", "یں", "ات")
_LAST = ("ا", "ے", "ہ")


def stem(word: str) -> str:
    """The word without its ending, where three letters stay (two before a last vowel)."""
    for ending in _TO_YE:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + "ی"
    for ending in _AWAY:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            word = word[: -len(ending)]
            break
    if len(word) > 2 and word.endswith(_LAST):
        return word[:-1]
    return word
