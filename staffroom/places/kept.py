"""How long this room keeps what it keeps (`core.retention`)."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from staffroom.core.clock import today
from staffroom.core.retention import Rule
from staffroom.people.models import Person
from staffroom.places.models import (
    Appointment,
    ClusterMove,
    ImportRun,
    Oversight,
    Posting,
    Supervision,
)


def rules() -> list[Rule]:
    State = ImportRun.State
    return [
        Rule(
            "postings",
            _("Who works and worked where, who supervises whom, who holds which office"),
            _("To keep supervisors out of the communities of those they supervise"),
            until=_("while the account lives"),
        ),
        Rule(
            "never_used",
            _("Accounts from a list that nobody ever used, of people who work nowhere any more"),
            _("So that whoever is on the list can sign in"),
            days=365,
            least=90,
            most=1095,
            due=never_used,
        ),
        Rule(
            "imports_unfinished",
            _("Uploaded lists of schools and teachers that nobody went on with"),
            _("To go on with the import"),
            days=3,
            most=30,
            due=lambda before: ImportRun.objects.filter(at__lt=before, state=State.UPLOADED),
            forget=forget_imports,
        ),
        Rule(
            "imports_problems",
            _("Rows that an import could not take"),
            _("To mend the list"),
            days=180,
            least=7,
            most=730,
            due=lambda before: ImportRun.objects.filter(at__lt=before, state=State.DONE).exclude(
                problems=[]
            ),
            forget=forget_problems,
        ),
        Rule(
            "cluster_moves",
            _("Who changed what in a plan of clusters by hand"),
            _("To undo it, and so that colleagues see what changed"),
            days=365,
            least=30,
            most=1095,
            due=lambda before: ClusterMove.objects.filter(at__lt=before).exclude(by=None),
            forget=forget_movers,
        ),
    ]


def never_used(before: dt.datetime) -> QuerySet[Person]:
    """Not one who is or will be posted or holds an office: by that the wall knows supervisors."""
    day = today()
    busy: list[Any] = [
        rows.objects.exclude(ends__lte=day).values("person")
        for rows in (Posting, Oversight, Appointment)
    ]
    busy.append(Supervision.objects.exclude(ends__lte=day).values("supervisor"))
    found = Person.objects.filter(
        created_at__lt=before, enrolled_at=None, last_login=None, erased_at=None, is_staff=False
    )
    for people in busy:
        found = found.exclude(pk__in=people)
    return found


def forget_imports(runs: list[uuid.UUID]) -> None:
    for run in ImportRun.objects.filter(pk__in=runs):
        run.file.delete(save=False)
        run.delete()


def forget_problems(runs: list[uuid.UUID]) -> None:
    ImportRun.objects.filter(pk__in=runs).update(problems=[])


def forget_movers(moves: list[uuid.UUID]) -> None:
    """What was changed stays, as it can still be undone; who did it goes."""
    ClusterMove.objects.filter(pk__in=moves).update(by=None)
