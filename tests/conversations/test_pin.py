import pytest

from staffroom.conversations.actions.pin import pin, unpin
from staffroom.conversations.actions.say import say
from staffroom.conversations.models import Post
from staffroom.core.errors import NotYours


def pinned():
    return set(Post.objects.filter(pinned_at__isnull=False).values_list("pk", flat=True))


def test_one_pin_a_room(world, message, question):
    tea = say(by=world.amina, community=world.maths, text="Chai", room="tea")
    for post in (message, tea, question):
        pin(by=world.baraka, post=post)
    assert pinned() == {tea.pk, question.pk}
    unpin(by=world.baraka, post=tea)
    assert pinned() == {question.pk}


def test_an_answer_is_not_pinned(world, answered):
    with pytest.raises(NotYours):
        pin(by=world.baraka, post=answered)


@pytest.mark.parametrize("who", ["otieno", "chausiku", "esther", "farid", "daudi"])
def test_only_the_moderator_pins(world, message, who):
    with pytest.raises(NotYours):
        pin(by=getattr(world, who), post=message)
