"""The weekly letter: to whom it goes, what it says, and that it comes once or not at all."""

import datetime as dt

import pytest
from django.utils import timezone

from staffroom.channels.email.actions import make as making
from staffroom.channels.email.actions.send import send
from staffroom.channels.email.models import Box, StaffLetter, Week
from staffroom.channels.switchboard.messages import TryLater
from staffroom.communities.models import Term
from staffroom.core import clock
from staffroom.core.models import AuditEntry, OutboxEntry
from staffroom.people.models import Person
from staffroom.places.models import Appointment
from tests.channels.email.makers import MONDAY, TUESDAY, busy_week, furnish
from tests.conftest import LONG_AGO

pytestmark = pytest.mark.django_db
NINE = TUESDAY.replace(hour=6)  # in Nairobi


@pytest.fixture
def house(world, post):
    world.house = furnish(world)
    busy_week(world.house)
    Term.objects.all().delete()  # six communities without a moderator
    world.post = post
    return world


def make(house, at: dt.datetime = TUESDAY):
    with clock.pretend(at):
        return making.make(programme=house.programme)


def go(at: dt.datetime = NINE) -> None:
    with clock.pretend(at):
        for letter in StaffLetter.objects.filter(state__in=["waiting", "trying"]):
            send({"id": str(letter.pk)})


def to(house, name: str):
    found = [each for each in house.post.letters if each["to"].startswith(name)]
    return found[0].get_body(("plain",)).get_content() if found else ""


def test_the_gardener_and_the_administrator_get_theirs(house):
    make(house)
    go()
    assert {each["to"] for each in house.post.letters} == {
        "gathoni@example.org",
        "hamisi@example.org",
    }
    text = to(house, "gathoni")
    assert "6 communities have nobody who moderates." in text
    assert "32 questions were asked." in text
    assert "16 of 32 had an answer within a day." in text
    assert "6 communities" not in to(house, "hamisi")
    page = house.post.letters[0].get_body(("html",)).get_content()
    assert '<html lang="en" dir="ltr">' in page
    assert set(StaffLetter.objects.values_list("state", flat=True)) == {"sent"}


def test_no_letter_names_a_member_a_community_or_a_word(house):
    make(house)
    go()
    for letter in house.post.letters:
        text = letter.as_string() + letter.get_body(("plain",)).get_content()
        for each in Person.objects.exclude(is_staff=True):
            assert each.name not in text
        assert "Group 0" not in text
        assert "Mathematics" not in text
        assert "Secret" not in text


def test_it_is_made_once_on_tuesday_or_later(house):
    assert make(house, TUESDAY - dt.timedelta(days=1)) is None
    assert make(house).monday == MONDAY
    assert make(house) is None
    assert make(house, TUESDAY + dt.timedelta(days=2)) is None
    assert StaffLetter.objects.count() == 2
    due = OutboxEntry.objects.filter(topic="letter.send").values_list("due_at", flat=True)
    assert {each.astimezone(dt.UTC) for each in due} == {TUESDAY.replace(hour=4)}


def test_against_the_week_before(house):
    Week.objects.create(
        programme=house.programme,
        monday=MONDAY - dt.timedelta(days=7),
        figures={"asked": 40, "answered": 20},
    )
    make(house)
    go()
    text = to(house, "gathoni")
    assert "32 questions were asked. Less than the week before." in text
    assert "16 of 32 had an answer within a day. As the week before." in text


def test_where_there_is_nothing_to_say_nothing_is_sent(house):
    Week.objects.create(programme=house.programme, monday=MONDAY)
    week = Week.objects.get()
    StaffLetter.objects.create(person=house.hamisi, week=week, made_at=TUESDAY)
    go()
    assert house.post.letters == []
    assert StaffLetter.objects.get().state == "empty"


def test_in_the_readers_language_and_from_right_to_left(house):
    Person.objects.filter(pk=house.gathoni.pk).update(language="ur")
    make(house)
    go()
    letter = next(each for each in house.post.letters if each["to"].startswith("gathoni"))
    assert '<html lang="ur" dir="rtl">' in letter.get_body(("html",)).get_content()
    assert letter["content-language"] == "ur"


