import datetime as dt

import pytest

from staffroom.communities.models import Membership
from staffroom.conversations.actions.answer import answer
from staffroom.conversations.actions.ask import ask
from staffroom.conversations.actions.read import mark_read
from staffroom.conversations.actions.remove import remove
from staffroom.conversations.actions.say import say
from staffroom.conversations.apps import unread_in_frame
from staffroom.conversations.models import Mute
from staffroom.conversations.queries import (
    mentions,
    new_in_my_communities,
    unanswered,
    unread_total,
)
from staffroom.core.clock import now, pretend

STRANGERS = ("esther", "farid", "gathoni", "hamisi")


def unread(person):
    return {news.community.name: news.unread for news in new_in_my_communities(person)}


def test_posts_of_others_since_one_came_or_last_read(world, question, message):
    say(by=world.baraka, community=world.maths, text="Chai", room="tea")
    say(by=world.daudi, community=world.sister, text="Circuits")
    assert unread(world.amina) == {"Mathematics, Mwingi": 2, "Science, Kitui East": 1}
    mark_read(by=world.amina, community=world.maths, room="lessons", until=now())
    assert unread(world.amina)["Mathematics, Mwingi"] == 1
    mark_read(by=world.amina, community=world.maths, room="tea", until=now())
    assert unread(world.amina)["Mathematics, Mwingi"] == 0
    assert unread_total(world.amina) == 1


def test_what_was_written_before_one_came_is_not_new(world, message):
    Membership.objects.filter(person=world.amina).update(joined_at=now() + dt.timedelta(days=1))
    assert unread(world.amina)["Mathematics, Mwingi"] == 0


def test_an_answer_read_under_its_question_is_not_new(world, question, answered):
    assert unread(world.amina)["Mathematics, Mwingi"] == 1
    mark_read(by=world.amina, community=world.maths, question=question, until=now())
    assert unread(world.amina)["Mathematics, Mwingi"] == 0
    answer(by=world.otieno, question=question, text="Or so")
    assert unread(world.amina)["Mathematics, Mwingi"] == 1


def test_removed_and_muted_words_are_not_counted(world, message):
    other = say(by=world.baraka, community=world.maths, text="Hello")
    Mute.objects.create(person=world.amina, muted_person=world.otieno)
    assert unread(world.amina)["Mathematics, Mwingi"] == 1
    remove(by=world.baraka, post=other)
    assert unread(world.amina)["Mathematics, Mwingi"] == 0


def test_the_last_words_and_the_freshest_community_first(world):
    say(by=world.otieno, community=world.maths, text="first\nline")
    later = now() + dt.timedelta(minutes=1)
    with pretend(later):
        say(by=world.amina, community=world.sister, text="mine, so not new")
    first, second = new_in_my_communities(world.amina)
    assert (first.last_line, second.last_line) == ("first line", "mine, so not new")
    Mute.objects.create(person=world.amina, muted_community=world.maths)
    first, second = new_in_my_communities(world.amina)
    assert second.muted
    assert unread_total(world.amina) == 0


def test_questions_nobody_answered(world, question):
    assert unanswered(world.nafula) == [question]
    assert unanswered(world.chausiku) == [question]
    assert unanswered(world.amina) == []
    written = answer(by=world.nafula, question=question, text="So")
    assert unanswered(world.otieno) == []
    remove(by=world.nafula, post=written)
    assert unanswered(world.otieno) == [question]


def test_an_old_question_no_longer_rises(world):
    with pretend(now() - dt.timedelta(days=61)):
        ask(by=world.amina, community=world.maths, text="Why?")
    assert unanswered(world.nafula) == []


def test_who_named_me(world):
    post = say(by=world.amina, community=world.maths, text="@Nafula look")
    assert [mention.post for mention in mentions(world.nafula)] == [post]
    remove(by=world.amina, post=post)
    assert mentions(world.nafula) == []


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_have_no_news(world, question, message, who):
    person = getattr(world, who)
    assert new_in_my_communities(person) == unanswered(person) == mentions(person) == []


def test_the_cost_does_not_grow_with_communities(world, django_assert_max_num_queries, message):
    with django_assert_max_num_queries(9):
        new_in_my_communities(world.amina)


def test_the_frame_counts_only_when_it_is_shown(world, rf, message, django_assert_num_queries):
    request = rf.get("/")
    assert unread_in_frame(request) == {}  # an error before anybody was recognised
    request.user = world.amina
    with django_assert_num_queries(0):
        total = unread_in_frame(request)["unread_total"]
    assert total() == 1
