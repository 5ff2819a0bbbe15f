"""What may keep somebody away, in words. Reading is taking part, and is said first among equals."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from staffroom.rhythm.models.silence import SilenceAnswer

Reason = SilenceAnswer.Reason

REASONS: dict[str, Any] = {
    Reason.TIME: _("I have no time"),
    Reason.SIGNAL: _("No data or no signal"),
    Reason.PHONE: _("My phone"),
    Reason.NOT_USEFUL: _("It was not useful to me"),
    Reason.COMFORT: _("I did not feel comfortable"),
    Reason.READING: _("Reading is enough for me"),
    Reason.OTHER: _("Something else"),
}
