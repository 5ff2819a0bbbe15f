import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry
from staffroom.people import actions, address, phones
from staffroom.people.models import Person
from staffroom.places.models import Programme


def test_an_account_is_made_once_a_number(world):
    person = actions.make_account(
        name="Zuhura Ali", phone="0722 222 222", subjects=["science"], by=world.baraka
    )
    assert str(person.phone) == "+254722222222"
    assert (person.enrolled_at, person.subjects) == (None, ["science"])
    assert not person.has_usable_password()
    with pytest.raises(Refused, match="number already"):
        actions.make_account(name="Other", phone="+254722222222")


def test_an_account_takes_no_powers(world):
    with pytest.raises(TypeError, match="is_staff"):
        actions.make_account(name="Zuhura", phone="+254722222222", is_staff=True)


def test_many_accounts_at_once_are_all_or_none(db):
    lines = [{"name": f"Zuhura {n}", "phone": f"+25472222220{n}"} for n in range(3)]
    told = []
    made = actions.make_accounts(lines, progress=told.append)
    assert [str(person.phone) for person in made] == [line["phone"] for line in lines]
    assert not made[0].has_usable_password()
    assert told == [3]
    assert AuditEntry.objects.filter(act="account.made").count() == 3
    with pytest.raises(Refused):
        actions.make_accounts([{"name": "Zawadi", "phone": "+254722222299"}, lines[0]])
    assert Person.objects.filter(name="Zawadi").count() == 0


def request_for_strangers():
    request = RequestFactory().get("/")
    request.session = SessionStore()
    return request


def test_staff_do_not_come_in_without_their_factors(world, settings):
    with pytest.raises(NotYours):
        actions.sign_in_as(request_for_strangers(), world.gathoni)
    with pytest.raises(NotYours):
        actions.sign_in_as(request_for_strangers(), world.gathoni, how="demo")
    settings.DEMO = True
    request = request_for_strangers()
    actions.sign_in_as(request, world.gathoni, how="demo")
    assert request.session["second_factor"] is True
    assert request.session.get_expiry_age() == pytest.approx(12 * 3600, abs=5)


def test_whoever_left_does_not_come_in(world):
    Person.objects.filter(pk=world.amina.pk).update(is_active=False)
    with pytest.raises(NotYours):
        actions.sign_in_as(request_for_strangers(), Person.objects.get(pk=world.amina.pk))


def test_numbers_are_at_home_in_ones_own_programme(world):
    Programme.objects.create(name="Pakistan", country="PK", phone_region="PK")
    assert phones.region(world.amina) == "KE"
    assert phones.region() is None  # two programmes, two countries: nobody can tell
    with pytest.raises(Refused, match=r"country code, like \+254 .*, \+92 "):
        phones.parse("0722 222 222")
    assert str(phones.parse("0300 1234567", "PK")) == "+923001234567"


@pytest.mark.parametrize(
    ("https", "meta", "expected"),
    [
        (False, {"REMOTE_ADDR": "41.90.1.1"}, "41.90.1.1"),
        (False, {"REMOTE_ADDR": "41.90.1.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4"}, "41.90.1.1"),
        (True, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "9.9.9.9, 1.2.3.4"}, "1.2.3.4"),
        (False, {"REMOTE_ADDR": "2c0f:fe38:1:2:3:4:5:6"}, "2c0f:fe38:1:2::/64"),
        (False, {"REMOTE_ADDR": ""}, "unknown"),
    ],
)
def test_where_a_request_comes_from(settings, https, meta, expected):
    settings.HTTPS = https
    assert address.of(RequestFactory().get("/", **meta)) == expected