def test_a_server_that_is_down_is_asked_again_and_it_comes_once(house):
    make(house)
    Appointment.objects.filter(person=house.hamisi).delete()
    house.post.says = {"MAIL": "421 not now"}
    with pytest.raises(TryLater):
        go()
    assert house.post.letters == []
    go()
    go()
    assert len(house.post.letters) == 1


def test_what_may_have_arrived_is_not_sent_again(house):
    make(house)
    StaffLetter.objects.filter(person=house.hamisi).delete()
    house.post.loses = True
    go()
    go()
    assert len(house.post.letters) == 1
    letter = StaffLetter.objects.get()
    assert (letter.state, letter.why) == ("failed", "unknown")


def test_a_worker_that_died_while_sending_sends_nothing_twice(house):
    make(house)
    StaffLetter.objects.update(state="trying")
    go()
    assert house.post.letters == []


def test_a_refused_address_stops_and_the_office_hears_of_it(house, sign_in):
    make(house)
    StaffLetter.objects.filter(person=house.hamisi).delete()
    house.post.says = {"RCPT": "550 5.1.1 no such box"}
    go()
    assert StaffLetter.objects.get().why == "550"
    assert AuditEntry.objects.filter(act="email.bounced").count() == 1
    make(house, TUESDAY + dt.timedelta(days=7))
    go(NINE + dt.timedelta(days=7))
    assert to(house, "gathoni") == ""
    assert "The e-mail address of 1 colleague takes no letters." in to(house, "hamisi")
    office = sign_in(house.hamisi)
    assert "An e-mail address takes no letters" in office.get("/").content.decode()
    assert "gathoni@example.org" in office.get("/letters").content.decode()
    office.post(f"/letters/{_short(house.gathoni)}/again")
    assert "gathoni@example.org" not in office.get("/letters").content.decode()


def test_a_new_address_is_a_new_beginning(house):
    Box.objects.create(person=house.gathoni, bounced_at=timezone.now(), address="of another")
    make(house)
    go()
    assert to(house, "gathoni")


def test_one_click_ends_it(house, client):
    make(house)
    go()
    letter = next(each for each in house.post.letters if each["to"].startswith("gathoni"))
    link = letter["list-unsubscribe"].strip("<>").split("8000")[1]
    strict = type(client)(enforce_csrf_checks=True)
    assert strict.get(link).status_code == 200
    assert not Box.objects.filter(letters=False).exists()
    assert strict.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert make(house, TUESDAY + dt.timedelta(days=7))
    assert not StaffLetter.objects.filter(person=house.gathoni, state="waiting").exists()


@pytest.mark.parametrize("token", ["x", "letters.x:y", "letters." + "A" * 22 + ":bad"])
def test_another_link_ends_nothing(client, token):
    assert client.get(f"/e/{token}").status_code == 404
    assert client.post(f"/e/{token}").status_code == 404
    assert not Box.objects.exists()


def test_one_may_choose(house, sign_in):
    browser = sign_in(house.gathoni)
    assert "It comes to you." in browser.get("/me/letters").content.decode()
    browser.post("/me/letters", {"letters": "no"})
    make(house)
    assert not StaffLetter.objects.filter(person=house.gathoni).exists()
    browser.post("/me/letters", {"letters": "yes"})
    assert Box.objects.get().letters
    assert sign_in(house.amina).get("/me/letters").status_code == 404


def test_quiet_hours_are_kept(house):
    make(house)
    go(TUESDAY.replace(hour=1))  # four in the morning in Nairobi
    assert house.post.letters == []
    assert StaffLetter.objects.filter(state="waiting").count() == 2


def test_an_office_that_ended_meanwhile_gets_nothing(house):
    make(house)
    Appointment.objects.all().delete()
    go()
    assert house.post.letters == []


def test_an_evaluator_gets_the_figures_alone(house):
    Appointment.objects.filter(person=house.gathoni).update(role="evaluator", starts=LONG_AGO)
    make(house)
    go()
    text = to(house, "gathoni")
    assert "32 questions" in text
    assert "moderates" not in text


def test_without_a_server_no_letter_is_made(house, settings):
    settings.EMAIL_URL = ""
    with clock.pretend(TUESDAY):
        making.nightly(now=TUESDAY)
    assert not Week.objects.exists()


def _short(person) -> str:
    from staffroom.core.ids import short

    return short(person.pk)
