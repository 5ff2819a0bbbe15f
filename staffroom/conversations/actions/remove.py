import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from staffroom.conversations.actions.counting import hold, recount
from staffroom.conversations.actions.tracing import trace
from staffroom.conversations.models import Post, Report, Revision, SearchText
from staffroom.conversations.permissions import check_change
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.people.models import Person

UNDO = dt.timedelta(minutes=10)
#: After a day the words themselves are forgotten, not only out of sight.
FORGET = dt.timedelta(days=1)


@transaction.atomic
def remove(*, by: Person, post: Post) -> None:
    """The author removes own words. Answers to a removed question stay."""
    check_change(by, post)
    held = hold(post)
    if held.removed_at is None:
        held.removed_at, held.pinned_at = now(), None
        _save(held, "post.removed", by)


@transaction.atomic
def restore(*, by: Person, post: Post) -> None:
    """Undo, for ten minutes."""
    check_change(by, post)
    held = hold(post)
    if held.removed_at is None:
        return
    if not can_restore(held):
        raise Refused(_("This was removed more than ten minutes ago and cannot be brought back."))
    held.removed_at = None
    _save(held, "post.restored", by)


def can_restore(post: Post) -> bool:
    return post.removed_at is not None and now() - post.removed_at <= UNDO


def forget_removed(now: dt.datetime) -> None:
    """Nightly: of what was removed yesterday no words are left, unless a report waits for a look."""
    due = Post.objects.filter(removed_at__lt=now - FORGET).exclude(
        pk__in=Report.objects.filter(decision=None).values("post")
    )
    ids = list(due.exclude(text="").values_list("pk", flat=True)[:5000])
    Revision.objects.filter(post__in=ids).delete()
    SearchText.objects.filter(post__in=ids).delete()
    Post.objects.filter(quotes__in=ids).update(quoted_text="")
    Post.objects.filter(pk__in=ids).update(text="", topic="", saying="", quoted_text="")
    # Ten minutes of undo needed the minute; nobody needs it longer.
    due.filter(anonymous=True, removed_at__gt=F("created_at")).update(removed_at=F("created_at"))


def _save(post: Post, act: str, by: Person) -> None:
    post.version += 1
    post.save(update_fields=["removed_at", "pinned_at", "version"])
    if post.question is not None:
        recount(post.question)
    trace(act, post, by=by)
