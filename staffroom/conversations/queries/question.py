"""A question with its answers."""

import uuid

from django.db.models import Case, QuerySet, When

from staffroom.communities.models import Community
from staffroom.conversations.models import Helped, Post, Thanks
from staffroom.conversations.queries.stream import with_people
from staffroom.library.models import Trust
from staffroom.people.models import Person


def question_of(community: Community, id: uuid.UUID) -> Post | None:
    """The question, found through its community."""
    return (
        with_people(Post.objects.filter(community=community, pk=id, kind=Post.Kind.QUESTION))
        .select_related("community", "author")
        .first()
    )


def post_of(community: Community, id: uuid.UUID) -> Post | None:
    """Any post, found through its community."""
    return (
        Post.objects.filter(community=community, pk=id)
        .select_related("community", "author", "about", "question", "quotes__author")
        .first()
    )


def answers(question: Post) -> QuerySet[Post]:
    """Verified ones first, then those that helped most people, then as they came."""
    return with_people(Post.objects.filter(question=question)).order_by(
        Case(When(trust=Trust.State.VERIFIED, then=0), default=1),
        "-helped_count",
        "created_at",
        "id",
    )


def helped_me(person: Person, posts: list[Post]) -> set[uuid.UUID]:
    """Which of these answers the person said helped."""
    return set(
        Helped.objects.filter(person=person, post__in=posts).values_list("post_id", flat=True)
    )


def thanked_by(person: Person, posts: list[Post]) -> set[uuid.UUID]:
    """For which of these the person has thanked."""
    return set(
        Thanks.objects.filter(person=person, post__in=posts).values_list("post_id", flat=True)
    )
