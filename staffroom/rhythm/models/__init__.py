"""The rows of this room: one file a part."""

from staffroom.rhythm.models.own_time import OwnTime

__all__ = ["OwnTime"]
