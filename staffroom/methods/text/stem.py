"""Stems: goat and goats, kitabu and vitabu become the same key, by the rules of their language."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from threading import Lock

import snowballstemmer

from staffroom.methods.text import swahili, urdu
from staffroom.methods.text.fold import words
from staffroom.methods.text.small import LISTED

#: Snowball's stemmers whose rules hold for folded words. (Arabic's do not: folding writes ك as ک.)
_SNOWBALL = {
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "hi": "hindi",
    "id": "indonesian",
    "pt": "portuguese",
}
_OWN: dict[str, Callable[[str], str]] = {"sw": swahili.stem, "ur": urdu.stem}
#: The languages whose words are stemmed; of all others the words stand as they are.
LANGUAGES = frozenset(_SNOWBALL) | frozenset(_OWN)
#: A longer word is an address or a machine's; its beginning is enough to find it.
LONGEST = 40


#: A stemmer of Snowball keeps the word at which it works: two threads may not use it at once.
_ONE_AT_A_TIME = Lock()


@lru_cache(maxsize=16)
def _snowball(language: str) -> Callable[[str], str]:
    made: Callable[[str], str] = snowballstemmer.stemmer(_SNOWBALL[language]).stemWord
    return made


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word itself where its language has no stemmer here."""
    word = word[:LONGEST]
    if len(word) < 3 or word[0].isdigit():
        return word
    if language in _OWN:
        return _OWN[language](word)
    if language in _SNOWBALL:
        with _ONE_AT_A_TIME:
            return _snowball(language)(word)
    return word


def stems(text: str, language: str) -> list[str]:
    """The stems of the words of a text, in order."""
    return [stem(word, language) for word in words(text)]


def forms(word: str, languages: Iterable[str]) -> list[str]:
    """A folded word as texts of these languages may have kept it: itself first, then its stems."""
    found = [word[:LONGEST]]
    found += [stem(word, language) for language in languages]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=1)
def small_words() -> frozenset[str]:
    """The folded small words of all languages that have a list."""
    return frozenset(word for listed in LISTED.values() for word in words(listed))
