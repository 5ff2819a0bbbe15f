import pytest

from staffroom.channels.webpush import doors, keys
from staffroom.channels.webpush.actions.subscribe import subscribe
from staffroom.people.models import OpenSession
from tests.channels.webpush.service import PushService


@pytest.fixture
def service(settings, monkeypatch):
    settings.HOSTS, settings.HTTPS = ["staffroom.example.org"], True
    with PushService(keys.current().public) as server:
        monkeypatch.setattr(doors, "open_to", server.door)
        yield server


@pytest.fixture
def phone(world, service):
    """`phone(person, "name")`: a browser in which they are signed in and want to be told."""

    def make(person, name="one"):
        session = OpenSession.objects.create(
            person=person, session_key=f"key-of-{name}", last_used_on="2026-11-28", words="Android"
        )
        return subscribe(by=person, session_key=session.session_key, **service.made(name))

    return make
