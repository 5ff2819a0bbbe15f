import pytest

from tests.firewall.sample import furnish


@pytest.fixture
def house(world):
    """The furnished house: an object behind every address."""
    return furnish(world)
