"""The words of command, in every language at once: whoever writes need not have chosen one."""

from staffroom.methods.text.fold import words

#: Command -> how it may be written. The first of each language is what help says.
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "help": {"en": ("HELP", "INFO"), "sw": ("MSAADA", "USAIDIZI"), "ur": ("مدد",)},
    "ask": {"en": ("ASK", "QUESTION"), "sw": ("ULIZA", "SWALI"), "ur": ("سوال", "پوچھیں")},
    "say": {"en": ("SAY", "MESSAGE"), "sw": ("SEMA", "UJUMBE"), "ur": ("پیغام", "کہیں")},
    "answer": {"en": ("ANSWER", "REPLY"), "sw": ("JIBU",), "ur": ("جواب",)},
    "today": {"en": ("TODAY",), "sw": ("LEO",), "ur": ("آج",)},
    "more": {"en": ("MORE", "READ"), "sw": ("ZAIDI", "SOMA"), "ur": ("مزید", "پڑھیں")},
    "thanks": {"en": ("THANKS", "THANK"), "sw": ("ASANTE",), "ur": ("شکریہ",)},
    "helped": {"en": ("HELPED",), "sw": ("IMESAIDIA",), "ur": ("مفید",)},
    "done": {"en": ("DONE", "SOLVED"), "sw": ("TAYARI", "IMETATULIWA"), "ur": ("حل",)},
    "celebrate": {"en": ("CELEBRATE",), "sw": ("PONGEZI", "HONGERA"), "ur": ("مبارک",)},
    "group": {"en": ("GROUP", "COMMUNITY"), "sw": ("JUMUIYA", "KIKUNDI"), "ur": ("بزم",)},
    "nameless": {"en": ("WITHOUT NAME",), "sw": ("BILA JINA",), "ur": ("بغیر نام", "بے نام")},
    "agree": {"en": ("AGREE",), "sw": ("NAKUBALI",), "ur": ("متفق",)},
    "stop": {
        "en": ("STOP", "UNSUBSCRIBE", "END", "QUIT", "CANCEL"),
        "sw": ("ACHA", "SIMAMA"),
        "ur": ("روکیں", "بند"),
    },
    "start": {"en": ("START",), "sw": ("ANZA",), "ur": ("شروع",)},
    "language": {"en": ("LANGUAGE",), "sw": ("LUGHA",), "ur": ("زبان",)},
    "link": {"en": ("LINK",), "sw": ("UNGA",), "ur": ("جوڑیں",)},
    "yes": {"en": ("YES", "OK"), "sw": ("NDIYO", "NDIO"), "ur": ("ہاں", "جی")},
    "no": {"en": ("NO",), "sw": ("HAPANA", "LA"), "ur": ("نہیں",)},
}
#: These stand before words of the person's own, which would be posted: no guessing.
WITH_WORDS = frozenset({"ask", "say", "answer", "nameless", "celebrate", "link", "language"})
#: Behind these a number says which post, or which community.
NUMBERED = frozenset({"answer", "more", "thanks", "helped", "done", "group", "yes"})

LANGUAGES = {
    "en": ("ENGLISH", "EN", "KIINGEREZA", "انگریزی"),
    "sw": ("KISWAHILI", "SWAHILI", "SW", "سواحلی"),
    "ur": ("URDU", "UR", "KIURDU", "اردو"),
}

#: Folded words -> command, the longer first.
FOLDED = {
    tuple(words(spelling)): command
    for command, languages in WORDS.items()
    for spellings in languages.values()
    for spelling in spellings
}


def word(command: str, language: str) -> str:
    """As help tells it."""
    there = WORDS[command]
    return there.get(language, there["en"])[0]
