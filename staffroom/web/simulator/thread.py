"""What the web shows the holder of the phones: the newest of the first community that is theirs."""

from staffroom.communities.models import Community, Membership
from staffroom.conversations.models import Post
from staffroom.people.models import Person

MOST = 12


def community_of(person: Person) -> Community | None:
    membership = (
        Membership.objects.filter(person=person, state=Membership.State.ACTIVE)
        .select_related("community")
        .order_by("joined_at")
        .first()
    )
    return membership.community if membership else None


def posts_for(person: Person) -> list[Post]:
    """The newest posts, answers among them, oldest first; none where the person reads none."""
    community = community_of(person)
    if community is None:
        return []
    found = Post.objects.filter(
        community=community, room=Post.Room.LESSONS, hidden_at=None, removed_at=None
    )
    return list(found.select_related("author").order_by("-created_at", "-id")[:MOST])[::-1]
