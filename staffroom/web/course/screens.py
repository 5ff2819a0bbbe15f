"""The short course on good participation: seven screens, one thought and one question each."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Screen:
    """`answers`: what one can tap; `right` is the place of the one that fits, `why` says why."""

    title: Any
    thought: Any
    question: Any
    answers: tuple[Any, ...]
    right: int
    why: Any


SCREENS = (
    Screen(
        _("Ask as you would in the staffroom"),
        _(
            "Whoever asks helps everyone who wondered and kept silent. A good question says what you did, what happened and what you would like to know."
        ),
        _("Which of these is easiest to answer?"),
        (
            _("How does one teach fractions?"),
            _("I cut paper into four; half the class still says a quarter is more. What next?"),
            _("My class is weak."),
        ),
        1,
        _("It says what was tried and what happened. So a colleague can begin where you stand."),
    ),
    Screen(
        _("Answer kindly, with what you tried"),
        _(
            "You need not know everything. What worked once in your class is worth more than what the book says, and so is what did not work."
        ),
        _("A young colleague asks something that you find simple. What helps?"),
        (
            _("You should have learned this in college."),
            _("Nothing; somebody else will answer."),
            _("I had the same in my second year. I tried this, and it half worked."),
        ),
        2,
        _("Then the next one dares to ask too. That is how a group stays alive."),
    ),
    Screen(
        _("Say when it helped"),
        _(
            "Thanks cost one tap. “This helped” shows the next reader which answer was of use, and whoever wrote it learns that it was worth the bundle."
        ),
        _("You used a colleague’s idea in class, and it worked. What now?"),
        (
            _("Mark the answer “This helped”, and say in one line how it went."),
            _("Nothing, they will know."),
            _("Send it on as my own."),
        ),
        0,
        _("How it went in your class is what the others cannot find in any book."),
    ),
    Screen(
        _("No pupil’s face, no pupil’s name"),
        _(
            "Show the board, the exercise book, hands at work. A child cannot agree to be shown, and a photo cannot be called back."
        ),
        _("A pupil’s working shows the mistake well. What do you send?"),
        (
            _("A photo of the pupil holding the book."),
            _("A photo of the page, the name covered."),
            _("The pupil’s name and marks, without a photo."),
        ),
        1,
        _("The page shows all that colleagues need. Who wrote it helps nobody."),
    ),
    Screen(
        _("Check before you pass it on"),
        _(
            "Not all that arrives is right: dates of examinations, notices in the ministry’s name, cures. Ask where it comes from, and try it, before others build on it."
        ),
        _(
            "You are sent next term’s examination dates. Nobody knows who wrote them. What do you do?"
        ),
        (
            _("Send them on at once; it is urgent."),
            _("Ask in the community whether anybody knows where they come from."),
            _("Change them a little, to be safe."),
        ),
        1,
        _("Something wrong travels faster than its correction. The adviser can look at it too."),
    ),
    Screen(
        _("Who sees what"),
        _(
            "What you write is read by the members of your community and its adviser. No head teacher and no inspector reads or measures a community that holds someone they supervise."
        ),
        _("Your head teacher would like to look into your community. Can it be arranged?"),
        (
            _("Yes, if they ask the moderator."),
            _("Yes, after an inspection."),
            _("No. Not by anyone, and not after a change of posting either."),
        ),
        2,
        _("It is a rule of the system itself. So one can say: I do not understand this."),
    ),
    Screen(
        _("The moderator’s turn comes to everyone"),
        _(
            "The moderator is a colleague for some weeks, not a leader: a quarter of an hour a day, to welcome, to look at reports and to hear who has not been heard. Then it is the next one’s turn."
        ),
        _("You are asked to take the next turn, and this month it is too much. What can you do?"),
        (
            _("Say no. Another is asked, and you may be asked again later."),
            _("Leave the community."),
            _("Say yes and do nothing."),
        ),
        0,
        _("One may always say no. Until somebody says yes, everybody sees that the place is free."),
    ),
)
