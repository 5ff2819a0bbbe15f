"""Which communities a person may ask to join. Nothing of their content, only what they are."""

from django.db.models import Count, Q, QuerySet

from staffroom.communities import offices, wall
from staffroom.communities.models import Community
from staffroom.people.models import Person

IN = Q(memberships__state="active")
GROWING = [Community.Stage.FORMING, Community.Stage.OPEN]


def findable_by(person: Person) -> QuerySet[Community]:
    """Listed, growing, of the person's programme, with members, on the right side of the wall."""
    return (
        wall.open_to(person)
        .filter(
            listed=True,
            stage__in=GROWING,
            programme__in=offices.programmes_of(person).values("pk"),
        )
        .annotate(size=Count("memberships", filter=IN, distinct=True))
        .filter(size__gt=0)
        .select_related("area", "programme")
    )


def find(
    person: Person, *, subject: str = "", language: str = "", area: str = "", words: str = ""
) -> QuerySet[Community]:
    """What the person may ask to join and is not in, narrowed as they wish, by name."""
    found = findable_by(person).exclude(
        memberships__in=person.memberships.filter(state__in=["invited", "requested", "active"])
    )
    if subject:
        found = found.filter(subject=subject)
    if language:
        found = found.filter(language=language)
    if area:
        found = found.filter(area__name__iexact=area)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(purpose__icontains=words))
    return found.order_by("name", "id")
