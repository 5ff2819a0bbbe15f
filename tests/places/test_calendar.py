"""When there is school, and what keeps silent when there is none."""

import datetime as dt

import pytest

from staffroom.communities import clockwork, queries
from staffroom.communities.actions import terms as turns
from staffroom.communities.models import Term
from staffroom.communities.queries import school
from staffroom.communities.queries.terms import open_offer
from staffroom.core.clock import now, pretend, today
from staffroom.core.errors import NotYours, Refused
from staffroom.places import calendar
from staffroom.places.actions.calendar import remove, set_weekend, write_holiday, write_term
from staffroom.places.models import Area, AreaParent, Holiday, SchoolTerm
from staffroom.web.queries import today as page

MONDAY = dt.date(2026, 11, 23)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def year(world):
    for name, first, last in [("Term 3", "2026-08-24", "2026-10-30"),
                              ("Term 1", "2027-01-04", "2027-04-02")]:  # fmt: skip
        write_term(by=world.hamisi, programme=world.programme, name=name,
                   first_day=day(first), last_day=day(last))  # fmt: skip
    return world


def holiday(world, first, last=None, **more):
    return write_holiday(by=world.hamisi, programme=world.programme, name="Sekukuu",
                         first_day=day(first), last_day=day(last or first), **more)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("2026-08-21", True),  # a Friday before the calendar begins: nothing is known
        ("2026-08-24", True),
        ("2026-08-29", False),  # a Saturday
        ("2026-10-30", True),  # the last day is a school day
        ("2026-11-02", False),  # between two terms
        ("2027-01-01", False),
        ("2027-01-04", True),
        ("2027-04-05", False),  # after the last known term
        ("2027-06-11", False),  # ten weeks after it
        ("2027-06-14", True),  # nobody went on with the calendar
    ],
)
def test_school_days_of_a_year(year, text, is_one):
    assert calendar.is_school_day(year.programme, day(text)) is is_one


def test_where_nothing_is_set_only_night_and_weekend_are_silent(world):
    def at(hour, date=MONDAY):
        return dt.datetime.combine(date, dt.time(hour), dt.UTC) - dt.timedelta(hours=3)  # Nairobi

    silent = [hour for hour in range(24) if calendar.reminders_silent(world.programme, at(hour))]
    assert silent == [0, 1, 2, 3, 4, 5, 21, 22, 23]
    assert calendar.reminders_silent(world.programme, at(12, day("2026-11-28")))


def test_the_weekend_is_the_programmes_own(world):
    friday = day("2026-11-27")
    assert calendar.is_school_day(world.programme, friday)
    set_weekend(by=world.hamisi, programme=world.programme, days=[4])
    assert not calendar.is_school_day(world.programme, friday)
    assert calendar.is_school_day(world.programme, day("2026-11-28"))


def test_a_holiday_of_an_area_holds_for_what_lies_in_it(world):
    elsewhere = Area.objects.create(
        programme=world.programme,
        level=world.county_level,
        name="Mombasa",
        starts=day("2020-01-01"),
    )
    holiday(world, "2026-11-23", area=world.kitui)
    assert not calendar.is_school_day(world.programme, MONDAY, world.mwingi)
    assert not calendar.is_school_day(world.programme, MONDAY, world.kitui)
    assert calendar.is_school_day(world.programme, MONDAY, elsewhere)
    assert calendar.is_school_day(world.programme, MONDAY)
    AreaParent.objects.filter(area=world.mwingi).update(ends=day("2026-01-01"))
    assert calendar.is_school_day(world.programme, MONDAY, world.mwingi)


def test_terms_do_not_overlap_and_end_after_they_begin(year):
    with pytest.raises(Refused, match="overlap with Term 3"):
        write_term(by=year.hamisi, programme=year.programme, name="Again",
                   first_day=day("2026-10-30"), last_day=day("2026-11-05"))  # fmt: skip
    with pytest.raises(Refused, match="after the first"):
        holiday(year, "2026-11-05", "2026-11-01")
    term = SchoolTerm.objects.get(name="Term 3")
    write_term(by=year.hamisi, programme=year.programme, term=term, name="Term 3",
               first_day=term.first_day, last_day=day("2026-11-06"))  # fmt: skip
    assert calendar.is_school_day(year.programme, day("2026-11-06"))


@pytest.mark.parametrize("who", ["amina", "baraka", "esther", "farid", "gathoni"])
def test_only_administrators_write_it(world, who):
    by = getattr(world, who)
    with pytest.raises(NotYours):
        write_term(by=by, programme=world.programme, name="T", first_day=MONDAY, last_day=MONDAY)
    with pytest.raises(NotYours):
        set_weekend(by=by, programme=world.programme, days=[4])
    row = holiday(world, "2026-11-23")
    with pytest.raises(NotYours):
        remove(by=by, period=row)


