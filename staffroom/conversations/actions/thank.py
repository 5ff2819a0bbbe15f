from django.db import transaction

from staffroom.conversations.actions.counting import hold, recount_marks
from staffroom.conversations.models import Post, Thanks
from staffroom.conversations.permissions import check_thank
from staffroom.core import audit, outbox
from staffroom.people.models import Person


@transaction.atomic
def thank(*, by: Person, post: Post) -> None:
    """Thank for a post, or join a celebration. Twice is once."""
    check_thank(by, post)
    held = hold(post)
    _row, new = Thanks.objects.get_or_create(post=held, person=by)
    if new:
        _count(held)
        audit.write("post.thanked", actor=by, on=held)
        outbox.put("post.thanked", post=str(held.pk))


@transaction.atomic
def unthank(*, by: Person, post: Post) -> None:
    """Take the thanks back."""
    check_thank(by, post)
    held = hold(post)
    gone, _kinds = Thanks.objects.filter(post=held, person=by).delete()
    if gone:
        _count(held)
        audit.write("post.unthanked", actor=by, on=held)


def _count(post: Post) -> None:
    # A question's own helped_count is over its answers: only the thanks are counted here.
    if post.kind == Post.Kind.QUESTION:
        Post.objects.filter(pk=post.pk).update(thanks_count=post.thanks.count())
    else:
        recount_marks(post)
