"""The rows of this room: one file a part."""

from staffroom.channels.switchboard.models.links import (
    GroupLink,
    Link,
    LinkCode,
    Mark,
    Numbered,
    Pending,
)
from staffroom.channels.switchboard.models.received import Payload, Received
from staffroom.channels.switchboard.models.sent import Budget, Meter, Pace, Sent

__all__ = [
    "Budget",
    "GroupLink",
    "Link",
    "LinkCode",
    "Mark",
    "Meter",
    "Numbered",
    "Pace",
    "Payload",
    "Pending",
    "Received",
    "Sent",
]
