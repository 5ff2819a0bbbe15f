"""The counts kept on a post. Counted anew while its row is held, so that no two can miscount."""

from django.db.models import Count, Q

from staffroom.conversations.models import Helped, Post

STANDING = Q(removed_at=None, hidden_at=None)


def hold(post: Post) -> Post:
    """The post, its row held until the transaction ends."""
    return Post.objects.select_for_update().get(pk=post.pk)


def recount(question: Post) -> None:
    """How many answers stand, and how many people one of them helped."""
    hold(question)
    helped = Helped.objects.filter(
        post__question=question.pk, post__removed_at=None, post__hidden_at=None
    )
    Post.objects.filter(pk=question.pk).update(
        answer_count=Post.objects.filter(STANDING, question=question.pk).count(),
        helped_count=helped.aggregate(n=Count("person", distinct=True))["n"],
    )


def recount_marks(post: Post) -> None:
    """How many it helped and how many thanked; the caller holds the row."""
    Post.objects.filter(pk=post.pk).update(
        helped_count=post.helped.count(), thanks_count=post.thanks.count()
    )
