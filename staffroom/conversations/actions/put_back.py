import uuid

from staffroom.conversations.actions.effects import show
from staffroom.conversations.actions.tracing import moment_of
from staffroom.conversations.models import Decision, Post, Report
from staffroom.core import outbox


def put_back(post: Post, returned: Decision) -> None:
    """The author has changed what was returned: it stands again, and is looked at once more.

    The caller holds the post. Of a nameless post nothing here tells the minute.
    """
    at = moment_of(post)
    Decision.objects.filter(pk=returned.pk).update(mended_at=at)
    show(post, at=at)
    again = Report(post=post, reporter=None, reason=Report.Reason.MENDED, at=at)
    if post.anonymous:
        again.id = uuid.uuid4()
    again.save(force_insert=True)
    outbox.put("post.reported", at=at if post.anonymous else None, post=str(post.pk))
