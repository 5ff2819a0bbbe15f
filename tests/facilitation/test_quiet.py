"""Who is not heard: told to the moderator in term and to each of themselves, and to nobody else, ever."""

import datetime as dt

import pytest
from django.urls import reverse

from staffroom.communities.models import LeverChoice, Term
from staffroom.conversations.actions import ask_without_name
from staffroom.conversations.models import Mute
from staffroom.core.clock import now
from staffroom.core.errors import NotYours
from staffroom.core.models import OutboxEntry
from staffroom.facilitation.actions.desk import take
from staffroom.facilitation.models import Word
from staffroom.facilitation.queries.desk import desk_of, today_at
from staffroom.facilitation.queries.quiet import quiet_members, quiet_self
from staffroom.places.models import Holiday
from tests.conversations.makers import a_post
from tests.facilitation.conftest import has_read


@pytest.fixture
def quiet(nudged):
    """Nafula reads and last wrote in July; Otieno's phone is away; Amina wrote yesterday."""
    a_post(nudged.maths, nudged.nafula, minutes_ago=60 * 24 * 60)
    a_post(nudged.maths, nudged.amina, minutes_ago=24 * 60)
    has_read(nudged.nafula, nudged.maths, 1)
    nudged.otieno.last_used_on = now().date() - dt.timedelta(days=17)
    nudged.otieno.save()
    return nudged


def of(world, viewer=None):
    desk = desk_of(world.baraka, world.maths)
    return {
        one.person.name: (str(one.silence), one.title)
        for one in quiet_members(viewer or world.baraka, world.maths, desk.members)
    }


def test_reading_and_a_phone_that_is_away_are_told_apart(quiet):
    assert of(quiet) == {
        "Nafula Wekesa": ("reading", "Nafula reads along"),
        "Otieno Ouma": ("unreached", "Otieno’s phone has not reached us for 2 weeks"),
    }


def test_an_sms_that_could_not_be_delivered_is_a_technical_silence(quiet):
    OutboxEntry.objects.create(
        topic="sms.send", payload={"to": str(quiet.nafula.phone), "text": "x"}, dead_at=now()
    )
    assert of(quiet)["Nafula Wekesa"] == ("unreached", "Nafula’s phone cannot be reached")


def test_what_was_asked_without_a_name_does_not_break_the_silence(quiet):
    """Else whoever vanished from the list just then would be its author."""
    before = of(quiet)
    ask_without_name(by=quiet.nafula, community=quiet.maths, text="Why is zero even?")
    assert of(quiet) == before


def test_without_the_lever_nobody_is_called_quiet(quiet):
    LeverChoice.objects.all().update(value="off")
    assert of(quiet) == {}
    assert "quiet" not in [one.kind for one in today_at(desk_of(quiet.baraka, quiet.maths)).open]


def test_after_the_holidays_nobody_is_called_quiet_yet(quiet):
    day = now().date() - dt.timedelta(days=10)
    Holiday.objects.create(
        programme=quiet.programme,
        name="August",
        first_day=day - dt.timedelta(days=20),
        last_day=day,
    )
    assert of(quiet) == {}


def test_who_muted_the_community_is_left_in_peace(quiet):
    Mute.objects.create(person=quiet.nafula, muted_community=quiet.maths)
    assert "Nafula Wekesa" not in of(quiet)
    assert quiet_self(quiet.nafula, quiet.maths) is None


def test_the_query_itself_refuses_everybody_else(quiet):
    members = desk_of(quiet.baraka, quiet.maths).members
    for name in ("amina", "nafula", "chausiku", "daudi", "esther", "farid", "gathoni", "hamisi"):
        with pytest.raises(NotYours):
            quiet_members(getattr(quiet, name), quiet.maths, members)


def test_after_the_term_the_moderator_sees_it_no_more(quiet):
    members = desk_of(quiet.baraka, quiet.maths).members
    Term.objects.filter(person=quiet.baraka).update(ended_at=now())
    with pytest.raises(NotYours):
        quiet_members(quiet.baraka, quiet.maths, members)


