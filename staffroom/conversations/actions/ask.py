import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.actions.joining import break_the_ice
from staffroom.communities.models import Community
from staffroom.conversations.actions.anonymous import check_offered, write_sealed
from staffroom.conversations.actions.photos import Pair
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
    question = _question(by, community, text, topic, grade, language)
    break_the_ice(person=by, community=community)
    return write(
        by=by,
        community=community,
        id=id,
        written_at=written_at,
        photos=photos,
        attached=attached,
        **question,
    )


@transaction.atomic
def ask_without_name(
    *,
    by: Person,
    community: Community,
    text: str,
    topic: str = "",
    grade: int | None = None,
    language: str = "",
    id: uuid.UUID | None = None,
    pictures: Sequence[Pair] = (),
    shows: str = "",
) -> Post:
    """A member asks, and nobody learns who: neither the community nor whoever reads the database.

    The language is what the form says, never guessed from the person.
    """
    question = _question(by, community, text, topic, grade, language)
    check_offered(community)
    return write_sealed(
        by=by, community=community, id=id, pictures=pictures, shows=shows, **question
    )


def _question(
    by: Person, community: Community, text: str, topic: str, grade: int | None, language: str
) -> dict[str, Any]:
    check_member(by, community)
    if grade is not None and grade not in GRADES:
        raise Refused(_("Choose one of the grades in the list."), "grade")
    return {
        "kind": Post.Kind.QUESTION,
        "text": clean(text),
        "topic": about_words(topic, MAX_TOPIC, "topic"),
        "grade": grade,
        "language": language,
    }
