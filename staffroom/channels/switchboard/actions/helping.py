"""Help in the member's language, as long as the channel carries: two parts of a text message at most."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from staffroom.channels.switchboard.actions.turn import Turn
from staffroom.channels.switchboard.talk.saying import Say
from staffroom.channels.switchboard.talk.words import word

MOST_PARTS = 2


def help(turn: Turn) -> Say:
    """All of it where there is room; else the few words that one needs most."""
    full = "\n".join(lines())
    if not turn.channel.can.parts or turn.channel.parts(full) <= MOST_PARTS:
        return Say(full)
    return Say("\n".join(brief()))


def lines() -> list[str]:
    words = _words()
    return [
        _("%(ask)s and your question: we ask it.") % words,
        _("A number and your words, as “3 Fold it”: answers number 3.") % words,
        _("%(today)s: what is on. %(more)s 3: all of number 3.") % words,
        _("%(thanks)s 3, %(helped)s 3: say so. %(done)s: your question is solved.") % words,
        _("%(nameless)s and a question: without your name.") % words,
        _("%(group)s: another community. %(language)s: another language.") % words,
        _("%(stop)s: nothing more comes. %(start)s: again.") % words,
    ]


def brief() -> list[str]:
    words = _words()
    return [
        f"{words['ask']} …",
        _("3 …: answer no. 3"),
        f"{words['today']}, {words['more']} 3, {words['thanks']} 3",
        f"{words['nameless']} …",
        f"{words['stop']}, {words['start']}",
    ]


def _words() -> dict[str, str]:
    language = (get_language() or "en")[:2]
    names = ("ask", "today", "more", "thanks", "helped", "done", "nameless", "group", "language")
    return {each: word(each, language) for each in (*names, "stop", "start")}
