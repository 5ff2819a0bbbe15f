"""What pages cost is counted rarely and roughly right, told to its owner alone, and to nobody's harm."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.urls import reverse

from staffroom.channels.airtime.actions.budget import write_budget
from staffroom.core import hooks, retention
from staffroom.core.clock import today
from staffroom.core.ids import uuid7
from staffroom.people.actions.erase import erase
from staffroom.web.data.actions import set_own_price
from staffroom.web.data.queries import price_for
from staffroom.web.data.tally import TALLY, Tally
from staffroom.web.models import DataUsed
from tests.conversations.makers import a_post


@pytest.fixture(autouse=True)
def counting(settings):
    settings.COUNT_DATA_EVERY = 3600
    TALLY.forget()
    yield
    TALLY.forget()


def counted(person):
    TALLY.write()
    return dict(DataUsed.objects.filter(person=person).values_list("kind", "bytes"))


def test_a_page_weighs_what_it_weighed_when_it_left(world, sign_in):
    page = sign_in(world.amina).get(
        reverse("stream", args=[world.maths.pk]), headers={"accept-encoding": "br"}
    )
    assert page["Content-Encoding"] == "br"
    assert counted(world.amina) == {"reading": len(page.content) + 1300}
    assert counted(world.baraka) == {}


def test_kinds_are_told_apart(world, sign_in):
    post = a_post(world.maths, world.nafula)
    client = sign_in(world.amina)
    client.get(reverse("new_posts", args=[world.maths.pk]), {"after": str(post.pk)})
    assert set(counted(world.amina)) == {"live"}
    client.post(reverse("stream", args=[world.maths.pk]), {"text": "x" * 5000})
    said = counted(world.amina)
    assert set(said) == {"live", "sending"}
    assert said["sending"] > 5000


def test_no_row_a_request_and_none_with_an_hour(world, sign_in, django_assert_num_queries):
    client = sign_in(world.amina)
    for _ in range(5):
        client.get(reverse("mutes"))
    assert not DataUsed.objects.exists()
    counted(world.amina)
    row = DataUsed.objects.get()
    assert row.day == today()
    assert {field.name for field in row._meta.fields} == {"id", "person", "day", "kind", "bytes"}


def test_sending_is_kept_by_the_month_and_what_has_no_name_not_at_all(world, sign_in):
    client = sign_in(world.amina)
    client.post(reverse("stream", args=[world.maths.pk]), {"text": "Hello"})
    counted(world.amina)
    assert DataUsed.objects.get().day == today().replace(day=1)
    DataUsed.objects.all().delete()
    client.get(reverse("ask_without_name", args=[world.maths.pk]))
    client.post(reverse("ask_without_name", args=[world.maths.pk]), {"text": "Why?"})
    assert counted(world.amina) == {}


def test_sums_of_several_processes_add_up(world):
    """The statement adds to what stands there, whoever wrote it."""
    for tally in (Tally(), Tally(), TALLY):
        tally.add(world.amina.pk, "reading", 1000)
        tally.write()
    assert counted(world.amina) == {"reading": 3000}


def test_many_threads_lose_nothing(world):
    def work():
        for _ in range(500):
            TALLY.add(world.amina.pk, "reading", 2)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert counted(world.amina) == {"reading": 8000}


def test_whoever_left_for_good_leaves_nothing_behind(world):
    TALLY.add(world.farid.pk, "reading", 10)
    TALLY.write()
    erase(person=world.farid, keep_contributions=False, typed="delete me")
    TALLY.add(world.farid.pk, "reading", 10)
    TALLY.add(uuid7(), "reading", 10)
    TALLY.write()
    assert not DataUsed.objects.exists()


def test_its_owner_sees_it_in_money(world, sign_in):
    write_budget(
        by=None, programme=world.programme, currency="KES", mb_price=Decimal("0.5"),
        per_person=Decimal(1), per_order=Decimal(1), per_month=Decimal(1), two_above=Decimal(1),
    )  # fmt: skip
    TALLY.add(world.amina.pk, "media", 4_000_000)
    client = sign_in(world.amina)
    said = client.get(reverse("data_used")).content.decode()
    assert "4000 KB" in said
    assert "KES 2.00" in said
    assert "4000 KB" not in sign_in(world.baraka).get(reverse("data_used")).content.decode()
    assert reverse("data_used") in client.get(reverse("me")).content.decode()
    assert client.post(reverse("data_used"), {"per_mb": "2"}).status_code == 302
    assert "KES 8.0" in client.get(reverse("data_used")).content.decode()
    assert client.post(reverse("data_used"), {"per_mb": "dear"}).status_code == 422
    assert client.post(reverse("data_used"), {"per_mb": ""}).status_code == 302
    assert price_for(world.amina).per_mb == Decimal("0.5")


def test_something_never_costs_nothing(world):
    set_own_price(person=world.amina, per_mb=Decimal("0.001"))
    assert price_for(world.amina).of(10) == Decimal("0.01")
    assert price_for(world.amina).of(0) == 0


def test_it_is_taken_along(world):
    TALLY.add(world.amina.pk, "media", 7)
    TALLY.write()
    parts = [part for part in hooks.export_person.call(person=world.amina) if "data_used" in part]
    assert parts[0]["data_used"] == [{"day": today(), "kind": "media", "bytes": 7}]


def test_text_only_is_one_tap_and_offered_to_who_saves_data(world, sign_in):
    client = sign_in(world.amina)
    for page in ("me", "data_used"):
        assert reverse("text_only") in client.get(reverse(page)).content.decode()
    assert reverse("text_only") not in client.get("/").content.decode()
    saving = {"save-data": "on"}
    assert "Your phone asks to save data." in client.get("/", headers=saving).content.decode()
    answer = client.post(reverse("text_only"), {"text_only": "yes", "back": "/me/data-used"})
    assert answer["Location"] == "/me/data-used"
    world.amina.refresh_from_db()
    assert world.amina.text_only
    assert "Your phone asks" not in client.get("/", headers=saving).content.decode()
    answer = client.post(reverse("text_only"), {"back": "https://elsewhere.example"})
    assert answer["Location"] == reverse("me")


def test_nothing_is_counted_where_it_is_switched_off(world, sign_in, settings):
    settings.COUNT_DATA_EVERY = 0
    sign_in(world.amina).get(reverse("mutes"))
    assert counted(world.amina) == {}


def test_it_goes_after_two_months(world):
    for days in (10, 61, 64):
        day = today() - dt.timedelta(days=days)
        DataUsed.objects.create(person=world.amina, day=day, kind="reading", bytes=1)
    assert retention.keep()["data_used"] == 1
