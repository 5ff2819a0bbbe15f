"""The six exercises: what to do, then what happened and who would have seen it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Exercise:
    """One thing to try. `where` is the route on which one begins."""

    key: str
    icon: str
    where: str
    title: Any
    task: Any
    happened: tuple[Any, ...]
    seen_by: Any

    @property
    def query(self) -> str:
        """What tells the page where one begins for which exercise one has come."""
        return "" if self.where == "practice_question" else f"?try={self.key}"


ASK = Exercise(
    "ask",
    "ask",
    "practice_ask",
    _("Ask a question"),
    _(
        "Write a question you really have: what is hard in class just now? One sentence is enough. Then tap Ask."
    ),
    (
        _("Your question now stands among the others, where all would see it when they open it."),
        _("When somebody answers, you find it on your Today page."),
        _("You can change it or take it back at any time."),
    ),
    _("The members of the community and its adviser, with your name. No head teacher of anyone."),
)
ANSWER = Exercise(
    "answer",
    "say",
    "practice_question",
    _("Answer a colleague"),
    _(
        "Juma asks something. Write in the field below what you would try, and tap the arrow. It need not be the whole answer."
    ),
    (
        _("Your answer stands below Juma’s question."),
        _("Juma is told that there is an answer, and can mark it: This helped."),
        _("Others who try it can say so too. Nobody is counted against anybody."),
    ),
    _("The members of the community and its adviser, with your name."),
)
PHOTO = Exercise(
    "photo",
    "cam",
    "practice_room",
    _("Send a photo"),
    _(
        "Tap the plus beside the field, then Photo. Take the board, a book or your hands: no pupil’s face. Then tap the arrow."
    ),
    (
        _("The photo was made small before it was sent, so that it costs little."),
        _("Where and when it was taken, and with which phone, was removed."),
        _("The others see a box with its size. They pay for it only if they tap it."),
        _("This was practice: the photo was looked at and thrown away. It is kept nowhere."),
    ),
    _("The members of the community and its adviser. No one can open it without signing in."),
)
ANONYMOUS = Exercise(
    "anonymous",
    "lock",
    "practice_ask",
    _("Ask without your name"),
    _(
        "Is there a question you would not like to ask aloud? Tap Without my name, write it, and tap Ask without my name."
    ),
    (
        _("The others see: A colleague asks. Your name stands nowhere on it."),
        _("Take care with the words: a school’s or a pupil’s name may tell who asks."),
        _("In a very small community others may guess; the page says so when it is small."),
    ),
    _("The members see the question. Nobody sees your name, not the moderator, not the ministry."),
)
REPORT = Exercise(
    "report",
    "flag",
    "practice_room",
    _("Report a post"),
    _(
        "Peter’s message does not belong here. Tap the dots beside it, then Other things, then Report it, and choose why."
    ),
    (
        _("The moderator, a colleague whose turn it is, is asked for a look."),
        _("Here it was hidden at once. In a community the moderator decides, and says why."),
        _("Whoever wrote it is told why, and can ask for a second look."),
    ),
    _("The moderator sees the reason, not your name. Neither does the author."),
)
LEAVE = Exercise(
    "leave",
    "out",
    "practice_leave",
    _("Leave"),
    _("You may leave any community at any time, without giving a reason. Try it: tap Leave."),
    (
        _("In a community you would now be outside: you no longer read it, nor does it reach you."),
        _("What you wrote stays, unless you remove it first. You can ask to return."),
        _("Here the door stays open, so that you can go on practising."),
    ),
    _("The members see that you are no longer among them. Nobody is told why."),
)

EXERCISES = {each.key: each for each in (ASK, ANSWER, PHOTO, ANONYMOUS, REPORT, LEAVE)}


def after(done: list[str], key: str = "") -> Exercise | None:
    """The next exercise that has not been done, from this one on and then from the beginning."""
    keys = list(EXERCISES)
    start = keys.index(key) + 1 if key in EXERCISES else 0
    for one in keys[start:] + keys[:start]:
        if one not in done:
            return EXERCISES[one]
    return None
