import datetime as dt

import pytest

from staffroom.conversations.actions.read import mark_read
from staffroom.conversations.models import ReadMark
from staffroom.core.clock import now
from staffroom.core.errors import NotYours


def test_a_mark_only_moves_on(world):
    late = now()
    for until in (late, late - dt.timedelta(hours=1)):
        mark_read(by=world.amina, community=world.maths, room="lessons", until=until)
    assert ReadMark.objects.get().until == late


def test_rooms_and_questions_have_marks_of_their_own(world, question):
    for where in ({"room": "lessons"}, {"room": "tea"}, {"question": question}):
        for _time in range(2):
            mark_read(by=world.amina, community=world.maths, until=now(), **where)
    assert ReadMark.objects.count() == 3


@pytest.mark.parametrize("who", ["esther", "farid", "daudi"])
def test_nobody_else_reads(world, who):
    with pytest.raises(NotYours):
        mark_read(by=getattr(world, who), community=world.maths, room="tea", until=now())
