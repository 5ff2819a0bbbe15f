import datetime as dt

import pytest
from django.core.exceptions import ImproperlyConfigured

from staffroom.channels.whatsapp import channel, doctor, keeping, troubles
from staffroom.channels.whatsapp.models import Trouble
from staffroom.config import env
from staffroom.core.clock import now, pretend
from staffroom.core.findings import FAIL, OK, WARN

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    return [(one.level, one.what) for one in doctor.findings()]


def test_where_nobody_wants_it_nothing_is_said():
    assert told() == []


def test_half_set_up_says_what_is_missing(ours):
    ours.WHATSAPP_TOKEN = ours.WHATSAPP_VERIFY_TOKEN = ""
    ((level, what),) = told()
    assert level == FAIL
    assert "STAFFROOM_WHATSAPP_TOKEN, STAFFROOM_WHATSAPP_VERIFY_TOKEN" in what
    assert not channel.works()


def test_whole_it_is_well(ours):
    ((level, _what),) = told()
    assert level == OK


def test_without_prices_no_cost_is_known(ours):
    ours.WHATSAPP_PRICES = {}
    ((level, what),) = told()
    assert level == WARN
    assert "prices" in what


def test_the_token_goes_over_https_alone(ours):
    ours.WHATSAPP_URL = "http://graph.example.org"
    assert told()[0][0] == FAIL


@pytest.mark.parametrize("what", sorted(troubles.TOLD))
def test_each_trouble_is_a_line_with_what_to_do(ours, what):
    for _again in range(3):
        troubles.note(what, "190")
    ((level, said),) = told()
    assert level == WARN
    assert "3" in said
    assert doctor.findings()[0].how


def test_what_is_past_is_told_no_more_and_goes(ours):
    with pretend(now() - dt.timedelta(days=3)):
        troubles.note("forged")
    assert told()[0][0] == OK
    (rule,) = keeping.rules()
    assert rule.waiting(now(), 90) == 0
    assert rule.waiting(now(), 2) == 1


def test_many_kinds_are_few_rows(ours):
    for number in range(70):
        troubles.note("provider", str(number))
    assert Trouble.objects.count() <= troubles.MOST + 1
    assert sum(row.count for row in Trouble.objects.all()) == 70


@pytest.mark.parametrize("wrong", ["service", "service=", "=1", "service=x", "service=-1", "a=NaN"])
def test_a_price_list_that_is_none_stops_the_start(monkeypatch, wrong):
    monkeypatch.setenv("STAFFROOM_WHATSAPP_PRICES", wrong)
    with pytest.raises(ImproperlyConfigured):
        env.amounts("WHATSAPP_PRICES")


def test_a_price_list(monkeypatch):
    monkeypatch.setenv("STAFFROOM_WHATSAPP_PRICES", "Service=0.0010, utility=0.0040")
    assert list(map(str, env.amounts("WHATSAPP_PRICES").values())) == ["0.0010", "0.0040"]
    assert list(env.amounts("WHATSAPP_PRICES")) == ["service", "utility"]


def test_the_office_reads_it_on_its_page(world, sign_in, ours):
    ours.WHATSAPP_NUMBER = "+254700123456"
    for _again in range(2):
        troubles.note("money", "131042")
    page = sign_in(world.gathoni).get("/channels").content.decode()
    assert page.count("could not charge the account") == 1
    assert "+254700123456" in page
    assert "/hooks/whatsapp/" in page
