"""Words that come from a sister community, and go again: `edges` decides which, and who said yes.

Nothing here names who wrote them. A question has no author here at all; an answer has the credit that
its author chose.
"""

import datetime as dt
import uuid

from django.db.models import Max

from staffroom.communities.models import Community
from staffroom.conversations import sealed
from staffroom.conversations.actions import search_text
from staffroom.conversations.actions.counting import hold as hold_post
from staffroom.conversations.actions.counting import recount
from staffroom.conversations.actions.tracing import trace
from staffroom.conversations.actions.trusting import words_changed
from staffroom.conversations.actions.writing import hold
from staffroom.conversations.models import Post
from staffroom.core.clock import now


def bring_question(
    *, community: Community, text: str, topic: str, grade: int | None, language: str
) -> Post:
    """Put the question among the lessons of `community`, at no minute that could be matched."""
    community = hold(community)
    newest = Post.objects.filter(community=community).aggregate(at=Max("created_at"))["at"]
    return _put(
        Post(
            id=uuid.uuid4(),
            community=community,
            kind=Post.Kind.QUESTION,
            anonymous=True,
            text=text,
            topic=topic,
            grade=grade,
            language=language,
            created_at=sealed.moment(now(), community.timezone, newest),
        )
    )


def bring_answer(*, question: Post, text: str, language: str) -> Post:
    """Put an answer that was written elsewhere below the question that was asked here."""
    hold(question.community)
    post = _put(
        Post(
            community=question.community,
            kind=Post.Kind.ANSWER,
            question=question,
            room=question.room,
            text=text,
            language=language,
            created_at=now(),
        )
    )
    recount(question)
    return post


def change(post: Post, *, text: str, credit: str, gone: bool) -> None:
    """Bring what came from elsewhere in line with what it is there."""
    wanted = (text, credit, gone)
    if (post.text, post.credit, post.removed_at is not None) == wanted:
        return
    held = hold_post(post)
    held.text, held.credit = text, credit
    held.removed_at = (held.removed_at or _moment(held)) if gone else None
    held.version += 1
    held.save(update_fields=["text", "credit", "removed_at", "version"])
    search_text.remember(held)
    words_changed(held)
    if held.question is not None:
        recount(held.question)
    trace("post.changed_elsewhere", held, by=None)


def _moment(post: Post) -> dt.datetime:
    return post.created_at if post.anonymous else now()


def _put(post: Post) -> Post:
    post.travel = Post.Travel.IN
    post.save(force_insert=True)
    search_text.remember_new(post)
    trace("post.written", post, by=None, kind=post.kind)
    return post
