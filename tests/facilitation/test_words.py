"""Words for one person alone: on their Today, read by nobody else, answered to nobody."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staffroom.communities.actions.common import finish
from staffroom.communities.models import Membership
from staffroom.conversations.actions import answer
from staffroom.conversations.models import Mute
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.facilitation.actions.hints import nightly
from staffroom.facilitation.actions.texts import change_text
from staffroom.facilitation.actions.words import put_aside
from staffroom.facilitation.models import InviteText, Word
from staffroom.facilitation.queries.texts import ours, texts_for
from staffroom.facilitation.queries.words import word_of, words_for
from tests.conversations.makers import a_post, a_question


@pytest.fixture
def asked(nudged):
    """Baraka thinks that Nafula may know."""
    nudged.waiting = a_question(nudged.maths, nudged.amina, minutes_ago=1000)
    return Word.objects.create(
        community=nudged.maths,
        person=nudged.nafula,
        by=nudged.baraka,
        kind="asked",
        post=nudged.waiting,
    )


def here(world):
    return words_for(world.nafula, [world.maths])


def test_a_word_waits_until_it_is_put_aside(nudged, asked, sign_in):
    client = sign_in(nudged.nafula)
    url = reverse("desk_word", args=[asked.pk])
    assert url in client.get("/").content.decode()
    assert "Why do we turn" in client.get(url).content.decode()
    assert url in client.get("/").content.decode()  # looking alone puts nothing aside
    assert client.post(url).url == "/"
    assert url not in client.get("/").content.decode()


def test_it_leads_to_the_question(nudged, asked, sign_in):
    went = sign_in(nudged.nafula).post(reverse("desk_word", args=[asked.pk]), {"go": "1"})
    assert went.url == reverse("question", args=[nudged.maths.pk, nudged.waiting.pk])


def test_an_answered_question_asks_nobody_any_more(nudged, asked):
    assert here(nudged) == [asked]
    answer(by=nudged.otieno, question=nudged.waiting, text="Because it asks how many fit.")
    assert here(nudged) == []


def test_who_muted_the_sender_or_the_community_hears_nothing(nudged, asked):
    for fields in ({"muted_person": nudged.baraka}, {"muted_community": nudged.maths}):
        mute = Mute.objects.create(person=nudged.nafula, **fields)
        assert here(nudged) == []
        mute.delete()
    assert here(nudged) == [asked]


def test_an_adviser_who_is_asked_reads_it_on_today(nudged, asked, sign_in):
    Word.objects.update(person=nudged.chausiku)
    assert "thinks that you may know this" in sign_in(nudged.chausiku).get("/").content.decode()


def test_an_old_word_goes_by_itself(nudged, asked, tuesday):
    tuesday.shift(dt.timedelta(days=15))
    assert here(nudged) == []


def test_who_left_reads_none(nudged, asked, sign_in):
    mine = Membership.objects.get(community=nudged.maths, person=nudged.nafula)
    finish(mine, state="left", why="left", actor=nudged.nafula)
    assert word_of(nudged.nafula, asked.pk) is None
    assert sign_in(nudged.nafula).get(reverse("desk_word", args=[asked.pk])).status_code == 404


@pytest.mark.parametrize("name", ["amina", "baraka", "chausiku", "esther", "farid", "gathoni"])
def test_nobody_else_reads_it_not_even_who_sent_it(nudged, asked, sign_in, name):
    person = getattr(nudged, name)
    assert word_of(person, asked.pk) is None
    assert sign_in(person).get(reverse("desk_word", args=[asked.pk])).status_code == 404
    with pytest.raises(NotYours):
        put_aside(by=person, word=asked)


def test_without_a_word_or_a_desk_today_asks_this_room_nothing(nudged, sign_in):
    """What is asked anyway says that there is nothing."""
    client = sign_in(nudged.amina)
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    ours = [sql for query in asked if 'FROM "facilitation_' in (sql := query["sql"])]
    assert len(ours) == 1
    assert "EXISTS" in ours[0]


# -- the very active


def write(world, author, times):
    for number in range(times):
        a_post(world.maths, author, f"{author.name} {number}", minutes_ago=30 + number)


def test_who_wrote_six_of_the_last_ten_is_told_so_alone(nudged, sign_in):
    write(nudged, nudged.amina, 6)
    write(nudged, nudged.otieno, 4)
    nightly(now=now())
    word = Word.objects.get()
    assert (word.person, word.kind, word.count, word.by) == (nudged.amina, "active", 6, None)
    html = sign_in(nudged.amina).get(reverse("desk_word", args=[word.pk])).content.decode()
    assert "You wrote 6 of the last 10 here" in html
    assert "desk_word" not in sign_in(nudged.baraka).get("/").content.decode()


def test_five_of_ten_or_six_of_nine_are_nothing(nudged):
    write(nudged, nudged.amina, 5)
    write(nudged, nudged.otieno, 5)
    nightly(now=now())
    write(nudged, nudged.nafula, 0)
    assert not Word.objects.exists()


def test_it_is_said_once_a_month(nudged, tuesday):
    write(nudged, nudged.amina, 10)
    nightly(now=now())
    tuesday.shift(dt.timedelta(days=29))
    write(nudged, nudged.amina, 10)
    nightly(now=now())
    assert Word.objects.count() == 1
    tuesday.shift(dt.timedelta(days=2))
    write(nudged, nudged.amina, 10)
    nightly(now=now())
    assert Word.objects.count() == 2


def test_without_the_lever_nothing_is_counted(world, tuesday):
    write(world, world.amina, 10)
    nightly(now=now())
    assert not Word.objects.exists()


def test_a_nameless_post_counts_for_nobody(nudged):
    write(nudged, nudged.amina, 5)
    for number in range(5):
        a_post(nudged.maths, None, f"x {number}", anonymous=True, minutes_ago=10 + number)
    nightly(now=now())
    assert not Word.objects.exists()


# -- the words of invitation


def test_the_moderator_changes_the_words_and_every_member_reads_them(nudged, sign_in):
    url = reverse("desk_texts", args=[nudged.maths.pk])
    sign_in(nudged.baraka).post(url, {"language": "en", "text": "We miss your questions."})
    for person in (nudged.amina, nudged.nafula):
        assert "We miss your questions." in sign_in(person).get(url).content.decode()
    assert texts_for(nudged.maths, ["en"]) == {"en": "We miss your questions."}


def test_a_member_cannot_change_them(nudged, sign_in):
    url = reverse("desk_texts", args=[nudged.maths.pk])
    assert sign_in(nudged.amina).post(url, {"language": "en", "text": "x"}).status_code == 404
    with pytest.raises(NotYours):
        change_text(by=nudged.amina, community=nudged.maths, language="en", text="x")


def test_empty_is_ours_again(nudged):
    for text in ("Ours alone", ""):
        change_text(by=nudged.baraka, community=nudged.maths, language="en", text=text)
    assert not InviteText.objects.exists()
    assert texts_for(nudged.maths, ["en"]) == {"en": ours("en")}


def test_what_is_too_long_is_shown_again_as_typed(nudged, sign_in):
    url = reverse("desk_texts", args=[nudged.maths.pk])
    page = sign_in(nudged.baraka).post(url, {"language": "en", "text": "long " * 100})
    assert page.status_code == 422
    assert "long long" in page.content.decode()
    with pytest.raises(Refused):
        change_text(by=nudged.baraka, community=nudged.maths, language="xx", text="x")
