from staffroom.communities.models import Invitation, Membership
from staffroom.communities.queries import my_memberships
from staffroom.communities.wall import readable_by
from staffroom.core.clock import now
from staffroom.people.models import Person


def my_links(person: Person) -> list[Invitation]:
    """Living links that this person made into communities they are in, the newest first."""
    mine = my_memberships(person).filter(state=Membership.State.ACTIVE).values("community")
    return list(
        Invitation.objects.filter(
            made_by=person, community__in=mine, withdrawn_at=None, expires_at__gt=now()
        )
        .filter(uses_left__gt=0, community__in=readable_by(person).values("pk"))
        .select_related("community")
        .order_by("-made_at")[:5]
    )
