import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.conversations.actions.counting import recount
from staffroom.conversations.actions.writing import clean, passage, write
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import check_answer
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person


@transaction.atomic
def answer(
    *,
    by: Person,
    question: Post,
    text: str,
    quotes: Post | None = None,
    quoted_text: str = "",
    language: str = "",
    id: uuid.UUID | None = None,
    written_at: dt.datetime | None = None,
    photos: Collection[uuid.UUID] = (),
    attached: Collection[uuid.UUID] = (),
) -> Post:
    """A member or adviser answers a question. A photo, a voice or a paper may do without words."""
    community = question.community
    check_answer(by, community)
    if question.kind != Post.Kind.QUESTION or question.hidden_at is not None:
        raise NotYours
    if question.removed_at is not None:
        raise Refused(_("The question was taken back by its author."))
    if quotes is not None and question.pk not in (quotes.pk, quotes.question_id):
        raise NotYours
    post = write(
        by=by,
        community=community,
        kind=Post.Kind.ANSWER,
        text=clean(text, blank=bool(photos or attached)),
        id=id,
        written_at=written_at,
        photos=photos,
        attached=attached,
        question=question,
        room=question.room,
        quotes=quotes,
        quoted_text=passage(quotes, quoted_text, community),
        language=language,
    )
    recount(question)
    return post
