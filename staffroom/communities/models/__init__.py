"""Communities, who belongs to them, and teachers placed into new ones."""

from staffroom.communities.models.communities import (
    Advisership,
    Approval,
    Ballot,
    Community,
    DesignChange,
    Election,
    Ending,
    EndingAgreement,
    GroundRules,
    Invitation,
    Kickoff,
    LeverChoice,
    Membership,
    OutsideView,
    RuleAgreement,
    Term,
)
from staffroom.communities.models.placing import (
    PlacedGroup,
    PlacedTeacher,
    Placing,
    PlacingWish,
)

__all__ = [
    "Advisership",
    "Approval",
    "Ballot",
    "Community",
    "DesignChange",
    "Election",
    "Ending",
    "EndingAgreement",
    "GroundRules",
    "Invitation",
    "Kickoff",
    "LeverChoice",
    "Membership",
    "OutsideView",
    "PlacedGroup",
    "PlacedTeacher",
    "Placing",
    "PlacingWish",
    "RuleAgreement",
    "Term",
]
