import datetime as dt
import uuid

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from staffroom.conversations.actions.counting import hold, recount
from staffroom.conversations.actions.tracing import trace
from staffroom.conversations.actions.trusting import words_gone
from staffroom.conversations.models import Post, Revision, TextPrint
from staffroom.conversations.permissions import check_change
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.core.retrieval import entries
from staffroom.instruments.actions.pictures import forget_instruments
from staffroom.instruments.models import Instrument
from staffroom.people.models import Person

UNDO = dt.timedelta(minutes=10)


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


def forget_words(posts: list[uuid.UUID]) -> None:
    """Of what was removed some days ago no words are left; the place where they stood stays."""
    Revision.objects.filter(post__in=posts).delete()
    forget_instruments(Instrument.objects.filter(posts__in=posts))
    entries.forget(posts)
    words_gone(posts)
    TextPrint.objects.filter(post__in=posts).delete()
    Post.objects.filter(quotes__in=posts).update(quoted_text="")
    Post.objects.filter(pk__in=posts).update(text="", topic="", saying="", quoted_text="")


def forget_minutes(now: dt.datetime) -> None:
    """Nightly: ten minutes of undo needed the minute of a nameless removal; nobody needs it longer."""
    removed = Post.objects.filter(anonymous=True, removed_at__gt=F("created_at"))
    removed.filter(removed_at__lt=now - UNDO).update(removed_at=F("created_at"))


def _save(post: Post, act: str, by: Person) -> None:
    post.version += 1
    post.save(update_fields=["removed_at", "pinned_at", "version"])
    if post.question is not None:
        recount(post.question)
    trace(act, post, by=by)
