import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.actions.joining import break_the_ice
from staffroom.communities.models import Community
from staffroom.conversations.actions.writing import MAX_TOPIC, about_words, clean, write
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import check_member
from staffroom.core.errors import Refused
from staffroom.people.models import Person
from staffroom.people.vocabulary import GRADES


@transaction.atomic
def ask(
    *,
    by: Person,
    community: Community,
    text: str,
    topic: str = "",
    grade: int | None = None,
    language: str = "",
    id: uuid.UUID | None = None,
    written_at: dt.datetime | None = None,
    photos: Collection[uuid.UUID] = (),
    attached: Collection[uuid.UUID] = (),
) -> Post:
    """A member asks the community a question."""
    check_member(by, community)
    if grade is not None and grade not in GRADES:
        raise Refused(_("Choose one of the grades in the list."), "grade")
    break_the_ice(person=by, community=community)
    return write(
        by=by,
        community=community,
        kind=Post.Kind.QUESTION,
        text=clean(text),
        id=id,
        written_at=written_at,
        photos=photos,
        attached=attached,
        topic=about_words(topic, MAX_TOPIC, "topic"),
        grade=grade,
        language=language,
    )
