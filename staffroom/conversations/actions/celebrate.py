import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.access import is_member
from staffroom.communities.models import Community
from staffroom.conversations.actions.writing import about_words, clean, write
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import check_member
from staffroom.core.errors import Refused
from staffroom.people.models import Person

MAX_FACT = 600
MAX_SAYING = 120


@transaction.atomic
def celebrate(
    *,
    by: Person,
    community: Community,
    about: Person,
    text: str,
    saying: str = "",
    room: str = Post.Room.LESSONS,
    language: str = "",
    id: uuid.UUID | None = None,
    written_at: dt.datetime | None = None,
) -> Post:
    """A member celebrates a colleague: one fact, and a saying if one comes to mind."""
    check_member(by, community)
    if about.pk == by.pk:
        raise Refused(_("Celebrate a colleague. Your own news is welcome as a message."), "about")
    if not is_member(about, community):
        raise Refused(_("Choose somebody who is here."), "about")
    return write(
        by=by,
        community=community,
        kind=Post.Kind.CELEBRATION,
        text=clean(text, most=MAX_FACT),
        id=id,
        written_at=written_at,
        room=room,
        about=about,
        saying=about_words(saying, MAX_SAYING, "saying"),
        language=language,
    )
