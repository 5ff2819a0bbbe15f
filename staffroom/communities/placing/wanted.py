"""What the office asks for: sizes, distances, and how much each thing counts."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities.levers import acts, programme_lever
from staffroom.core.errors import Refused
from staffroom.people.vocabulary import SUBJECTS
from staffroom.places.models import Programme

acts("size", gettext_lazy("Teachers are placed into communities of at most this size."))

#: How much each counts unless said: 0 not at all, 4 most.
WEIGHTS = {"grades": 2, "experience": 1, "education": 1, "beliefs": 1, "place": 2}
MOST_WEIGHT = 4
WITHIN = ("cluster", "circle", "all")
FEWEST = 3


@dataclass(frozen=True)
class Wanted:
    """`km`: how far the first meeting may be. `within`: what a community shall not reach beyond."""

    low: int = 10
    high: int = 15
    most: int = 2
    km: int = 15
    subject: str = ""
    within: str = "cluster"
    join_languages: bool = False
    members_too: bool = False
    weights: dict[str, int] = field(default_factory=lambda: dict(WEIGHTS))
    seed: int = 0

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def of(settings: dict[str, Any]) -> Wanted:
    """What was kept; what an older version did not know is as unless said."""
    known = {key: value for key, value in settings.items() if key in Wanted.__dataclass_fields__}
    known["weights"] = WEIGHTS | known.get("weights", {})
    return Wanted(**known)


def usual(programme: Programme) -> Wanted:
    """The lever's size as the largest, two thirds of it as the smallest."""
    high = int(programme_lever(programme, "size"))
    return Wanted(low=max(FEWEST, round(high * 2 / 3)), high=high)


def check(wanted: Wanted, programme: Programme) -> None:
    """Raise `Refused` at the number that cannot be."""
    room = int(programme_lever(programme, "size"))
    if wanted.low < FEWEST:
        raise Refused(_("Please write %(limit_value)s or more.") % {"limit_value": FEWEST}, "low")
    if wanted.high < wanted.low:
        raise Refused(_("The largest is at least as large as the smallest."), "high")
    if wanted.high > room:
        raise Refused(
            _("The lever Size lets a community have at most %(n)s members.") % {"n": room}, "high"
        )
    if wanted.most < 1:
        raise Refused(_("Please write %(limit_value)s or more.") % {"limit_value": 1}, "most")
    if wanted.km < 1:
        raise Refused(_("Please write %(limit_value)s or more.") % {"limit_value": 1}, "km")
    if wanted.subject and wanted.subject not in SUBJECTS:
        raise Refused(_("Please choose from the list."), "subject")
    if wanted.within not in WITHIN:
        raise Refused(_("Please choose from the list."), "within")
    for name, weight in wanted.weights.items():
        if name not in WEIGHTS or not 0 <= weight <= MOST_WEIGHT:
            raise Refused(_("Please choose from the list."), f"weight_{name}")
