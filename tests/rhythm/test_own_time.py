"""A member writes down time for learning, for themselves."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staffroom.core import hooks, retention
from staffroom.core.clock import now, pretend, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.places.models import SchoolTerm
from staffroom.rhythm.actions.own_time import put_back, remove, write
from staffroom.rhythm.hooks.own_time import export_person
from staffroom.rhythm.models import OwnTime
from staffroom.rhythm.queries.own_time import gathered, totals

DAY = dt.date(2026, 3, 9)


def an_entry(person, **fields):
    return write(by=person, **{"day": DAY, "minutes": 60, "what": "A course"} | fields)


def page(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_is_written_down_once_however_often_it_is_sent(world, sign_in):
    amina, key = sign_in(world.amina), uuid7()
    sent = {"id": key, "day": "2026-03-09", "minutes": "45", "what": "A book", "place": "At home"}
    for _ in range(2):
        assert amina.post(reverse("own_time_new"), sent).status_code == 302
    entry = OwnTime.objects.get()
    assert (entry.person, entry.minutes, entry.place) == (world.amina, 45, "At home")
    assert "You alone see it." in page(amina, reverse("own_time"))


def test_a_community_is_kept_as_words(world, sign_in):
    sent = {"day": "2026-03-09", "minutes": "60", "what": "Talk", "community": world.maths.name}
    sign_in(world.amina).post(reverse("own_time_new"), sent)
    assert OwnTime.objects.get().place == world.maths.name
    assert not [each for each in OwnTime._meta.fields if each.is_relation and each.name != "person"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("day", "2999-01-01", "still to come"),
        ("day", "9.3.26", "year-month-day"),
        ("minutes", "0", "a number from 1 to 600"),
        ("minutes", "601", "a number from 1 to 600"),
        ("minutes", "an hour", "in digits"),
        ("what", "  ", "write something"),
        ("community", "Not mine", "Choose"),
    ],
)
def test_what_cannot_be_is_said_kindly_and_everything_typed_stays(
    world, sign_in, field, value, said
):
    sent = {"day": "2026-03-09", "minutes": "45", "what": "A book", "place": "Kept words"}
    answer = sign_in(world.amina).post(reverse("own_time_new"), sent | {field: value})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said.lower() in text.lower()
    assert "Kept words" in text
    assert not OwnTime.objects.exists()


def test_it_is_changed_removed_and_put_back_by_its_owner_alone(world):
    entry = an_entry(world.amina)
    write(by=world.amina, entry=entry, day=DAY, minutes=90, what="A longer course")
    assert entry.minutes == 90
    for act in (
        lambda: write(by=world.baraka, entry=entry, day=DAY, minutes=1, what="x"),
        lambda: remove(by=world.baraka, entry=entry),
        lambda: put_back(by=world.hamisi, entry=entry),
    ):
        with pytest.raises(NotYours):
            act()
    remove(by=world.amina, entry=entry)
    put_back(by=world.amina, entry=entry)
    assert OwnTime.objects.get().removed_at is None
    remove(by=world.amina, entry=entry)
    with pretend(now() + dt.timedelta(minutes=11)), pytest.raises(Refused):
        put_back(by=world.amina, entry=entry)
    with pretend(now() + dt.timedelta(days=2)):
        assert retention.keep()["own_time_removed"] == 1
    assert not OwnTime.objects.exists()


def test_the_sums_are_by_school_term_and_by_year(world):
    SchoolTerm.objects.create(
        programme=world.programme, name="Term 1", first_day=dt.date(2026, 1, 5),
        last_day=dt.date(2026, 4, 3),
    )  # fmt: skip
    for day, minutes in [(DAY, 60), (dt.date(2026, 4, 3), 45), (dt.date(2026, 4, 4), 30)]:
        an_entry(world.amina, day=day, minutes=minutes)
    an_entry(world.amina, day=dt.date(2025, 12, 31), minutes=10)
    an_entry(world.baraka, minutes=500)
    remove(by=world.amina, entry=an_entry(world.amina, minutes=300))
    terms, years = totals(world.amina)
    assert [(each.name, each.minutes) for each in terms] == [("Term 1, 2026", 105)]
    assert [(each.name, each.minutes) for each in years] == [("2026", 135), ("2025", 10)]
    assert (terms[0].hours, terms[0].rest) == (1, 45)


def test_a_gathering_of_the_last_days_is_one_tap_away(world, sign_in):
    world.maths.set_weekday, world.maths.set_hour = 2, dt.time(20)
    world.maths.save()
    wednesday = dt.datetime(2026, 3, 11, 17, 30, tzinfo=dt.UTC)  # 20:30 in Nairobi
    with pretend(wednesday - dt.timedelta(hours=1)):
        assert [each.day for each in gathered(world.amina)] == [dt.date(2026, 3, 4)]
    with pretend(wednesday):
        assert [each.day for each in gathered(world.amina)] == [dt.date(2026, 3, 11)]
        said = page(sign_in(world.amina), reverse("own_time"))
        link = said.split('href="/me/time/new?')[1].split('"')[0].replace("&amp;", "&")
        form = page(sign_in(world.amina), f"/me/time/new?{link}")
    assert 'value="2026-03-11"' in form
    assert 'value="60"' in form
    assert f'<option value="{world.maths.name}" selected>' in form


def test_the_sheet_carries_the_name_typed_and_keeps_it_nowhere(world, sign_in):
    an_entry(world.amina, what="=HYPERLINK(1)")
    an_entry(world.amina, day=dt.date(2025, 1, 1), what="Too early")
    sent = {
        "name": "A. Hassan, TSC 1",
        "school": "Hill",
        "first": "2026-01-01",
        "last": "2026-12-31",
    }
    answer = sign_in(world.amina).post(reverse("own_time_print"), sent)
    sheet = answer.content.decode()
    assert "A. Hassan, TSC 1" in sheet
    assert "Too early" not in sheet
    world.amina.refresh_from_db()
    assert world.amina.name == "Amina Hassan"
    wrong = sent | {"first": "2026-12-31", "last": "2026-01-01"}
    assert sign_in(world.amina).post(reverse("own_time_print"), wrong).status_code == 422


def test_the_list_runs_no_formula(world, sign_in):
    an_entry(world.amina, what="=HYPERLINK(1)")
    answer = sign_in(world.amina).get(reverse("own_time_csv"))
    said = answer.content.decode()
    assert said.splitlines()[1] == "2026-03-09,60,'=HYPERLINK(1),"
    assert "no-store" in answer["Cache-Control"]


def test_it_is_taken_along_and_forgotten(world):
    an_entry(world.amina)
    an_entry(world.baraka, what="Not hers")
    told = export_person(world.amina)
    assert [row["what"] for row in told["own_time"]] == ["A course"]
    for erased in hooks.erase_person:
        erased(person=world.amina, keep_contributions=True)
    assert not OwnTime.objects.filter(person=world.amina).exists()


def test_the_queries_do_not_grow(world, sign_in):
    amina = sign_in(world.amina)

    def count():
        with CaptureQueriesContext(connection) as asked:
            page(amina, reverse("own_time"))
        return len(asked)

    for n in range(10):
        an_entry(world.amina, what=str(n))
    count()  # the first visit asks what later ones know
    few = count()
    OwnTime.objects.bulk_create(
        OwnTime(person=world.amina, day=today() - dt.timedelta(days=n), minutes=5, what="x")
        for n in range(190)
    )
    assert count() == few
