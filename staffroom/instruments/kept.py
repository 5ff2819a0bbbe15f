"""How long this room keeps what it keeps (`core.retention`)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from staffroom.core.retention import Rule
from staffroom.instruments.actions.pictures import forget, forget_instruments
from staffroom.instruments.models import Instrument, Picture, Response


def rules() -> list[Rule]:
    return [
        Rule(
            "instruments",
            _("Quizzes, puzzles and polls that members make"),
            _("To learn from each other"),
            until=_("until its author removes it, or leaves and takes it along"),
        ),
        Rule(
            "votes",
            _("Whether somebody has voted in a poll, as a mark that names nobody"),
            _("So that each votes once, and may change the vote"),
            until=_("within two days of the poll’s end"),
        ),
        Rule(
            "responses",
            _("Who gave which answers to a quiz; the answers stay as counts"),
            _("So that each sees the own answers with their explanations"),
            days=365,
            least=30,
            most=1095,
            due=lambda before: Response.objects.filter(person__isnull=False, started_at__lt=before),
            forget=forget_who,
        ),
        Rule(
            "quiz_drafts",
            _("A quiz or poll that somebody began to make and did not publish"),
            _("To go on making it"),
            days=60,
            least=7,
            most=365,
            due=lambda before: Instrument.objects.filter(created_at__lt=before).exclude(
                versions__published_at__isnull=False
            ),
            forget=forget_drafts,
        ),
    ]


def forget_drafts(instruments: list[Any]) -> None:
    forget_instruments(Instrument.objects.filter(pk__in=instruments))


def forget_who(responses: list[Any]) -> None:
    """Half ones go; of the others the person, and the photos that only that person could see."""
    rows = Response.objects.filter(pk__in=responses)
    forget(Picture.objects.filter(response__in=rows))
    rows.filter(finished_at=None).delete()
    rows.update(person=None)
