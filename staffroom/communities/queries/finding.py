"""Which communities a person may ask to join. Nothing of their content, only what they are."""

import uuid

from django.db.models import (
    Case,
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from staffroom.communities import offices, wall
from staffroom.communities.models import Community, Membership
from staffroom.core.clock import today
from staffroom.people.models import Person
from staffroom.places.models import Area, SchoolArea, on_date
from staffroom.places.supervision import ancestors, descendants

GROWING = [Community.Stage.FORMING, Community.Stage.OPEN]


def size() -> Coalesce:
    """How many members a community has, to annotate with.

    Counted aside: grouping the outer query would group by the nearness too, and PostgreSQL reads a
    nearness that is the same for all, a bare number, as the number of a column.
    """
    members = (
        Membership.objects.filter(community=OuterRef("pk"), state=Membership.State.ACTIVE)
        .order_by()
        .values("community")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(members), 0)


def findable_by(person: Person) -> QuerySet[Community]:
    """Listed, growing, of the person's programme, with members, on the right side of the wall."""
    return (
        wall.open_to(person)
        .filter(
            listed=True,
            stage__in=GROWING,
            programme__in=offices.programmes_of(person).values("pk"),
        )
        .annotate(size=size())
        .filter(size__gt=0)
        .select_related("area", "programme")
    )


def find(
    person: Person, *, subject: str = "", language: str = "", area: str = "", words: str = ""
) -> QuerySet[Community]:
    """What the person may ask to join and is not in, narrowed as they wish; what is near first."""
    found = findable_by(person).exclude(
        memberships__in=person.memberships.filter(state__in=["invited", "requested", "active"])
    )
    if subject:
        found = found.filter(subject=subject)
    if language:
        found = found.filter(language=language)
    if area:
        found = found.filter(area__in=_named(area))
    if words:
        found = found.filter(Q(name__icontains=words) | Q(purpose__icontains=words))
    return found.annotate(nearness=_nearness(person)).order_by("-nearness", "name", "id")


def is_placed(person: Person) -> bool:
    """Whether anything is known that makes a community near."""
    return any(person.subjects) or person.postings.filter(on_date(today())).exists()


def _nearness(person: Person) -> Case:
    """3: of the person's subject and near; 2: of the subject; 1: near; 0: neither."""
    mine = Q(subject__in=[each for each in person.subjects if each])
    near = Q(area__in=near_to(person))
    return Case(
        When(mine & near, then=Value(3)),
        When(mine, then=Value(2)),
        When(near, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )


def near_to(person: Person) -> set[uuid.UUID]:
    """The areas the person's schools lie in, up to the widest, and all that lies in those."""
    day = today()
    schools = person.postings.filter(on_date(day)).values("school")
    own = SchoolArea.objects.filter(on_date(day), school__in=schools)
    line = set().union(*ancestors(own.values_list("area_id", flat=True), day).values())
    widest = Area.objects.filter(pk__in=line, level__depth=1).values_list("pk", flat=True)
    return line | descendants(widest, day)


def _named(area: str) -> set[uuid.UUID]:
    """The areas of this name and all that lies in them."""
    day = today()
    named = Area.objects.filter(on_date(day), name__iexact=area).values_list("pk", flat=True)
    return descendants(named, day)
