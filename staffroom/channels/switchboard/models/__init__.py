"""The rows of this room: one file a part."""

from staffroom.channels.switchboard.models.received import Payload, Received

__all__ = ["Payload", "Received"]
