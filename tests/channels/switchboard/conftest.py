import pytest

from staffroom.channels.switchboard import known
from tests.channels.switchboard.line import PLAIN, RICH, Line


@pytest.fixture
def rich(world):
    """A messenger with buttons."""
    yield Line("fake", RICH)
    known.forget("fake")


@pytest.fixture
def plain(world):
    """Text messages, to which a number belongs."""
    yield Line("plain", PLAIN)
    known.forget("plain")
