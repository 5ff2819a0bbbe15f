import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.conversations import sealed
from staffroom.conversations.actions.anonymous import write_sealed
from staffroom.conversations.actions.counting import recount
from staffroom.conversations.actions.photos import Pair
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
    _check(by, question, quotes)
    post = write(
        by=by,
        written_at=written_at,
        photos=photos,
        attached=attached,
        **_answer(
            question, text, quotes, quoted_text, language, id, blank=bool(photos or attached)
        ),
    )
    recount(question)
    return post


@transaction.atomic
def answer_as_asker(
    *,
    by: Person,
    question: Post,
    text: str,
    quotes: Post | None = None,
    quoted_text: str = "",
    language: str = "",
    id: uuid.UUID | None = None,
    pictures: Sequence[Pair] = (),
    shows: str = "",
) -> Post:
    """Whoever asked without a name goes on without one, below the own question."""
    _check(by, question, quotes)
    if not (question.anonymous and sealed.wrote(by, question)):
        raise NotYours
    post = write_sealed(
        by=by,
        pictures=pictures,
        shows=shows,
        **_answer(question, text, quotes, quoted_text, language, id, blank=bool(pictures)),
    )
    recount(question)
    return post


def _check(by: Person, question: Post, quotes: Post | None) -> None:
    check_answer(by, question.community)
    if question.kind != Post.Kind.QUESTION or question.hidden_at is not None:
        raise NotYours
    if question.removed_at is not None:
        raise Refused(_("The question was taken back by its author."))
    if quotes is not None and question.pk not in (quotes.pk, quotes.question_id):
        raise NotYours


def _answer(
    question: Post,
    text: str,
    quotes: Post | None,
    quoted_text: str,
    language: str,
    id: uuid.UUID | None,
    *,
    blank: bool,
) -> dict[str, Any]:
    return {
        "community": question.community,
        "kind": Post.Kind.ANSWER,
        "text": clean(text, blank=blank),
        "id": id,
        "question": question,
        "room": question.room,
        "quotes": quotes,
        "quoted_text": passage(quotes, quoted_text, question.community),
        "language": language,
    }
