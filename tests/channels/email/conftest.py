import pytest

from tests.channels.email.smtp_server import Server


@pytest.fixture
def post(settings):
    """A server that takes letters, and a house that sends through it."""
    with Server() as server:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_FROM = "Staffroom <post@staffroom.example.org>"
        yield server
