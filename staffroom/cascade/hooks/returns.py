"""Return sessions in what reaches every room. `hooks.visits` registers it with its own."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.cascade.access import can_attend, trains
from staffroom.cascade.models import Brought, Harvest, TrainingSession
from staffroom.cascade.queries import returns as asking
from staffroom.core.retention import Rule
from staffroom.people.models import Person

Row = dict[str, str]


def today_rows(person: Person) -> list[Row]:
    """A draft that waits for a yes; something to bring to the day."""
    if not asking.calls(person):
        return []
    drafts = [
        _row(
            "return_draft",
            each.pk,
            "pen",
            _("A draft from your words waits for your yes"),
            _of(each),
        )
        for each in asking.drafts_of(person)[:2]
    ]
    bring = [
        _row(
            "return_mine",
            each.pk,
            "talk",
            _("What do you bring to the return session?"),
            each.title,
        )
        for each in asking.to_bring(person)
    ]
    return drafts + bring


def _of(draft: Harvest) -> str:
    note = draft.kind == Harvest.Kind.NOTE
    return draft.title or (_("Practice note") if note else _("Question"))


def _row(name: str, pk: Any, icon: str, title: str, text: str) -> Row:
    return {"url": reverse(name, args=[pk]), "icon": icon, "title": title, "text": text}


def lines(person: Person, session: TrainingSession, *, may_run: bool) -> list[Row]:
    """On the page of a training, or of a return session."""
    if session.kind == TrainingSession.Kind.TRAINING:
        return _of_training(session) if may_run else []
    rows = []
    if can_attend(person, session):
        text = _("What you tried, what happened, what you ask")
        rows.append(_row("return_mine", session.pk, "pen", _("What I bring"), text))
    if trains(person, session):
        text = _("Shared by those who come")
        rows.append(_row("return_brought", session.pk, "talk", _("What was brought"), text))
    if may_run:
        text = _("This day as their kick-off workshop")
        rows.append(_row("return_kick_off", session.pk, "tick", _("Open communities"), text))
    return rows


def _of_training(session: TrainingSession) -> list[Row]:
    known = asking.return_of(session)
    if known is None and session.state != TrainingSession.State.DELIVERED:
        return []
    title = _("The return session") if known else _("Plan the return session")
    text = _("The same people come back to tell what they tried")
    return [_row("return_plan", session.pk, "again", title, text)]


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    brought = Brought.objects.filter(person=person).select_related("session").order_by("at")
    drafts = Harvest.objects.filter(brought__person=person).order_by("at")
    return {
        "brought_to_return_sessions": [
            {
                "session": each.session.title,
                "tried": each.tried,
                "happened": each.happened,
                "question": each.question,
                "shared": each.shared,
                "at": each.at,
            }
            for each in brought
        ],
        "drafts_from_my_words": [
            dict(row) for row in drafts.values("kind", "title", "words", "state", "at")
        ],
    }


def erase(person: Person, keep_contributions: bool) -> None:
    """What somebody brought was their own: it goes; what became of it is a post or a note."""
    Brought.objects.filter(person=person).delete()


def merge_people(keep: Person, drop: Person) -> None:
    """One answer a session."""
    mine = Brought.objects.filter(person=keep).values_list("session", flat=True)
    Brought.objects.filter(person=drop, session__in=list(mine)).delete()


def rules() -> list[Rule]:
    return [
        Rule(
            "brought",
            gettext_lazy("What teachers brought to a return session, and drafts made of it"),
            gettext_lazy("To share it there, and to give it on with their yes"),
            days=180,
            least=30,
            most=365,
            due=lambda before: Brought.objects.filter(at__lt=before),
        )
    ]
