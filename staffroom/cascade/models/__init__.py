"""Training in a cascade: one file a part."""

from staffroom.cascade.models.plans import CascadePlan, Trainer
from staffroom.cascade.models.returns import Brought, Harvest, Opened
from staffroom.cascade.models.training import (
    Invitation,
    SessionDay,
    SessionSchool,
    SessionTrainer,
    TrainingSession,
)
from staffroom.cascade.models.visits import SupportVisit, VisitAnswer, VisitPause, VisitVersion

__all__ = [
    "Brought",
    "CascadePlan",
    "Harvest",
    "Invitation",
    "Opened",
    "SessionDay",
    "SessionSchool",
    "SessionTrainer",
    "SupportVisit",
    "Trainer",
    "TrainingSession",
    "VisitAnswer",
    "VisitPause",
    "VisitVersion",
]
