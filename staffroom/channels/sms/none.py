"""No text messages: moderators hand over first codes, and demo mode shows them on the page."""

import logging

from staffroom.channels.sms.provider import Provider
from staffroom.channels.switchboard.messages import Taken

log = logging.getLogger(__name__)


def send(to: str, text: str) -> Taken:
    log.info("sms.not_sent", extra={"provider": "none"})
    return Taken(id="")


PROVIDER = Provider(key="none", name="No provider", send=send)
