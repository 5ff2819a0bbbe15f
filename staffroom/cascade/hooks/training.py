"""Who was invited, who trains: taken along, forgotten, merged, kept for as long as said."""

from typing import Any

from django.utils.translation import gettext_lazy

from staffroom.cascade import session_sheet
from staffroom.cascade.models import Invitation, Trainer, TrainingSession
from staffroom.core import hooks
from staffroom.core.retention import Rule
from staffroom.people.models import Person
from staffroom.places import lists


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """To what the person was invited, and what they train."""
    invited = Invitation.objects.filter(person=person).order_by("invited_at")
    return {
        "training_invitations": [
            {
                "session": each.session.title,
                "school": each.school.name if each.school else "",
                "state": each.state,
                "why": each.why,
                "note": each.note,
                "invited": each.invited_at,
                "answered": each.answered_at,
            }
            for each in invited.select_related("session", "school")
        ],
        "trains": [
            {"programme": each.programme.name, "kind": each.kind, "subject": each.subject}
            for each in Trainer.objects.filter(person=person).select_related("programme")
        ],
    }


def erase(person: Person, keep_contributions: bool) -> None:
    Invitation.objects.filter(person=person).delete()
    Trainer.objects.filter(person=person).update(person=None)


def merge_people(keep: Person, drop: Person) -> None:
    """One invitation a session stays."""
    mine = Invitation.objects.filter(person=keep).values("session")
    Invitation.objects.filter(
        person=drop, session__in=list(mine.values_list("session", flat=True))
    ).delete()


def rules() -> list[Rule]:
    return [
        Rule(
            "training",
            gettext_lazy("Training sessions, who was invited and who came"),
            gettext_lazy("So that every teacher gets a turn and can show what they took part in"),
            days=1825,
            least=365,
            most=3650,
            due=lambda before: TrainingSession.objects.filter(made_at__lt=before).exclude(
                days__day__gte=before.date()
            ),
        )
    ]


def register() -> None:
    hooks.export_person.add(export)
    hooks.erase_person.add(erase)
    hooks.merge_people.add(merge_people)
    hooks.retention.add(rules)
    lists.add(
        lists.List(
            "sessions", gettext_lazy("Training sessions"),
            gettext_lazy("Days, venues, places and trainers; new rows are new sessions"), session_sheet.table,
            "sessions_in",
        )
    )  # fmt: skip