def test_each_reads_the_own_line_and_no_other(quiet, sign_in):
    url = reverse("my_line", args=[quiet.maths.pk])
    mine = sign_in(quiet.nafula).get(url).content.decode()
    assert "Nafula reads along" in mine
    assert "Otieno" not in mine
    assert "You were heard lately" in sign_in(quiet.amina).get(url).content.decode()
    about = reverse("community", args=[quiet.maths.pk])
    assert url in sign_in(quiet.nafula).get(about).content.decode()
    assert url not in sign_in(quiet.chausiku).get(about).content.decode()


SAID = ("reads along", "has not reached us", "cannot be reached", "has not looked in")


@pytest.mark.parametrize(
    "name", ["amina", "nafula", "chausiku", "daudi", "esther", "farid", "gathoni", "hamisi"]
)
def test_no_page_tells_anybody_else(quiet, sign_in, name):
    """The moderator has acted on it, too: the act must not tell either."""
    invite(quiet)
    client = sign_in(getattr(quiet, name))
    pages = ["today", "communities", "me", "garden"]
    inside = ["stream", "community", "members", "moderation", "moderators_desk", "my_line",
              "desk_texts", "hand_over", "moderation_log", "kept"]  # fmt: skip
    for url in [reverse(page) for page in pages] + [
        reverse(page, args=[quiet.maths.pk]) for page in inside
    ]:
        html = client.get(url, follow=True).content.decode()
        if name == "nafula" and url == reverse("my_line", args=[quiet.maths.pk]):
            continue
        assert not [words for words in SAID if words in html], url


def invite(world):
    (one,) = [
        one
        for one in today_at(desk_of(world.baraka, world.maths)).open
        if one.kind == "quiet" and one.about == world.nafula
    ]
    return take(by=world.baraka, community=world.maths, key=one.key, choice="invite")


def test_an_invitation_is_one_tap_and_stands_on_one_persons_today(quiet, sign_in):
    invite(quiet)
    word = Word.objects.get()
    assert word.person == quiet.nafula
    assert "Baraka has a word for you" in sign_in(quiet.nafula).get("/").content.decode()
    for other in (quiet.amina, quiet.otieno, quiet.chausiku):
        assert "has a word for you" not in sign_in(other).get("/").content.decode()


def test_who_was_invited_is_left_alone_for_a_month_and_who_is_left_for_three(quiet, tuesday):
    invite(quiet)
    tuesday.shift(dt.timedelta(days=29))
    has_read(quiet.nafula, quiet.maths, 0)
    quiet.nafula.last_used_on = now().date()
    quiet.nafula.save()
    assert quiet.nafula not in [
        one.about for one in today_at(desk_of(quiet.baraka, quiet.maths)).open
    ]


def test_a_phone_that_is_away_gets_no_word_but_a_colleague_in_person(quiet):
    (one,) = [
        one
        for one in today_at(desk_of(quiet.baraka, quiet.maths)).open
        if one.about == quiet.otieno
    ]
    assert [choice.code for choice in one.choices] == ["person"]
    take(by=quiet.baraka, community=quiet.maths, key=one.key, choice="person")
    assert not Word.objects.exists()


def test_who_became_a_supervisor_of_a_member_sees_nothing_at_once(quiet):
    from staffroom.facilitation.queries.desk import waiting
    from staffroom.places.models import Posting

    members = desk_of(quiet.baraka, quiet.maths).members
    Posting.objects.create(
        person=quiet.baraka, school=quiet.river, role="head", starts=now().date()
    )
    with pytest.raises(NotYours):
        quiet_members(quiet.baraka, quiet.maths, members)
    assert waiting(quiet.baraka, []) == []


def test_what_was_left_aside_can_be_brought_back_and_does_not_say_why_it_stood_there(
    quiet, sign_in
):
    (one,) = [
        one
        for one in today_at(desk_of(quiet.baraka, quiet.maths)).open
        if one.about == quiet.nafula
    ]
    taken = take(by=quiet.baraka, community=quiet.maths, key=one.key, choice="skip")
    assert taken.act.says == "Nafula"
    client, url = sign_in(quiet.baraka), reverse("moderators_desk", args=[quiet.maths.pk])
    undo = reverse("desk_undo", args=[quiet.maths.pk, taken.act.pk])
    html = client.get(url).content.decode()
    assert undo in html
    assert "reads along" not in html
    client.post(undo)
    assert "reads along" in client.get(url).content.decode()
