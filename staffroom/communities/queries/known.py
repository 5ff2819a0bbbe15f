"""Finding a colleague to invite: by name, in the programme, without anybody's number."""

from django.db.models import Q, QuerySet

from staffroom.communities import wall
from staffroom.communities.models import Community
from staffroom.core.clock import today
from staffroom.people.models import Person
from staffroom.places import supervision
from staffroom.places.models import Posting, on_date

FEWEST_LETTERS = 3
MOST = 10


def known_by_name(
    by: Person, community: Community, words: str, *, outside: bool = False
) -> list[Person]:
    """At most ten teachers of the programme whose name has all the words.

    For members, who is in already or whom the wall keeps out is simply not in the list. From
    `outside` nobody is left out: the gaps would tell a gardener who the members are.
    """
    parts = words.split()
    if len("".join(parts)) < FEWEST_LETTERS:
        return []
    posted = Posting.objects.filter(on_date(today()), school__programme=community.programme_id)
    found: QuerySet[Person] = Person.objects.filter(
        pk__in=posted.values("person"), erased_at=None, is_active=True
    )
    for part in parts[:4]:
        found = found.filter(Q(name__icontains=part))
    found = found.order_by("name", "pk")
    if outside:
        return list(found[:MOST])
    living = community.memberships.filter(state__in=["invited", "requested", "active"])
    found = found.exclude(memberships__in=living)
    below = supervision.supervised_by(by)
    few = [person for person in found[: MOST * 3] if person.pk not in below]
    return [person for person in few if wall.may_join(person, community)][:MOST]
