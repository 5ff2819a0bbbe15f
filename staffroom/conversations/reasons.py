"""Why a post may be reported, in words."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from staffroom.conversations.models import Decision, Report

Reason = Report.Reason

REASONS = [
    (Reason.UNKIND, _("It is unkind")),
    (Reason.OFF_TOPIC, _("It is off the topic")),
    (Reason.WRONG, _("The information is wrong")),
    (Reason.FORWARDED, _("It is forwarded, or an advertisement")),
    (Reason.PUPIL, _("A pupil can be seen or is named")),
    (Reason.OTHER, _("Something else")),
]
#: The same for the one who decides; an appeal comes from the author.
SAID = dict(REASONS) | {
    Reason.APPEAL: _("The author asks for a second look"),
    Reason.MENDED: _("The author has changed what was returned"),
}

Choice = Decision.Choice
#: What was decided, for everyone who reads the log.
DECIDED = {
    Choice.HIDDEN: _("Hidden"),
    Choice.RETURNED: _("Returned to its author, to be changed"),
    Choice.REMINDED: _("Somebody was reminded of our rules"),
    Choice.MOVED: _("Moved"),
    Choice.COVERED: _("The photo is covered, the words stay"),
    Choice.PASSED: _("Hidden, to protect somebody"),
}
ALREADY = {
    Choice.HIDDEN: _("%(name)s has decided already: hidden. The reason: %(why)s"),
    Choice.RETURNED: _("%(name)s has decided already: returned to its author. %(why)s"),
    Choice.REMINDED: _("%(name)s has decided already: the author is reminded. %(why)s"),
    Choice.MOVED: _("%(name)s has decided already: moved to the other room. %(why)s"),
    Choice.COVERED: _("%(name)s has decided already: the photo is covered. %(why)s"),
    Choice.PASSED: _("%(name)s has decided already: it is passed on and hidden."),
    Choice.KEPT: _("%(name)s has decided already: it stays."),
}


#: What makes a message doubtful (`methods.text.spam`), in words.
MARKS = {
    "chain": _("it asks to be passed on"),
    "unkind": _("a word that may hurt"),
    "seen": _("others have written the same"),
    "prize": _("a prize, a gift or easy money"),
    "share": _("share with everyone"),
    "link": _("a link"),
    "number": _("a number to call"),
    "money": _("a sum of money"),
    "lure": _("words of an advertisement"),
    "lures": _("several of them"),
    "loud": _("capitals or exclamation marks"),
}


def told_already(decision: Decision) -> str:
    """For whoever comes second: who decided what, and why."""
    name = decision.by.name if decision.by else gettext("A colleague")
    said = str(ALREADY[Choice(decision.choice)]) % {"name": name, "why": decision.why}
    return said.strip()
