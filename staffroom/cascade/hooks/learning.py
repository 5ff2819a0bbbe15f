"""Tests, fidelity, feedback: taken along, forgotten, merged, kept; the ways to their pages."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.cascade.access import can_attend
from staffroom.cascade.hooks.lines import session_lines
from staffroom.cascade.models import Fidelity, TestSitting, Trainer, TrainingSession
from staffroom.cascade.testing import (
    DAY,
    FORMS,
    DayHost,
    FormHost,
    can_see_learned,
    may_observe,
)
from staffroom.core import hooks
from staffroom.core.retention import Rule
from staffroom.instruments import hosts
from staffroom.instruments.models import Instrument, Response
from staffroom.people.models import Person
from staffroom.places.access import PLANNERS, programmes_of


def lines(request: HttpRequest, session: TrainingSession) -> list[dict[str, str]]:
    """What this part offers on the page of a session."""
    person: Person = request.user  # type: ignore[assignment]
    found = []
    if can_attend(person, session):
        found.append(_line("training_test", session, "pen", _("Test, before and after"), _("Only you see your own result")))  # fmt: skip
        found.append(_line("training_feedback", session, "say", _("How was it?"), _("Without your name")))  # fmt: skip
    if may_observe(person, session):
        found.append(_line("training_paper", session, "book", _("Tests on paper"), _("Key them in for colleagues without a phone")))  # fmt: skip
        found.append(_line("training_fidelity", session, "tick", _("What was done as designed"), _("A minute, after the last day")))  # fmt: skip
    if can_see_learned(person, session):
        found.append(_line("training_learned", session, "eye", _("What was learned"), _("Of all together, for its trainers alone")))  # fmt: skip
    return found


def _line(name: str, session: TrainingSession, icon: str, title: str, text: str) -> dict[str, str]:
    return {"url": reverse(name, args=[session.pk]), "icon": icon, "title": title, "text": text}


def me_entries(person: Person) -> list[dict[str, str]]:
    entries = []
    if Trainer.objects.filter(person=person).exists():
        entries.append(
            {
                "url": reverse("my_training_effect"),
                "group": "me",
                "icon": "leaf",
                "title": _("What my training changed"),
                "text": _("For you alone"),
            }
        )
    if person.is_staff and any(programmes_of(person, role).exists() for role in PLANNERS):
        entries.append(
            {
                "url": reverse("training_dilution"),
                "group": "work",
                "icon": "leaf",
                "title": _("Does the training arrive?"),
                "text": _("From tier to tier; tests and forms"),
            }
        )
    return entries


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The answers themselves are among the responses."""
    sat = TestSitting.objects.filter(person=person).select_related("session")
    noted = Fidelity.objects.filter(person=person).select_related("session")
    return {
        "training_tests": [
            {
                "session": each.session.title,
                "before": str(each.before_id or ""),
                "after": str(each.after_id or ""),
                "before_from_paper": each.before_keyed_by_id is not None,
                "after_from_paper": each.after_keyed_by_id is not None,
            }
            for each in sat.order_by("made_at")
        ],
        "training_fidelity": [
            {"session": each.session.title, "response": str(each.response_id), "at": each.made_at}
            for each in noted.order_by("made_at")
        ],
    }


def erase(person: Person, keep_contributions: bool) -> None:
    """The pair stays without a name where the answers stay; else it goes."""
    if keep_contributions:
        TestSitting.objects.filter(person=person).update(person=None)
        Fidelity.objects.filter(person=person).update(person=None)
    else:
        TestSitting.objects.filter(person=person).delete()
        Fidelity.objects.filter(person=person).delete()
    for field in ("before_keyed_by", "after_keyed_by"):
        TestSitting.objects.filter(**{field: person}).update(**{field: None})


def merge_people(keep: Person, drop: Person) -> None:
    """What the account that stays has filled in for a session counts."""
    for model in (TestSitting, Fidelity):
        mine = list(model.objects.filter(person=keep).values_list("session", flat=True))
        model.objects.filter(person=drop, session__in=mine).delete()


def forget_who(rows: list[Any]) -> None:
    sat = TestSitting.objects.filter(pk__in=rows)
    ids = [pk for pair in sat.values_list("before", "after") for pk in pair if pk]
    Response.objects.filter(pk__in=ids).update(person=None)
    sat.update(person=None, before_keyed_by=None, after_keyed_by=None)


def forget_observer(rows: list[Any]) -> None:
    noted = Fidelity.objects.filter(pk__in=rows)
    Response.objects.filter(pk__in=noted.values("response")).update(person=None)
    noted.update(person=None)


def rules() -> list[Rule]:
    return [
        Rule(
            "training_tests",
            gettext_lazy("Who sat which test of a training; the answers stay as counts"),
            gettext_lazy("So that each sees the own result before and after"),
            days=365,
            least=30,
            most=1095,
            due=lambda before: TestSitting.objects.filter(person__isnull=False, made_at__lt=before),
            forget=forget_who,
        ),
        Rule(
            "training_fidelity",
            gettext_lazy("Who noted what of a training was done as designed"),
            gettext_lazy("So that it is noted once by each"),
            days=365,
            least=30,
            most=1095,
            due=lambda before: Fidelity.objects.filter(person__isnull=False, made_at__lt=before),
            forget=forget_observer,
        ),
    ]


def sweep(now: dt.datetime) -> None:
    """Nightly: the feedback of a session that is there no more goes with it."""
    there = TrainingSession.objects.values("pk")
    Instrument.objects.filter(host=DAY).exclude(host_id__in=there).delete()


def register() -> None:
    session_lines.add(lines)
    hosts.add(FORMS, FormHost())
    hosts.add(DAY, DayHost())
    hooks.me_entries.add(me_entries)
    hooks.export_person.add(export)
    hooks.erase_person.add(erase)
    hooks.merge_people.add(merge_people)
    hooks.retention.add(rules)
    hooks.nightly.add(sweep)
