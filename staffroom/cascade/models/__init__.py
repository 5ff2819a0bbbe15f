"""Training in a cascade: one file a part."""

from staffroom.cascade.models.attendance import (
    Attendance,
    AttendanceMark,
    Certificate,
    Guest,
    How,
    Said,
)
from staffroom.cascade.models.plans import CascadePlan, Trainer
from staffroom.cascade.models.training import (
    Invitation,
    SessionDay,
    SessionSchool,
    SessionTrainer,
    TrainingSession,
)

__all__ = [
    "Attendance",
    "AttendanceMark",
    "CascadePlan",
    "Certificate",
    "Guest",
    "How",
    "Invitation",
    "Said",
    "SessionDay",
    "SessionSchool",
    "SessionTrainer",
    "Trainer",
    "TrainingSession",
]
