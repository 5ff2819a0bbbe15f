import pytest

from staffroom.conversations.actions.celebrate import celebrate
from staffroom.core.errors import NotYours, Refused


def test_a_member_celebrates_a_colleague(world):
    post = celebrate(
        by=world.amina,
        community=world.maths,
        about=world.nafula,
        text="Her Grade 8 built eleven pinhole cameras.",
        saying="Haba na haba  hujaza kibaba.",
    )
    assert (post.about, post.saying) == (world.nafula, "Haba na haba hujaza kibaba.")


@pytest.mark.parametrize("who", ["amina", "farid", "daudi", "chausiku"])
def test_about_a_colleague_who_is_here(world, who):
    with pytest.raises(Refused) as refusal:
        celebrate(by=world.amina, community=world.maths, about=getattr(world, who), text="Good")
    assert refusal.value.field == "about"


@pytest.mark.parametrize("who", ["esther", "farid", "daudi", "gathoni", "chausiku"])
def test_nobody_else_celebrates(world, who):
    with pytest.raises(NotYours):
        celebrate(by=getattr(world, who), community=world.maths, about=world.amina, text="Good")
