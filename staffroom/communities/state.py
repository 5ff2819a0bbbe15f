"""What a community's stage allows."""

from staffroom.communities.models import Community


def can_talk(community: Community) -> bool:
    """Whether anybody may write in it now. Reading is never closed to its members."""
    return community.stage == Community.Stage.OPEN


def can_grow(community: Community) -> bool:
    """Whether people may still come to it."""
    return community.stage in {Community.Stage.FORMING, Community.Stage.OPEN}
