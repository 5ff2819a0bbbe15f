from django.db import transaction

from staffroom.conversations.actions.counting import hold, recount, recount_marks
from staffroom.conversations.models import Helped, Post
from staffroom.conversations.permissions import check_help
from staffroom.core import audit, outbox
from staffroom.people.models import Person


@transaction.atomic
def help(*, by: Person, answer: Post) -> None:
    """A member says: this helped. Saying it twice says it once."""
    check_help(by, answer)
    assert answer.question is not None
    hold(answer.question)
    held = hold(answer)
    _row, new = Helped.objects.get_or_create(post=held, person=by)
    if new:
        _count(held, answer.question)
        audit.write("post.helped", actor=by, on=held)
        outbox.put("post.helped", post=str(held.pk))


@transaction.atomic
def unhelp(*, by: Person, answer: Post) -> None:
    """The member takes it back."""
    check_help(by, answer)
    assert answer.question is not None
    hold(answer.question)
    held = hold(answer)
    gone, _kinds = Helped.objects.filter(post=held, person=by).delete()
    if gone:
        _count(held, answer.question)
        audit.write("post.unhelped", actor=by, on=held)


def _count(answer: Post, question: Post) -> None:
    recount_marks(answer)
    recount(question)
