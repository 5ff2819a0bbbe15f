from decimal import Decimal

import pytest

from staffroom.channels.airtime.actions.budget import write_budget
from staffroom.channels.airtime.actions.order import agree, make_order
from staffroom.channels.airtime.pretend import PretendAirtime
from staffroom.communities.models import LeverChoice
from staffroom.core import outbox


@pytest.fixture
def they(settings):
    """The provider, on this machine."""
    with PretendAirtime() as server:
        settings.AIRTIME_PROVIDER = "africastalking"
        settings.AIRTIME_URL = settings.BUNDLES_URL = server.url
        settings.AFRICASTALKING_USERNAME, settings.AFRICASTALKING_API_KEY = (
            "staffroom",
            "SEKRET-key",
        )
        yield server


@pytest.fixture
def paid(world):
    """The programme pays for the members of the mathematics community."""
    LeverChoice.objects.create(programme=world.programme, lever="data_support", value="bundle")
    budget(world)
    return world


def budget(world, **other):
    limits = {"per_person": 100, "per_order": 1000, "per_month": 2000, "two_above": 500} | other
    return write_budget(
        by=world.hamisi,
        programme=world.programme,
        currency="KES",
        mb_price=Decimal("0.5"),
        **{name: Decimal(value) for name, value in limits.items()},
    )


def order(world, **other):
    fields = {
        "kind": "airtime",
        "way": "provider",
        "amount": Decimal(50),
        "communities": [world.maths.pk],
    }
    return make_order(by=world.hamisi, programme=world.programme, **fields | other)


def sent(world, **other):
    """An order that has gone out as far as it goes."""
    made = agree(by=world.hamisi, order=order(world, **other))
    deliver()
    return made


def deliver():
    while outbox.deliver():
        pass


def states(order):
    return sorted(order.shares.values_list("state", flat=True))
