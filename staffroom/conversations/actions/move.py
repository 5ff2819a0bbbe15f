"""Off the topic, and no fault: a whole thread goes to the tea corner with one tap, and back."""

from django.db import transaction

from staffroom.conversations.actions.counting import hold
from staffroom.conversations.actions.decide import clean_why, settle
from staffroom.conversations.actions.effects import other_room
from staffroom.conversations.actions.writing import hold as hold_community
from staffroom.conversations.models import Decision, Post, Report
from staffroom.conversations.permissions import check_moderate, gone
from staffroom.core.errors import NotYours
from staffroom.people.models import Person


def check_move(person: Person, post: Post) -> None:
    """The moderator in term, about a thread that stands."""
    check_moderate(person, post.community)
    if gone(post) or post.question_id is not None:
        raise NotYours


@transaction.atomic
def move(*, by: Person, post: Post, room: str, why: str = "") -> Decision | None:
    """Move the thread into `room`; without `why` its author reads a kind note of ours.

    Reports that say it is off the topic are answered by this. Moved there already: nothing happens.
    """
    check_move(by, post)
    hold_community(post.community)
    held = hold(post)
    if room not in Post.Room.values or gone(held):
        raise NotYours
    if held.room == room:
        return None
    waiting = Report.objects.select_for_update().filter(
        post=held, decision=None, reason=Report.Reason.OFF_TOPIC
    )
    why = clean_why(Decision.Choice.MOVED, why)
    return settle(
        by=by, post=held, waiting=waiting, choice=Decision.Choice.MOVED, why=why, room=room
    )


def move_over(*, by: Person, post: Post) -> Decision | None:
    """Into the other room."""
    return move(by=by, post=post, room=other_room(post.room))
