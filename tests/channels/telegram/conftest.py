import pytest

from staffroom.channels.telegram.pretend import NAME, TOKEN, Telegram


@pytest.fixture(autouse=True)
def _our_bot(settings):
    settings.TELEGRAM_TOKEN, settings.TELEGRAM_BOT = TOKEN, NAME
    settings.TELEGRAM_POLLING = False


@pytest.fixture
def telegram(settings):
    with Telegram() as server:
        settings.TELEGRAM_URL = server.url
        yield server
