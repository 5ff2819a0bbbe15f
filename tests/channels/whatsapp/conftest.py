from decimal import Decimal

import pytest

from staffroom.channels.whatsapp import pretend


@pytest.fixture
def ours(settings):
    """The channel set up, against nobody."""
    settings.WHATSAPP_NUMBER = "+15550783881"
    settings.WHATSAPP_PHONE_ID = pretend.PHONE_ID
    settings.WHATSAPP_ACCOUNT_ID = pretend.ACCOUNT_ID
    settings.WHATSAPP_TOKEN = pretend.TOKEN
    settings.WHATSAPP_APP_SECRET = pretend.SECRET
    settings.WHATSAPP_VERIFY_TOKEN = pretend.WORD
    settings.WHATSAPP_PRICES = {"utility": Decimal("0.0040"), "service": Decimal("0.0010")}
    settings.WHATSAPP_CURRENCY = "USD"
    return settings


@pytest.fixture
def meta(ours):
    """A Graph API on this machine, at which the channel is set up."""
    with pretend.PretendWhatsApp() as server:
        ours.WHATSAPP_URL = server.url
        yield server


@pytest.fixture
def teacher(meta):
    """Somebody who has just written."""
    person = meta.somebody("254711000111", "Nafula", id="KE.13491208655302741918")
    person.writes("Habari")
    return person
