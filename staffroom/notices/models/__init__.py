"""The rows of this room: one file a part."""

from staffroom.notices.models.digests import Allowance, Digest, Reminder
from staffroom.notices.models.messages import Message
from staffroom.notices.models.preferences import Preference, Reach

__all__ = ["Allowance", "Digest", "Message", "Preference", "Reach", "Reminder"]
