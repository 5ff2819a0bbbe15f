"""What a decision does to the post, and how it is taken back. The caller holds the post's row."""

import datetime as dt

from staffroom.communities.wall import is_barred
from staffroom.conversations import sealed
from staffroom.conversations.actions.counting import recount
from staffroom.conversations.models import Decision, Photo, Post, Report
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.governing.actions import safeguarding
from staffroom.governing.queries.safeguarding import readers
from staffroom.people.models import Person

Choice = Decision.Choice


def apply(decision: Decision) -> None:
    """Do what was decided."""
    post = decision.post
    if decision.choice in Decision.OUT_OF_SIGHT:
        _hide(post, "" if decision.choice == Choice.PASSED else decision.why)
    elif decision.choice == Choice.MOVED:
        put_into(post, decision.room)
    if decision.choice == Choice.COVERED:
        cover(post)
    elif decision.choice == Choice.KEPT or _about_a_pupil(decision):
        _uncover(post)


def take_back(decision: Decision) -> None:
    """Undo it: the post stands as before, by what was decided before where this took its place."""
    post = decision.post
    replaced = list(post.decisions.filter(undone_at=decision.at).exclude(pk=decision.pk))
    if decision.choice in Decision.OUT_OF_SIGHT:
        show(post, at=now())
    elif decision.choice == Choice.MOVED:
        put_into(post, other_room(decision.room))
    if _about_a_pupil(decision):
        cover(post)
    elif decision.choice == Choice.COVERED:
        _uncover(post)
    for earlier in replaced:
        earlier.undone_at, earlier.post = None, post
        earlier.save(update_fields=["undone_at"])
        apply(earlier)


def _about_a_pupil(decision: Decision) -> bool:
    return decision.reports.filter(reason=Report.Reason.PUPIL).exists()


def other_room(room: str) -> str:
    return Post.Room.LESSONS if room == Post.Room.TEA else Post.Room.TEA


def put_into(post: Post, room: str) -> None:
    """The post and, of a question, its answers: a thread stays together."""
    post.room, post.pinned_at = room, None
    post.moved_at = now()
    save(post)
    for answer in Post.objects.select_for_update().filter(question=post):
        answer.room = room
        answer.version += 1
        answer.save(update_fields=["room", "version"])


def show(post: Post, *, at: dt.datetime) -> None:
    """Bring back into sight. `at`: of the decision that does it, by which it is taken back."""
    standing = post.decisions.filter(choice__in=Decision.OUT_OF_SIGHT, undone_at=None)
    standing.filter(mended_at=None).update(undone_at=at)
    post.hidden_at, post.hidden_why = None, ""
    save(post)


def save(post: Post) -> None:
    post.version += 1
    fields = ["hidden_at", "hidden_why", "pinned_at", "room", "moved_at", "version"]
    post.save(update_fields=fields)
    if post.question is not None:
        recount(post.question)


def _hide(post: Post, why: str) -> None:
    post.hidden_at, post.hidden_why, post.pinned_at = now(), why, None
    save(post)


def cover(post: Post) -> None:
    """The photos are seen by nobody but their owner and whoever decides."""
    if Photo.objects.filter(post=post).update(covered_at=now(), cleared_at=None):
        save(post)


def lift_cover(post: Post, *, at: dt.datetime) -> None:
    """An appeal was right: what covered the photos holds no longer."""
    post.decisions.filter(choice=Choice.COVERED, undone_at=None).update(undone_at=at)


def _uncover(post: Post) -> None:
    """Somebody has looked: the photos may be seen, unless it was decided that they may not."""
    if post.decisions.filter(choice=Choice.COVERED, undone_at=None).exists():
        return
    covered = Photo.objects.filter(post=post, covered_at__isnull=False)
    if covered.update(covered_at=None, cleared_at=now()):
        save(post)


def pass_on(*, by: Person, post: Post, why: str) -> str:
    """Tell those who are named for safeguarding; the code by which the one who tells comes back.

    Neither the author nor anybody whom the wall keeps from this community reads it.
    """
    community = post.community
    kept_out = [
        reader
        for reader in readers(community.programme)
        if is_barred(reader, community) or sealed.wrote(reader, post)
    ]
    try:
        return safeguarding.tell(
            programme=community.programme,
            what=f"{why}\n\n{post.text}".strip()[: safeguarding.MOST],
            where=community.name,
            once=f"passed-on-{post.pk}-{post.version}",
            address=f"passed-on-{by.pk}",
            kept_from=kept_out,
        )
    except Refused as refusal:
        raise Refused(refusal.message, "choice") from refusal
