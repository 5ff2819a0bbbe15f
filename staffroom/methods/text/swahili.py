"""A light stemmer for Swahili: what the same word puts before and behind its stem is taken away.

Swahili bends words at their beginning: kitabu, vitabu (book, books); anafundisha, walifundisha (she
teaches, they taught). What is taken away follows the noun classes and the verb template of Ashton,
*Swahili Grammar* (1944); each rule leaves a stem long enough to be told from others. Words come in
folded (`text.fold`). A stem is a key for comparing, not a word of the dictionary.
"""

import re

#: Who + when, and perhaps which: a-na-, wa-li-, tu-ta-, a-na-ye-.
_VERB = re.compile(
    r"(?:ni|u|a|tu|m|wa|i|li|ya|ki|vi|zi|ku|pa)"
    r"(?:na|li|ta|me|ka|nge|ngali)"
    r"(?:ye|yo|lo|cho|vyo|zo|ko|po|mo)?"
    r"(?=[a-z]{4})"
)
#: Not: ha-wa-, ha-tu-, si-.
_NOT = re.compile(r"(?:ha(?:wa|tu|m|i|u|zi|ya|ki|vi|li)?|si)(?:ta|ku|ja)?(?=[a-z]{4})")
_INFINITIVE = re.compile(r"ku(?=[a-z]{4})")
_NOUN = re.compile(r"(?:mwa|wa|ki|vi|ma|mi|mw(?=[eio])|m(?=[b-df-hj-np-tvxz]))(?=[a-z]{3})")
_PLACE = re.compile(r"(?<=[a-z]{4})ni$")
_DONE_TO = re.compile(r"(?<=[a-z]{4}[b-df-hj-np-tvz])wa$")
_ENDING = re.compile(r"(?<=[a-z]{3})[aei]$")


def stem(word: str) -> str:
    """The part that kitabu and vitabu, anasoma and walisoma have in common."""
    if not word.isascii() or not word.isalpha():
        return word
    word = _PLACE.sub("", word)
    short = _without_beginning(word)
    short = _DONE_TO.sub("", short)
    return _ENDING.sub("", short)


def _without_beginning(word: str) -> str:
    if word.endswith(("a", "e", "u")):
        for pattern in (_VERB, _INFINITIVE):
            if found := pattern.match(word):
                return word[found.end() :]
    if word.endswith("i") and (found := _NOT.match(word)):
        return word[found.end() :]
    return _NOUN.sub("", word, count=1) if _NOUN.match(word) else word
