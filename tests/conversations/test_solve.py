import pytest

from staffroom.conversations.actions.solve import reopen, solve
from staffroom.core.errors import NotYours
from staffroom.core.models import AuditEntry


@pytest.mark.parametrize("who", ["amina", "baraka"])
def test_the_asker_and_the_moderator_solve_and_reopen(world, question, who):
    person = getattr(world, who)
    for _time in range(2):
        solve(by=person, question=question)
    question.refresh_from_db()
    assert question.solved_at
    assert question.version == 2
    reopen(by=person, question=question)
    question.refresh_from_db()
    assert question.solved_at is None
    assert AuditEntry.objects.filter(act="question.solved").count() == 1


@pytest.mark.parametrize("who", ["nafula", "chausiku", "esther", "farid", "daudi"])
def test_nobody_else_does(world, question, who):
    with pytest.raises(NotYours):
        solve(by=getattr(world, who), question=question)
