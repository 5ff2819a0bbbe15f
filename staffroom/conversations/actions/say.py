import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction

from staffroom.communities.models import Community
from staffroom.conversations.actions.writing import clean, passage, write
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import check_say
from staffroom.core.errors import NotYours
from staffroom.people.models import Person


@transaction.atomic
def say(
    *,
    by: Person,
    community: Community,
    text: str,
    room: str = Post.Room.LESSONS,
    quotes: Post | None = None,
    quoted_text: str = "",
    language: str = "",
    id: uuid.UUID | None = None,
    written_at: dt.datetime | None = None,
    photos: Collection[uuid.UUID] = (),
    attached: Collection[uuid.UUID] = (),
) -> Post:
    """A message, by itself or in reply to a post. A photo, a voice or a paper may say it without words."""
    if room not in Post.Room.values:
        raise NotYours
    check_say(by, community, room)
    return write(
        by=by,
        community=community,
        kind=Post.Kind.MESSAGE,
        text=clean(text, blank=bool(photos or attached)),
        id=id,
        written_at=written_at,
        photos=photos,
        attached=attached,
        room=room,
        quotes=quotes,
        quoted_text=passage(quotes, quoted_text, community),
        language=language,
    )
