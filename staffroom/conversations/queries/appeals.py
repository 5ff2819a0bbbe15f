"""Second looks: who of the programme may take one, what waits for them, what was returned."""

import uuid

from django.db.models import QuerySet

from staffroom.communities import offices
from staffroom.communities.models import Community
from staffroom.conversations import sealed
from staffroom.conversations.models import Decision, Photo, Post, Report
from staffroom.core.clock import today
from staffroom.people.models import Person
from staffroom.places.models import Appointment, on_date

ROLES = (offices.GARDENER, offices.ADMINISTRATOR)


def office_of(community: Community) -> list[Person]:
    """The gardeners and administrators of this community whom the wall does not bar."""
    held = Appointment.objects.filter(
        on_date(today()), programme=community.programme_id, role__in=ROLES
    )
    people = Person.objects.filter(pk__in=held.values("person"), is_staff=True, is_active=True)
    return [person for person in people if offices.tends(person, community, *ROLES)]


def appealed_to_office() -> QuerySet[Report]:
    return Report.objects.filter(reason=Report.Reason.APPEAL, to=Report.To.OFFICE)


def appeals_for(person: Person) -> list[Report]:
    """What waits for this person of the office. Members hold none and cost no query."""
    if not person.is_staff:
        return []
    tended = offices.tended_by(person, *ROLES).values("pk")
    found = list(
        appealed_to_office()
        .filter(post__community__in=tended, decision=None, post__removed_at=None)
        .select_related("post__community")
        .order_by("at")
    )
    own = sealed.mine(person, [each.post for each in found])
    return [each for each in found if each.post.author_id != person.pk and each.post_id not in own]


def returned_to_author(post: Post) -> Decision | None:
    """The decision by which the post lies with its author, to be changed."""
    if post.hidden_at is None or post.removed_at is not None:
        return None
    return post.decisions.filter(
        choice=Decision.Choice.RETURNED, undone_at=None, mended_at=None
    ).first()


def photo_of(appeal: Report, id: uuid.UUID) -> Photo | None:
    """A photo of the post that the office looks at."""
    return Photo.objects.filter(pk=id, post=appeal.post_id).first()
