"""The one question in what reaches every room, and the ways to it."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities import offices
from staffroom.core import hooks, outbox
from staffroom.core.retention import Rule
from staffroom.people.models import Person
from staffroom.rhythm import silence_clock
from staffroom.rhythm.models.silence import Asking, SilenceAnswer, SilenceWeeks, SilenceWish


def me_entries(person: Person) -> list[dict[str, str]]:
    """My wish about being asked; for gardeners the figures, for administrators when it is asked."""
    if not person.is_staff:
        return [
            {
                "url": reverse("away"),
                "group": "reach",
                "icon": "ear",
                "title": _("When I am away for long"),
                "text": _("Whether Staffroom may ask me why, and how"),
            }
        ]
    held = offices.appointments(person, offices.GARDENER, offices.ADMINISTRATOR)
    roles = set(held.values_list("role", flat=True))
    if not roles:
        return []
    tends = offices.GARDENER in roles
    text = _("Their answers, over all communities together") if tends else _("When they are asked")
    return [
        {
            "url": reverse("silence" if tends else "silence_weeks"),
            "group": "work",
            "icon": "ear",
            "title": _("What keeps members away"),
            "text": text,
        }
    ]


def row_for(person: Person) -> dict[str, Any]:
    """The line of Today; asked where `web.queries.calls` knows that a question is open."""
    return {
        "url": reverse("away"),
        "icon": "ear",
        "title": _("Good to see you. What kept you away?"),
        "text": _("One tap, without your name. Reading alone is fine too."),
    }


def export_person(person: Person) -> dict[str, list[dict[str, Any]]]:
    """That the person was asked, and their wish. What they answered no longer belongs to them."""
    asked = Asking.objects.filter(person=person).order_by("asked_on")
    wishes = SilenceWish.objects.filter(person=person)
    return {
        "asked_why_away": [dict(row) for row in asked.values("since", "asked_on")],
        "wish_when_away": [dict(row) for row in wishes.values("ask", "by_sms")],
    }


def erase_person(person: Person, keep_contributions: bool) -> None:
    Asking.objects.filter(person=person).delete()
    SilenceWish.objects.filter(person=person).delete()
    SilenceWeeks.objects.filter(changed_by=person).update(changed_by=None)


def _asked(before: dt.datetime) -> QuerySet[Asking]:
    return Asking.objects.filter(asked_on__lt=before.date())


def _answered(before: dt.datetime) -> QuerySet[SilenceAnswer]:
    return SilenceAnswer.objects.filter(quarter__lt=before.date())


def rules() -> list[Rule]:
    return [
        Rule(
            "silence_asked",
            gettext_lazy(
                "That somebody was asked what keeps them away, and when they were last here"
            ),
            gettext_lazy("To ask once for each silence"),
            days=365,
            least=120,
            most=730,
            due=_asked,
        ),
        Rule(
            "silence_answers",
            gettext_lazy("What keeps members away: answers without a way back to a person"),
            gettext_lazy("To mend what keeps people away"),
            days=1095,
            least=365,
            most=3650,
            due=_answered,
        ),
    ]


def register() -> None:
    hooks.me_entries.add(me_entries)
    hooks.export_person.add(export_person)
    hooks.erase_person.add(erase_person)
    hooks.retention.add(rules)
    hooks.nightly.add(silence_clock.nightly)
    outbox.on("silence.asked", silence_clock.asked)
