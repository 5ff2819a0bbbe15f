"""Why a post may be reported, in words."""

from django.utils.translation import gettext_lazy as _

from staffroom.conversations.models import Report

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
SAID = dict(REASONS) | {Reason.APPEAL: _("The author asks for a second look")}
