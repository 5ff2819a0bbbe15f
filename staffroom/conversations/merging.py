"""Two accounts of one person become one: nobody thanks or mutes themselves afterwards."""

from typing import Any

from django.db.models import F

from staffroom.conversations import sealed
from staffroom.conversations.actions.counting import hold, recount, recount_marks
from staffroom.conversations.models import Helped, Mute, Post, Thanks
from staffroom.people.models import Person


def merge_people(keep: Person, drop: Person) -> None:
    """Marks that would be doubled or one's own go, and the counts with them."""
    both = [keep, drop]
    touched: set[Any] = set()
    for kind in (Helped, Thanks):
        own = kind.objects.filter(person__in=both, post__author__in=both)
        mine = list(kind.objects.filter(person=keep).values_list("post_id", flat=True))
        twice = kind.objects.filter(person=drop, post__in=mine)
        for rows in (own, twice):
            touched |= set(rows.values_list("post_id", flat=True))
            rows.delete()
    sealed.hand_over(drop, keep)
    Mute.objects.filter(person__in=both, muted_person__in=both).delete()
    for post in Post.objects.filter(pk__in=touched).order_by("pk"):
        recount_marks(hold(post))
        if post.question_id is not None:
            recount(Post(pk=post.question_id))
    # What was shown under the other name is shown anew.
    Post.objects.filter(author=drop).update(version=F("version") + 1)
