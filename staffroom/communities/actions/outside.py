"""Whoever looks from outside is written down, where the members can read it."""

import datetime as dt

from django.db import transaction

from staffroom.communities.models import Community, OutsideView
from staffroom.core.clock import now
from staffroom.people.models import Person

ONE_LOOK = dt.timedelta(minutes=10)


@transaction.atomic
def looked(*, person: Person, community: Community, office: str, page: str) -> None:
    """Write the look down. Turning back to the same page within ten minutes is the same look."""
    recent = OutsideView.objects.filter(
        community=community, person=person, page=page, at__gt=now() - ONE_LOOK
    )
    if not recent.exists():
        OutsideView.objects.create(community=community, person=person, office=office, page=page)
