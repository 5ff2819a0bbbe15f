"""Whether a line of a calendar is a school term or a holiday: guessed, to be looked at."""

import datetime as dt

from staffroom.places.imports.names import fold

TERM = {fold(word) for word in (
    "term", "trimester", "semester", "school term", "muhula", "trimestre", "semestre", "session", "میقات",
    "ٹرم", "سمسٹر",
)}  # fmt: skip
FREE = {fold(word) for word in (
    "holiday", "holidays", "break", "half", "midterm", "mid", "vacation", "leave", "likizo", "sikukuu", "conge",
    "conges", "vacances", "ferie", "end", "closing", "چھٹی", "چھٹیاں", "تعطیل", "تعطیلات",
)}  # fmt: skip
#: Shorter than this it is no term, whatever its name.
SHORTEST_TERM = 28


def kind_of(name: str, first: dt.date, last: dt.date) -> str:
    """By the words of its name and by its length."""
    words = set(fold(name).split())
    long = (last - first).days + 1 >= SHORTEST_TERM
    return "term" if long and words & TERM and not words & FREE else "holiday"


def kind_said(text: str) -> str:
    """The kind that a column names: "term", "holiday", or "" where it says neither."""
    words = set(fold(text).split())
    if words & FREE:
        return "holiday"
    return "term" if words & TERM else ""
