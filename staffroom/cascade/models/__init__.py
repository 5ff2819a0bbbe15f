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
from staffroom.cascade.models.returns import (
    Brought,
    Harvest,
    Opened,
)
from staffroom.cascade.models.training import (
    Invitation,
    SessionDay,
    SessionLearner,
    SessionSchool,
    SessionTrainer,
    TrainingSession,
)
from staffroom.cascade.models.visits import (
    SupportVisit,
    VisitAnswer,
    VisitPause,
    VisitVersion,
)

__all__ = [
    "Attendance",
    "AttendanceMark",
    "Brought",
    "CascadePlan",
    "Certificate",
    "Fidelity",
    "Guest",
    "Harvest",
    "How",
    "Invitation",
    "Opened",
    "Said",
    "SessionDay",
    "SessionLearner",
    "SessionMaterial",
    "SessionSchool",
    "SessionTrainer",
    "SupportVisit",
    "TestSitting",
    "Tier",
    "Trainer",
    "TrainingForm",
    "TrainingSession",
    "VisitAnswer",
    "VisitPause",
    "VisitVersion",
]
