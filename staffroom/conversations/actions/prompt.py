import datetime as dt
import uuid

from django.db import transaction

from staffroom.communities.models import Community
from staffroom.conversations.actions.writing import clean, write
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import check_moderate
from staffroom.people.models import Person


@transaction.atomic
def prompt(
    *,
    by: Person,
    community: Community,
    text: str,
    room: str = Post.Room.LESSONS,
    language: str = "",
    id: uuid.UUID | None = None,
    written_at: dt.datetime | None = None,
) -> Post:
    """The moderator puts something before everyone: the question of the week."""
    check_moderate(by, community)
    return write(
        by=by,
        community=community,
        kind=Post.Kind.PROMPT,
        text=clean(text),
        id=id,
        written_at=written_at,
        room=room,
        language=language,
    )
