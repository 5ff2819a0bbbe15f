"""How I take part, term after term: for my own eyes."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from staffroom.core import access
from staffroom.edges.queries.journey import journeys
from staffroom.edges.views.common import Request, page
from staffroom.methods.health.journey import Level


@access.signed_in
def journey(request: Request) -> HttpResponse:
    """Derived when it is opened, from one's own acts alone; kept nowhere."""
    shown = [
        {
            "community": each.community,
            "steps": [{"name": step.name, **words(step.level)} for step in each.steps],
        }
        for each in journeys(request.user)
    ]
    return page(request, "journey", journeys=shown, tab="me", community=None)


def words(level: Level) -> dict[str, Any]:
    """The word, the sentence, and where the dot stands in a picture of 64 by 64."""
    told = {
        Level.NEWCOMER: (_("New"), _("Looking around is how everyone begins."), 60),
        Level.PERIPHERY: (
            _("At the edge"),
            _("You read, and said a little. Reading is taking part."),
            53,
        ),
        Level.ACTIVE: (_("In the round"), _("You wrote in some of the weeks."), 43),
        Level.CORE: (
            _("In the middle"),
            _("You wrote in every second week or more, or took a turn as moderator."),
            32,
        ),
        Level.AWAY: (_("Away"), _("Your chair was kept."), None),
    }
    word, sentence, place = told[level]
    return {"word": word, "sentence": sentence, "place": place, "new": level == Level.NEWCOMER}
