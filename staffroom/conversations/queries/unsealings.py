"""Who has to do with an unsealing: the office that decides, the author who is told, the members."""

from django.db.models import Q, QuerySet

from staffroom.communities import offices
from staffroom.communities.models import Community
from staffroom.conversations import sealed
from staffroom.conversations.actions.unseal import ROLES
from staffroom.conversations.models import Unsealing
from staffroom.people.models import Person


def waiting_for(person: Person) -> list[Unsealing]:
    """What waits for this person's yes or no. Members hold no such office and cost no query."""
    if not person.is_staff:
        return []
    found = list(
        Unsealing.objects.filter(
            post__community__in=offices.tended_by(person, *ROLES).values("pk"),
            opened_at=None,
            refused_at=None,
        )
        .filter(Q(first_by=None) | ~Q(first_by=person))
        .select_related("post__community")
        .order_by("asked_at")
    )
    own = sealed.mine(person, [each.post for each in found])
    return [each for each in found if each.post_id not in own]


def to_tell(person: Person) -> list[Unsealing]:
    """Opened seals of this person's own posts, of which the person has not read yet."""
    found = list(
        Unsealing.objects.filter(opened_at__isnull=False, told_at=None).select_related(
            "post__community"
        )
    )
    own = sealed.mine(person, [each.post for each in found])
    return [each for each in found if each.post_id in own]


def opened_in(community: Community) -> QuerySet[Unsealing]:
    """For the members' log."""
    return (
        Unsealing.objects.filter(post__community=community, opened_at__isnull=False)
        .select_related("first_by", "second_by", "post")
        .order_by("-opened_at")
    )
