"""A phone company for each test; what it calls goes to our house through Django's client."""

import pytest
from django.test import Client

from staffroom.channels.sms import gate
from staffroom.channels.sms.pretend import AfricasTalking, Twilio

HOUSE = "https://staffroom.example.org"


def through(client: Client):
    """`Pretend.call` that stays within the process."""

    def call(address: str, headers: dict, body: bytes) -> int:
        more = {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in headers.items() if k[0] == "X"}
        response = client.generic(
            "POST",
            address.removeprefix(HOUSE),
            body,
            content_type=headers["Content-Type"],
            secure=True,
            HTTP_HOST="staffroom.example.org",
            **more,
        )
        return response.status_code

    return call


@pytest.fixture
def outside(settings):
    """The house as it is known outside."""
    settings.HOSTS = ["staffroom.example.org"]
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "staffroom.example.org"]
    settings.HTTPS = True


@pytest.fixture
def africa(settings, outside):
    with AfricasTalking(HOUSE, secret=gate.secret()) as server:
        settings.SMS_PROVIDER = "africastalking"
        settings.AFRICASTALKING_URL = server.sending
        settings.AFRICASTALKING_USERNAME = server.username
        settings.AFRICASTALKING_API_KEY = server.key
        settings.AFRICASTALKING_SENDER = "22384"
        server.call = through(Client())
        yield server


@pytest.fixture
def twilio(settings, outside):
    with Twilio(HOUSE) as server:
        settings.SMS_PROVIDER = "twilio"
        settings.TWILIO_URL = server.url
        settings.TWILIO_ACCOUNT = server.account
        settings.TWILIO_TOKEN = server.token
        settings.TWILIO_FROM = server.number
        server.call = through(Client())
        yield server
