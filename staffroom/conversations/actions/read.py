import datetime as dt

from django.db import transaction

from staffroom.communities.access import community_for
from staffroom.communities.models import Community
from staffroom.conversations.models import Post, ReadMark
from staffroom.people.models import Person


@transaction.atomic
def mark_read(
    *,
    by: Person,
    community: Community,
    until: dt.datetime,
    room: str = "",
    question: Post | None = None,
) -> None:
    """The member has read a room, or the answers of a question, as far as `until`. Never back."""
    community_for(by, community.pk)
    mark = ReadMark(
        person=by,
        community=community,
        question=question,
        room="" if question else room,
        until=until,
    )
    marks = ReadMark.objects.filter(person=by, community=community, question=question)
    if not marks.filter(room=mark.room, until__lt=until).update(until=until):
        ReadMark.objects.bulk_create([mark], ignore_conflicts=True)  # read further before: stands
