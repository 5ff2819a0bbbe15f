"""A question with its answers."""

import uuid

from django.db.models import Case, QuerySet, When

from staffroom.communities.models import Community
from staffroom.conversations.models import Helped, Post, Thanks
from staffroom.conversations.queries.stream import showable, with_people, with_pictures
from staffroom.core.prepared import Ids, Prepared
from staffroom.library.models import Trust
from staffroom.people.models import Person

#: Answers on a page before "show all".
SHOWN = 30


def question_of(community: Community, id: uuid.UUID) -> Post | None:
    """The question, found through its community."""
    found: list[Post] = _QUESTION.rows(community.pk, id)
    for question in found:
        question.community = community
    return next(iter(with_pictures(found)), None)


def post_of(community: Community, id: uuid.UUID) -> Post | None:
    """Any post, found through its community."""
    found: Post | None = _POST.first(community.pk, id)
    return found


def answers(question: Post) -> QuerySet[Post]:
    """Verified ones first, then those that helped most people, then as they came."""
    return with_people(_answers(question.pk))


def first_answers(question: Post, most: int) -> list[Post]:
    """The first `most` of them and one more, if there is one."""
    if most != SHOWN:
        return list(answers(question)[: most + 1])
    return with_pictures(_FIRST.rows(question.pk))


def newest_answer(question: Post) -> uuid.UUID | None:
    """The answer that came last."""
    return next((row[0] for row in _LAST.rows(question.pk)), None)


def _answers(question: uuid.UUID) -> QuerySet[Post]:
    return Post.objects.filter(question=question).order_by(
        Case(When(trust=Trust.State.VERIFIED, then=0), default=1),
        "-helped_count",
        "created_at",
        "id",
    )


_LAST = Prepared(
    lambda question: (
        Post.objects.filter(question=question).order_by("-created_at", "-id").values_list("pk")[:1]
    ),
    uuid.UUID,
)
_QUESTION = Prepared(
    lambda community, id: showable(
        Post.objects.filter(community=community, pk=id, kind=Post.Kind.QUESTION)
    ),
    uuid.UUID,
    uuid.UUID,
)
_POST = Prepared(
    lambda community, id: Post.objects.filter(community=community, pk=id).select_related(
        "community", "author", "about", "question", "quotes__author"
    ),
    uuid.UUID,
    uuid.UUID,
)
_FIRST = Prepared(lambda question: showable(_answers(question))[: SHOWN + 1], uuid.UUID)
_HELPED = Prepared(
    lambda person, posts: Helped.objects.filter(person=person, post__in=posts).values_list("post"),
    uuid.UUID,
    Ids,
)
_THANKED = Prepared(
    lambda person, posts: Thanks.objects.filter(person=person, post__in=posts).values_list("post"),
    uuid.UUID,
    Ids,
)


def helped_me(person: Person, posts: list[Post]) -> set[uuid.UUID]:
    """Which of these answers the person said helped."""
    return {post for (post,) in _HELPED.rows(person.pk, [post.pk for post in posts])}


def thanked_by(person: Person, posts: list[Post]) -> set[uuid.UUID]:
    """For which of these the person has thanked."""
    return {post for (post,) in _THANKED.rows(person.pk, [post.pk for post in posts])}
