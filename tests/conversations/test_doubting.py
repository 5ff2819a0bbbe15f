"""A doubtful message: its writer is asked once, the moderator is told, nothing is hidden by itself."""

import datetime as dt

import pytest
from django.urls import reverse

from staffroom.conversations.actions import ask_without_name, edit, say
from staffroom.conversations.actions.doubting import is_fine
from staffroom.conversations.kept import rules
from staffroom.conversations.models import Doubt, Post, Report, TextPrint
from staffroom.conversations.queries.doubts import doubts_in, seen_elsewhere
from staffroom.core.clock import now
from staffroom.core.errors import NotYours
from staffroom.core.ids import uuid7
from tests.conftest import make_community, make_person

CHAIN = "Forwarded as received. Send this to 10 people and you will be blessed."
LONG = (
    "Notice to all teachers: from tomorrow every call will be recorded and your phone is connected "
    "to the ministry, so mind what you say and inform your family, your friends and your pupils."
)


def test_the_writer_is_asked_once_and_then_it_goes(world, sign_in):
    client, url = sign_in(world.amina), reverse("stream", args=[world.maths.pk])
    sent = {"text": CHAIN, "id": str(uuid7())}
    first = client.post(url, sent)
    assert first.status_code == 422
    page = first.content.decode()
    assert "passed from group to group" in page
    assert "send it once more" in page
    assert CHAIN in page
    assert not Post.objects.exists()
    assert client.post(url, sent).status_code == 302
    assert Post.objects.get().hidden_at is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("You have won a laptop, claim your prize on https://x.example", "advertisement"),
        ("You are an idiot", "may hurt a colleague"),
    ],
)
def test_it_says_what_is_doubtful(world, sign_in, text, said):
    url = reverse("ask", args=[world.maths.pk])
    answer = sign_in(world.amina).post(url, {"text": text, "language": "en"})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_nameless_question_hears_it_before_it_is_sent_and_leaves_no_print(world, sign_in):
    url = reverse("ask_without_name", args=[world.maths.pk])
    answer = sign_in(world.amina).post(url, {"text": CHAIN, "language": "en"})
    assert "passed from group to group" in answer.content.decode()
    ask_without_name(by=world.amina, community=world.maths, text=LONG)
    assert not TextPrint.objects.exists()
    assert not seen_elsewhere(LONG, world.maths.pk, None)


def test_the_moderator_is_told_and_decides(world, sign_in):
    post = say(by=world.amina, community=world.maths, text=CHAIN)
    say(by=world.amina, community=world.maths, text="How do you teach halves?")
    desk, client = reverse("reports", args=[world.maths.pk]), sign_in(world.baraka)
    page = client.get(desk).content.decode()
    assert "it asks to be passed on" in page
    assert "halves" not in page
    url = reverse("doubt", args=[world.maths.pk, post.pk])
    answer = client.post(url, {"look": "1"})
    assert answer["Location"] == reverse("decide", args=[world.maths.pk, post.pk])
    assert client.get(answer["Location"]).status_code == 200
    assert Report.objects.get().reporter == world.baraka
    assert not doubts_in(world.maths, world.baraka)


def test_it_is_fine(world, sign_in):
    post = say(by=world.amina, community=world.maths, text=CHAIN)
    sign_in(world.baraka).post(reverse("doubt", args=[world.maths.pk, post.pk]))
    assert not doubts_in(world.maths, world.baraka)
    with pytest.raises(NotYours):
        is_fine(by=world.baraka, post=post)


@pytest.mark.parametrize("who", ["amina", "nafula", "chausiku", "daudi", "esther", "farid"])
def test_nobody_else_hears_of_it(world, sign_in, who):
    post = say(by=world.otieno, community=world.maths, text=CHAIN)
    client = sign_in(getattr(world, who))
    assert client.post(reverse("doubt", args=[world.maths.pk, post.pk])).status_code == 404
    assert client.get(reverse("reports", args=[world.maths.pk])).status_code == 404


def test_other_words_other_doubts(world):
    post = say(by=world.amina, community=world.maths, text=CHAIN)
    edit(by=world.amina, post=post, text="I withdraw that. Who has counters?")
    assert not Doubt.objects.exists()


def test_the_same_text_by_somebody_else_here(world):
    say(by=world.amina, community=world.maths, text=LONG)
    again = "Good evening. " + LONG
    assert seen_elsewhere(again, world.maths.pk, world.otieno.pk)
    assert not seen_elsewhere(again, world.maths.pk, world.amina.pk)  # her own words again
    say(by=world.otieno, community=world.maths, text=again)
    assert Doubt.objects.get().reasons == ["seen"]


def test_of_other_communities_nothing_is_told_but_of_several(world):
    for number in range(3):
        writer = make_person(f"Writer {number}", f"+25470001000{number}")
        other = make_community(world.programme, f"Other {number}", writer)
        assert not seen_elsewhere(LONG, world.maths.pk, world.otieno.pk)
        say(by=writer, community=other, text=LONG)
    assert seen_elsewhere(LONG, world.maths.pk, world.otieno.pk)


def test_the_queries_do_not_grow(world, django_assert_num_queries):
    for _ in range(20):
        say(by=world.amina, community=world.maths, text=LONG)
    with django_assert_num_queries(2):
        seen_elsewhere(LONG, world.maths.pk, world.otieno.pk)
    with django_assert_num_queries(1):
        doubts_in(world.maths, world.baraka)


def test_prints_and_doubts_go_after_a_month(world):
    say(by=world.amina, community=world.maths, text=LONG + " " + CHAIN)
    later = now() + dt.timedelta(days=31)
    for rule in rules():
        if rule.key in ("text_prints", "doubts"):
            assert rule.delete(now(), rule.days, 500) == 0
            assert rule.delete(later, rule.days, 500) > 0
    assert not TextPrint.objects.exists()
    assert not Doubt.objects.exists()
