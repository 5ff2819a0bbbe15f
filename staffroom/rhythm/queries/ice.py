"""What is hard for whom: those who shared stand side by side; of the others nothing is said."""

from django.db.models import QuerySet

from staffroom.communities.models import Community
from staffroom.conversations.queries.mutes import muted_ids
from staffroom.people.models import Person
from staffroom.rhythm.models import IceBreaker
from staffroom.rhythm.queries.hour import NOT_SHOWN


def mine(person: Person, community: Community) -> IceBreaker | None:
    return (
        IceBreaker.objects.filter(community=community, person=person)
        .select_related("question")
        .first()
    )


def others(person: Person, community: Community) -> QuerySet[IceBreaker]:
    """In the order in which they were shared."""
    return (
        IceBreaker.objects.filter(community=community, hidden_at=None)
        .exclude(person=person)
        .exclude(person__in=muted_ids(person))
        .select_related("person", "question")
        .defer(*(f"person__{field}" for field in NOT_SHOWN))
        .order_by("at", "pk")
    )
