"""A challenge's goals and what is said of its parts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from staffroom.rhythm.models.challenge import Challenge, ChallengePart

Goal = Challenge.Goal
Direction = ChallengePart.Direction
Why = ChallengePart.Why

GOALS: dict[str, Any] = {
    Goal.ANSWERED: _("Questions answered within a day"),
    Goal.SOLVED: _("Questions solved"),
    Goal.TRIED: _("Practice notes tried in class"),
    Goal.VERIFIED: _("Resources of our library verified"),
}
DIRECTIONS: dict[str, Any] = {
    Direction.MORE: _("More than in its own time before"),
    Direction.SAME: _("As in its own time before"),
    Direction.LESS: _("Less than in its own time before"),
}
WHY_LEFT: dict[str, Any] = {
    Why.DECLINED: _("Our moderator said no."),
    Why.OBJECTED: _("One of us objected, so we are not in it. Nobody is told who."),
    Why.WITHDRAWN: _("We withdrew."),
    Why.LATE: _("It was not agreed in time."),
    Why.ALONE: _("It did not take place: too few communities agreed."),
    Why.STOPPED: _("It stopped, because our community rests or our design changed."),
}
