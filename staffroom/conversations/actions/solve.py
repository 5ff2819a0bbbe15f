from django.db import transaction

from staffroom.conversations.actions.counting import hold
from staffroom.conversations.actions.tracing import moment_of, trace
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import check_solve
from staffroom.people.models import Person


@transaction.atomic
def solve(*, by: Person, question: Post) -> None:
    """The asker or the moderator: solved."""
    _set(by, question, solved=True)


@transaction.atomic
def reopen(*, by: Person, question: Post) -> None:
    """It is not solved after all."""
    _set(by, question, solved=False)


def _set(by: Person, question: Post, *, solved: bool) -> None:
    check_solve(by, question)
    held = hold(question)
    if (held.solved_at is not None) == solved:
        return
    held.solved_at = moment_of(held) if solved else None
    held.version += 1
    held.save(update_fields=["solved_at", "version"])
    trace("question.solved" if solved else "question.reopened", held, by=by)
