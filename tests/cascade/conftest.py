"""A training that was delivered: Chausiku led it; Amina, Otieno and Nafula came."""

import datetime as dt

import pytest

from staffroom.cascade.models import (
    Invitation,
    SessionDay,
    SessionTrainer,
    Trainer,
    TrainingSession,
)
from staffroom.core.clock import today


def make_training(programme, trainer, people, *, days_ago=21, **fields):
    fields = {"title": "Fractions", "state": "delivered"} | fields
    made = TrainingSession.objects.create(programme=programme, **fields)
    SessionDay.objects.create(session=made, day=today() - dt.timedelta(days=days_ago))
    SessionTrainer.objects.create(session=made, trainer=trainer)
    Invitation.objects.bulk_create(
        Invitation(session=made, person=person, state="accepted") for person in people
    )
    return made


@pytest.fixture
def trained(world):
    world.trainer = Trainer.objects.create(
        programme=world.programme, kind="circle", person=world.chausiku
    )
    world.training = make_training(
        world.programme, world.trainer, [world.amina, world.otieno, world.nafula],
        venue=world.market, subject="mathematics",
    )  # fmt: skip
    return world