def test_nobody_is_asked_for_a_turn_in_the_holidays_and_no_offer_lapses(world):
    offered = turns.offer(world.maths, world.nafula.pk, "turn")
    first = today()
    holiday(world, first.isoformat(), (first + dt.timedelta(days=20)).isoformat())
    with pretend(now() + dt.timedelta(days=10)):
        clockwork.tend(world.maths.pk)
        assert open_offer(world.maths) == offered
    with pretend(now() + dt.timedelta(days=22)):
        clockwork.tend(world.maths.pk)
        assert open_offer(world.maths) == offered  # one day of school has passed, not three
    with pretend(now() + dt.timedelta(days=26)):
        clockwork.tend(world.maths.pk)
        assert open_offer(world.maths) != offered


def test_a_vacancy_waits_for_the_end_of_the_holidays(world):
    Term.objects.filter(community=world.maths).update(ended_at=now())
    first = today(world.maths.timezone)
    row = holiday(world, first.isoformat(), first.isoformat())
    clockwork.tend(world.maths.pk)
    assert open_offer(world.maths) is None
    remove(by=world.hamisi, period=row)
    clockwork.tend(world.maths.pk)
    assert open_offer(world.maths) is not None


def test_a_turn_that_ends_in_the_holidays_is_told_and_not_changed(world, sign_in):
    term = queries.current_term(world.maths)
    end = term.planned_end.date()
    page = sign_in(world.amina).get(f"/c/{_short(world.maths)}/moderation")
    assert "ends while schools are closed" not in page.content.decode()
    holiday(world, end.isoformat(), (end + dt.timedelta(days=1)).isoformat())
    assert school.ends_in_break(world.maths, term)
    page = sign_in(world.amina).get(f"/c/{_short(world.maths)}/moderation")
    assert "ends while schools are closed" in page.content.decode()
    term.refresh_from_db()
    assert term.planned_end.date() == end


def test_the_set_time_keeps_silent_in_the_holidays(world):
    moment = dt.datetime(2026, 11, 23, 6, tzinfo=dt.UTC)
    world.maths.set_weekday, world.maths.set_hour = 0, dt.time(20)
    with pretend(moment):
        assert page.set_time([world.maths]) is not None
        holiday(world, "2026-11-23")
        assert page.set_time([world.maths]) is None


def test_members_see_the_next_holiday_on_their_communitys_page(world, sign_in):
    first = today() + dt.timedelta(days=9)

    def about():
        return sign_in(world.amina).get(f"/c/{_short(world.maths)}/about").content.decode()

    assert "Nothing reminds you then" not in about()
    holiday(world, first.isoformat())
    assert "Sekukuu" in about()


def test_the_next_break_is_the_nearest_of_holidays_and_gaps(year):
    soon = calendar.next_break(year.programme, day("2026-09-20"))
    assert (soon.first_day, soon.last_day) == (day("2026-10-31"), day("2027-01-03"))
    holiday(year, "2026-10-12")
    assert calendar.next_break(year.programme, day("2026-09-20")).first_day == day("2026-10-12")
    assert calendar.next_break(year.programme, day("2027-01-10")) is None


def test_the_calendar_is_written_on_its_page(world, sign_in):
    client = sign_in(world.hamisi)
    first = today() + dt.timedelta(days=3)
    response = client.post("/places/calendar/holidays/new", {
        "name": "Eid", "first_day": first.isoformat(), "last_day": first.isoformat(),
        "area": "Mwingi",
    })  # fmt: skip
    assert response.status_code == 302
    row = Holiday.objects.get()
    assert row.area == world.mwingi
    assert "Eid" in client.get("/places/calendar").content.decode()
    response = client.post("/places/calendar/terms/new", {
        "name": "Term 1", "first_day": "2027-04-02", "last_day": "2027-01-04",
    })  # fmt: skip
    assert response.status_code == 422
    assert "The last day comes after the first." in response.content.decode()
    assert "2027-04-02" in response.content.decode()
    client.post("/places/calendar/weekend", {"days": ["4"]})
    world.programme.refresh_from_db()
    assert world.programme.weekend == [4]
    client.post(f"/places/calendar/holidays/{_short(row)}/remove")
    assert not Holiday.objects.exists()


def _short(row):
    from staffroom.core.ids import short

    return short(row.pk)
