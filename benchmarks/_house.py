"""A small house to measure in: a data folder of its own, one community with conversation, the real server."""

import contextlib
import datetime as dt
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class House:
    url: str
    cookie: str  # the session of a member
    cookies: list[str]  # those of all members
    community: str  # as in a URL
    question: str
    cursor: str


@contextlib.contextmanager
def house(posts: int = 40, members: int = 12) -> Iterator[House]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"STAFFROOM_DATA": folder, "STAFFROOM_LOG_LEVEL": "ERROR"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "staffroom.config.settings"
        for name in ("STAFFROOM_DEBUG", "STAFFROOM_HOSTS"):
            os.environ.pop(name, None)
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        facts = _furnish(posts, members)
        with _server() as url:
            yield House(url, facts[0][0], *facts)


def _furnish(posts: int, members: int) -> tuple[list[str], str, str, str]:
    from django.test import Client

    from staffroom.communities.models import (
        Community,
        GroundRules,
        Membership,
        RuleAgreement,
        Term,
    )
    from staffroom.conversations import actions
    from staffroom.core.clock import now, pretend
    from staffroom.core.ids import short
    from staffroom.people.consent import VERSION
    from staffroom.people.models import Consent, Person
    from staffroom.places.models import Programme

    programme = Programme.objects.create(
        name="Kenya", country="KE", phone_region="KE", timezone="Africa/Nairobi"
    )
    community = Community.objects.create(
        programme=programme, name="Mathematics, Mwingi", subject="mathematics", stage="open"
    )
    rules = GroundRules.objects.create(
        community=community, version=1, rules=["We are kind."], in_force_since=now()
    )
    people = []
    for number in range(members):
        person = Person.objects.create(
            name=f"{['Amina', 'Baraka', 'Nafula', 'Otieno', 'Wanjiku', 'Kiprono'][number % 6]} Mutiso{number}",
            phone=f"+2547000{number:05d}",
            enrolled_at=now(),
        )
        Consent.objects.create(person=person, version=VERSION, language="en")
        Membership.objects.create(
            community=community, person=person, state="active", joined_at=now()
        )
        RuleAgreement.objects.create(rules=rules, person=person)
        people.append(person)
    words = (
        "I folded paper with them this morning. How many quarters are in three? "
        "They counted twelve before I could say it. "
    )
    start = now() - dt.timedelta(days=2)
    question = last = None
    for number in range(posts):
        by = people[number % members]
        with pretend(start + dt.timedelta(minutes=40 * number)):
            text = f"{words[: 60 + 13 * (number % 7)]} ({number})"
            if number % 5 == 0:
                last = question = actions.ask(
                    community=community, by=by, text=text, topic="Fractions", grade=7
                )
                for helper in people[1:4]:
                    actions.answer(question=question, by=helper, text=words)
            else:
                last = actions.say(community=community, by=by, text=text)
    Term.objects.create(
        community=community, person=people[0], how="turn", accepted_at=now(), starts=now(),
        planned_end=now() + dt.timedelta(days=28),
    )  # fmt: skip
    cookies = []
    for person in people:
        client = Client()
        client.force_login(person)
        cookies.append(client.cookies["s"].value)
    assert question is not None
    assert last is not None
    return cookies, short(community.pk), short(question.pk), short(last.pk)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextlib.contextmanager
def _server() -> Iterator[str]:
    port = free_port()
    web = subprocess.Popen(
        [sys.executable, "-m", "staffroom.cli", "web", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            with contextlib.suppress(OSError), urllib.request.urlopen(url):
                break
            time.sleep(0.1)
        else:
            raise SystemExit("the server did not start")
        yield url
    finally:
        web.terminate()
        web.wait(15)
