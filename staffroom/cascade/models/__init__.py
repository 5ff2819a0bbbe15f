"""Training in a cascade: one file a part."""

from staffroom.cascade.models.learning import Fidelity, TestSitting, TrainingForm
from staffroom.cascade.models.plans import CascadePlan, Trainer
from staffroom.cascade.models.training import (
    Invitation,
    SessionDay,
    SessionSchool,
    SessionTrainer,
    TrainingSession,
)

__all__ = [
    "CascadePlan",
    "Fidelity",
    "Invitation",
    "SessionDay",
    "SessionSchool",
    "SessionTrainer",
    "TestSitting",
    "Trainer",
    "TrainingForm",
    "TrainingSession",
]
