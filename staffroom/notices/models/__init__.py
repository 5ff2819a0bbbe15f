"""The rows of this room: one file a part."""

from staffroom.notices.models.digests import Allowance, Digest
from staffroom.notices.models.preferences import Preference, Reach

__all__ = ["Allowance", "Digest", "Preference", "Reach"]
