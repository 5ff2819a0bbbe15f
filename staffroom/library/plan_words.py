"""The sections that a lesson plan begins with where a programme has not chosen its own."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Standard:
    """One section of the template; `timed` where its lines are steps with minutes."""

    key: str
    title: Any
    hint: Any
    timed: bool = False


STANDARD = [
    Standard(
        "objectives",
        _("What they will be able to do"),
        _("One or two things that you can see or hear at the end of the lesson."),
    ),
    Standard("materials", _("What we need"), _("What is at hand: paper, stones, the board.")),
    Standard(
        "steps",
        _("Step by step"),
        _("One step a line, with its minutes: 10 min: each pair folds a strip."),
        timed=True,
    ),
    Standard("assessment", _("How we know it worked"), _("What each pupil says, shows or writes.")),
    Standard(
        "differentiation",
        _("For those who need more help, and those who need more"),
        _("What makes it easier, and what makes it harder."),
    ),
    Standard("reflection", _("Afterwards"), _("What to look back at with the others.")),
]
BY_KEY = {standard.key: standard for standard in STANDARD}


def title_of(key: str, title: str) -> str:
    """The programme's or the members' own words, else ours in the reader's language."""
    standard = BY_KEY.get(key)
    return title or (str(standard.title) if standard else key)


def hint_of(key: str, hint: str) -> str:
    standard = BY_KEY.get(key)
    return hint or (str(standard.hint) if standard else "")
