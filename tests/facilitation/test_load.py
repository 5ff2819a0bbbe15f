"""The time of a term: a sum for its moderator alone, a mean over many communities for the gardener."""

import datetime as dt

import pytest
from django.urls import reverse

from staffroom.communities.models import Term
from staffroom.core.clock import now
from staffroom.facilitation.actions.load import make_figure, nightly
from staffroom.facilitation.models import Load, LoadFigure
from tests.conftest import make_community, make_person


@pytest.fixture
def term(nudged):
    return Term.objects.get(community=nudged.maths, person=nudged.baraka)


def desk(world):
    return reverse("moderators_desk", args=[world.maths.pk])


def test_pages_of_the_desk_add_up_and_a_pause_does_not(nudged, term, sign_in, tuesday):
    client = sign_in(nudged.baraka)
    client.get(desk(nudged))
    tuesday.shift(dt.timedelta(minutes=4))
    client.get(reverse("reports", args=[nudged.maths.pk]))
    tuesday.shift(dt.timedelta(hours=5))
    client.get(desk(nudged))
    assert Load.objects.get().seconds == 60 + 240 + 60


def test_other_pages_and_other_people_are_not_counted(nudged, term, sign_in):
    client = sign_in(nudged.baraka)
    for page in ("stream", "tea", "community", "members"):
        client.get(reverse(page, args=[nudged.maths.pk]))
    client.get("/")
    for person in (nudged.amina, nudged.chausiku, nudged.esther):
        sign_in(person).get(desk(nudged))
        sign_in(person).get(reverse("reports", args=[nudged.maths.pk]))
    assert not Load.objects.exists()


def test_no_trail_is_kept(nudged, term, sign_in, tuesday):
    sign_in(nudged.baraka).get(desk(nudged))
    tuesday.shift(dt.timedelta(hours=8))
    nightly(now=now())
    assert Load.objects.get().last_at is None


def test_the_moderator_alone_is_told(nudged, term, sign_in):
    Load.objects.create(term=term, seconds=14 * 60)
    html = sign_in(nudged.baraka).get(desk(nudged)).content.decode()
    assert "about 15 minutes a day so far" in html or "about 14 minutes a day so far" in html


def many(world, number: int, *, minutes: int = 12):
    """So many communities in whose terms so many minutes a day were spent."""
    for each in range(number):
        person = make_person(f"Moderator {each}")
        community = make_community(world.programme, f"Community {each}", person)
        term = Term.objects.create(
            community=community,
            person=person,
            how="turn",
            accepted_at=now(),
            starts=now() - dt.timedelta(days=10),
        )
        Load.objects.create(term=term, seconds=minutes * 60 * 10)


def garden(sign_in, person) -> str:
    return sign_in(person).get(reverse("garden")).content.decode()


def test_the_gardener_reads_a_mean_over_ten(nudged, sign_in):
    many(nudged, 10)
    nightly(now=now())
    assert "about 12 minutes a day" in garden(sign_in, nudged.gathoni)


def test_of_nine_nothing_is_told(nudged, sign_in):
    many(nudged, 9)
    nightly(now=now())
    assert "minutes a day" not in garden(sign_in, nudged.gathoni)
    assert not LoadFigure.objects.exists()


def test_a_gardener_who_supervises_anybody_is_told_no_mean(nudged, sign_in):
    from staffroom.places.models import Posting

    many(nudged, 10)
    nightly(now=now())
    Posting.objects.create(
        person=nudged.gathoni, school=nudged.river, role="head", starts=dt.date(2020, 1, 1)
    )
    assert "minutes a day" not in garden(sign_in, nudged.gathoni)


def test_a_figure_stands_for_a_week(nudged, tuesday):
    many(nudged, 10)
    first = make_figure(nudged.programme, now())
    Load.objects.update(seconds=30 * 60 * 10)
    tuesday.shift(dt.timedelta(days=6))
    assert make_figure(nudged.programme, now()) is None
    tuesday.shift(dt.timedelta(days=2))
    second = make_figure(nudged.programme, now())
    assert (first.minutes, second.minutes) == (12, 17)


def test_one_more_community_makes_no_new_figure(nudged, tuesday):
    many(nudged, 10)
    make_figure(nudged.programme, now())
    tuesday.shift(dt.timedelta(days=8))
    extra = make_community(nudged.programme, "Extra", nudged.daudi)
    term = Term.objects.create(
        community=extra, person=nudged.daudi, how="turn", starts=now() - dt.timedelta(days=9)
    )
    Load.objects.create(term=term, seconds=99 * 60)
    assert make_figure(nudged.programme, now()) is None
