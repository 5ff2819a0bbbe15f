"""Training in a cascade: one file a part."""

from staffroom.cascade.models.attendance import (
    Attendance,
    AttendanceMark,
    Certificate,
    Guest,
    How,
    Said,
)
from staffroom.cascade.models.learning import (
    Fidelity,
    TestSitting,
    TrainingForm,
)
from staffroom.cascade.models.materials import (
    SessionMaterial,
)
from staffroom.cascade.models.plans import (
    CascadePlan,
    Tier,
    Trainer,
)
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
    "Fidelity",
    "Guest",
    "How",
    "Invitation",
    "Said",
    "SessionDay",
    "SessionMaterial",
    "SessionSchool",
    "SessionTrainer",
    "TestSitting",
    "Tier",
    "Trainer",
    "TrainingForm",
    "TrainingSession",
]
