"""Known people in a small known world. Esther and Farid must always get nothing.

Amina asks, Baraka moderates, Chausiku advises, Daudi is in the sister community; Esther heads the
school of Amina and Baraka, Farid is an outsider; Gathoni is the gardener, Hamisi the administrator.
"""

import datetime as dt
import os
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import translation

from staffroom.communities.models import (
    Advisership,
    Community,
    GroundRules,
    Membership,
    RuleAgreement,
    Term,
)
from staffroom.core.clock import now
from staffroom.people.consent import VERSION
from staffroom.people.models import Consent, Person
from staffroom.places.models import (
    Appointment,
    Area,
    AreaParent,
    Level,
    Posting,
    Programme,
    School,
    SchoolArea,
)

LONG_AGO = dt.date(2020, 1, 1)

# Django reads compiled catalogues; a checkout where nobody ran `make` has old ones or none.
runpy.run_path(str(Path(__file__).parent.parent / "bin/compile_messages.py"), run_name="__main__")


def pytest_addoption(parser):
    parser.addoption("--fuzz-minutes", type=float, default=0, help="tests/security/test_fuzz.py")
    parser.addoption("--fuzz-seed", type=int, default=20261127, help="tests/security/test_fuzz.py")
    parser.addoption(
        "--few-values", action="store_true",
        help="of a test asked with many values the first and the last: what differs is no query",
    )  # fmt: skip


#: Here the values are those of the database.
EVERY_VALUE = ("tests/core/test_backup_rows.py",)


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--few-values"):
        return
    asked: dict[str, list] = {}
    for item in items:
        asked.setdefault(item.nodeid.split("[")[0], []).append(item)
    spared = {
        id(item)
        for name, same in asked.items()
        if not name.startswith(EVERY_VALUE)
        for item in same[1:-1]
    }
    config.hook.pytest_deselected(items=[item for item in items if id(item) in spared])
    items[:] = [item for item in items if id(item) not in spared]


@pytest.fixture(autouse=True)
def _plain_settings(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = False
    settings.DEMO = False
    settings.COUNT_DATA_EVERY = 0  # tests/web/test_data_used.py counts
    translation.activate("en")  # a page in another language must not colour the next test


@pytest.fixture(scope="session")
def engine():
    """What drives browsers: one in a process, whoever needs it."""
    # Playwright's sync API runs an event loop in this thread; Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


def make_person(name: str, phone: str | None = None, **fields) -> Person:
    """A person who has signed in before and consented."""
    person = Person.objects.create(name=name, phone=phone, enrolled_at=now(), **fields)

    Consent.objects.create(person=person, version=VERSION, language="en")
    return person


def make_community(programme: Programme, name: str, *members: Person, **fields) -> Community:
    fields = {"subject": "mathematics", "language": "en", "timezone": "Africa/Nairobi"} | fields
    community = Community.objects.create(
        programme=programme, name=name, stage=fields.pop("stage", Community.Stage.OPEN), **fields
    )
    rules = GroundRules.objects.create(
        community=community,
        version=1,
        rules=["We are kind.", "We stay with teaching."],
        in_force_since=now(),
    )
    active = Membership.State.ACTIVE
    _all(
        Membership(community=community, person=person, state=active, joined_at=now())
        for person in members
    )
    _all(RuleAgreement(rules=rules, person=person) for person in members)
    return community


def _all(rows):
    """Rows of one kind, written by one statement."""
    made = list(rows)
    return type(made[0]).objects.bulk_create(made) if made else []


#: Their numbers end in 01, 02 …
PEOPLE = {
    "Amina Hassan": {"gender": "f", "subjects": ["mathematics"]},
    "Baraka Mutiso": {"subjects": ["mathematics"]},
    "Chausiku Kimani": {},
    "Daudi Barasa": {},
    "Esther Nduku": {},
    "Farid Omar": {},
    "Gathoni Njoroge": {"email": "gathoni@example.org", "is_staff": True},
    "Hamisi Said": {"email": "hamisi@example.org", "is_staff": True},
    "Nafula Wekesa": {},
    "Otieno Ouma": {},
}


@pytest.fixture
def world(db) -> SimpleNamespace:
    """Programme, places, people, two communities."""
    w = SimpleNamespace()
    w.programme = Programme.objects.create(
        name="Kenya",
        country="KE",
        phone_region="KE",
        timezone="Africa/Nairobi",
        ground_rules={"en": ["We are kind."], "sw": ["Tunaheshimiana."]},
    )
    w.county_level = Level.objects.create(programme=w.programme, depth=1, name="County")
    w.zone_level = Level.objects.create(programme=w.programme, depth=2, name="Zone")
    w.kitui = Area.objects.create(
        programme=w.programme, level=w.county_level, name="Kitui", starts=LONG_AGO
    )
    w.mwingi = Area.objects.create(
        programme=w.programme, level=w.zone_level, name="Mwingi", starts=LONG_AGO
    )
    AreaParent.objects.create(area=w.mwingi, parent=w.kitui, starts=LONG_AGO)
    schools = _all(
        School(
            programme=w.programme,
            code=key,
            name=f"{key.title()} Primary",
            latitude=-0.93,
            longitude=38.06,
        )
        for key in ("hill", "river", "market")
    )
    _all(SchoolArea(school=school, area=w.mwingi, starts=LONG_AGO) for school in schools)
    for school in schools:
        setattr(w, school.code, school)
    people = _all(
        Person(phone=f"+2547000000{number:02}", enrolled_at=now(), name=name, **fields)
        for number, (name, fields) in enumerate(PEOPLE.items(), start=1)
    )
    _all(Consent(person=person, version=VERSION, language="en") for person in people)
    for person in people:
        setattr(w, person.first_name.lower(), person)
    _all(
        Posting(person=person, school=school, role=role, starts=LONG_AGO)
        for person, school, role in [
            (w.amina, w.hill, "teacher"),
            (w.baraka, w.hill, "teacher"),
            (w.esther, w.hill, "head"),
            (w.daudi, w.river, "teacher"),
            (w.nafula, w.river, "teacher"),
            (w.otieno, w.market, "teacher"),
            (w.farid, w.market, "teacher"),
            (w.chausiku, w.market, "teacher"),
        ]
    )
    _all(
        Appointment(person=person, programme=w.programme, role=role, starts=LONG_AGO)
        for person, role in [(w.gathoni, "gardener"), (w.hamisi, "administrator")]
    )
    w.maths = make_community(
        w.programme, "Mathematics, Mwingi", w.amina, w.baraka, w.nafula, w.otieno
    )
    w.sister = make_community(
        w.programme, "Science, Kitui East", w.daudi, w.amina, subject="science"
    )
    Term.objects.create(
        community=w.maths,
        person=w.baraka,
        how="turn",
        accepted_at=now(),
        starts=now(),
        planned_end=now() + dt.timedelta(days=28),
    )
    Advisership.objects.create(community=w.maths, person=w.chausiku)
    return w


@pytest.fixture
def sign_in(settings):
    """A browser in which the person is signed in: `sign_in(world.amina).get(...)`."""

    def make(person: Person | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
            session = client.session
            session["second_factor"] = person.is_staff
            session.save()
        return client

    return make
