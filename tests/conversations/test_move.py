import pytest
from django.urls import reverse

from staffroom.conversations.actions import answer, move, pin
from staffroom.conversations.actions.decide import decide, undo
from staffroom.conversations.actions.report import report
from staffroom.conversations.models import Decision, Post, Report
from staffroom.conversations.queries import unanswered
from staffroom.conversations.queries.reports import log, words_for
from staffroom.core.errors import NotYours
from staffroom.core.ids import short
from tests.conversations.makers import a_post, a_question


def test_a_whole_thread_moves_with_one_tap_and_back(world, sign_in):
    asked = a_question(world.maths, world.otieno, "Who brings the cake?")
    answer(by=world.amina, question=asked, text="I do")
    moderator, tea = sign_in(world.baraka), reverse("tea", args=[world.maths.pk])
    url = reverse("move", args=[world.maths.pk, asked.pk])
    more = moderator.get(reverse("post_more", args=[world.maths.pk, asked.pk])).content.decode()
    assert url in more
    page = moderator.post(url, follow=True).content.decode()
    assert "Moved, with a kind note to its author." in page
    assert set(Post.objects.values_list("room", flat=True)) == {"tea"}
    said = moderator.get(tea).content.decode()
    assert "Who brings the cake?" in said
    assert "Moved here from the lessons" in said
    assert "cake" not in moderator.get(reverse("stream", args=[world.maths.pk])).content.decode()
    moderator.post(url)
    assert set(Post.objects.values_list("room", flat=True)) == {"lessons"}
    assert [each.room for each in log(world.maths)] == ["lessons", "tea"]


def test_at_tea_a_question_presses_nobody(world):
    asked = a_question(world.maths, world.otieno, "Who brings the cake?")
    assert unanswered(world.amina) == [asked]
    move(by=world.baraka, post=asked, room="tea")
    assert unanswered(world.amina) == []


def test_its_author_reads_a_kind_note(world, sign_in):
    post = a_post(world.maths, world.otieno, "Arsenal won!")
    move(by=world.baraka, post=post, room="tea")
    assert words_for(world.otieno, world.maths).choice == "moved"
    page = sign_in(world.otieno).get(reverse("word", args=[world.maths.pk, post.pk]))
    assert "Nothing is wrong with them" in page.content.decode()
    said = sign_in(world.amina).get(reverse("moderation_log", args=[world.maths.pk]))
    assert "Moved to the tea corner" in said.content.decode()


def test_what_is_ones_own_needs_no_word(world):
    move(by=world.baraka, post=a_post(world.maths, world.baraka), room="tea")
    assert words_for(world.baraka, world.maths) is None


def test_moving_again_is_once_and_a_pin_comes_off(world):
    post = a_post(world.maths, world.otieno)
    pin(by=world.baraka, post=post)
    for _ in range(2):
        move(by=world.baraka, post=post, room="tea")
    post.refresh_from_db()
    assert post.pinned_at is None
    assert Decision.objects.count() == 1


def test_a_report_that_it_is_off_topic_is_answered(world):
    post = a_post(world.maths, world.otieno)
    report(by=world.amina, post=post, reason="off topic")
    report(by=world.nafula, post=post, reason="unkind")
    move(by=world.baraka, post=post, room="tea")
    assert [each.reason for each in Report.objects.filter(decision=None)] == ["unkind"]


def test_by_the_desk_and_undone(world):
    post = a_post(world.maths, world.otieno)
    report(by=world.amina, post=post, reason="off topic")
    decision = decide(by=world.baraka, post=post, choice="moved", why="For tea.")
    post.refresh_from_db()
    assert post.room == "tea"
    undo(by=world.baraka, decision=decision)
    post.refresh_from_db()
    assert post.room == "lessons"
    assert Report.objects.filter(decision=None).count() == 1


def test_an_answer_does_not_move_alone(world):
    asked = a_question(world.maths, world.otieno)
    with pytest.raises(NotYours):
        move(by=world.baraka, post=answer(by=world.amina, question=asked, text="x"), room="tea")


@pytest.mark.parametrize("who", ["amina", "otieno", "chausiku", "daudi", "esther", "farid"])
def test_nobody_else_moves(world, sign_in, who):
    post = a_post(world.maths, world.otieno)
    with pytest.raises(NotYours):
        move(by=getattr(world, who), post=post, room="tea")
    url = reverse("move", args=[world.maths.pk, post.pk])
    assert sign_in(getattr(world, who)).post(url).status_code == 404


def test_who_waits_for_news_below_a_moved_post_gets_only_news(world, sign_in):
    """The page was open, its newest post went to tea: the next question is not answered with all."""
    old = [a_post(world.maths, world.otieno, f"old {n}", minutes_ago=9 - n) for n in range(3)]
    cursor = short(old[-1].pk)
    move(by=world.baraka, post=old[-1], room="tea")
    client = sign_in(world.amina)
    url = reverse("new_posts", args=[world.maths.pk]) + f"?room=lessons&after={cursor}"
    assert client.get(url).status_code == 204
    a_post(world.maths, world.nafula, "fresh")
    said = client.get(url).content.decode()
    assert "fresh" in said
    assert "old 0" not in said
